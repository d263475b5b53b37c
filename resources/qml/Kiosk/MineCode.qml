// Which ticket? Its short code is typed, or it is held to the reader.
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_code"
    cancelLabel: qsTr("Cancel")
    cancelSign: "cross"
    split: 0.4

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gapWide

        Words {
            width: parent.width
            text: qsTr("Type the code of your ticket")
            size: Theme.cap(12)
            strong: true
        }

        Words {
            objectName: "code_hint"
            width: parent.width
            text: page.mine.isEntry ? qsTr("Eight signs, under the picture. Or hold the ticket to the reader.") : qsTr("Eight signs, under the picture. To drive out now, just hold the ticket to the reader.")
        }

        Rectangle {
            width: parent.width
            height: Theme.mm(34)
            radius: Theme.radius
            color: Theme.card
            border.width: Theme.edge * 1.5
            border.color: Theme.ink

            Words {
                objectName: "typed_code"
                anchors.fill: parent
                text: page.mine.typed
                size: Theme.figure
                strong: true
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.Fit
                minimumPixelSize: Theme.body
                wrapMode: Text.NoWrap
                LayoutMirroring.enabled: false
            }
        }
    }

    controls: [
        PayCodeKeys {
            y: Theme.gapWide
            width: parent.width
            height: implicitHeight
            canCorrect: page.mine.typed !== "" && !page.mine.isBusy
            onKey: sign => page.mine.press(sign)
            onCorrect: page.mine.correct()
        },
        BigButton {
            objectName: "prove"
            visible: page.mine.isEntry
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.action
            kind: "secondary"
            sign: "wallet"
            label: qsTr("No code at hand? Show my ticket by pass and PIN")
            onActed: page.mine.prove()
        }
    ]
}
