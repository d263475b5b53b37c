// Nothing came of it: what happened, about money, what to do now (ux 32).
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_mine_note"
    title: qsTr("One moment, please")
    sign: "notice"
    split: 0.5

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: Theme.gap
        radius: Theme.radius
        color: Theme.neutralSoft

        Sign {
            id: picture
            x: Theme.gapWide
            y: Theme.margin
            name: "notice"
            colour: Theme.neutralSoftInk
            size: Theme.mm(38)
        }

        Words {
            objectName: "happened"
            anchors.top: picture.bottom
            anchors.topMargin: Theme.gapWide
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.gapWide
            text: page.mine.happened
            size: Theme.cap(12)
            strong: true
            color: Theme.neutralSoftInk
            lineHeight: 0.95
            Accessible.role: Accessible.AlertMessage
        }

        Words {
            id: number
            objectName: "number"
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gapWide
            text: page.mine.number
            size: Theme.small
            color: Theme.neutralSoftInk
        }

        Words {
            objectName: "money"
            anchors.left: parent.left
            anchors.right: number.left
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gapWide
            text: page.mine.money
            color: Theme.neutralSoftInk
        }
    }

    controls: [
        Column {
            width: parent.width
            topPadding: Theme.gapWide
            spacing: Theme.gap

            Words {
                width: parent.width
                text: qsTr("What to do now")
                color: Theme.inkQuiet
            }

            Words {
                objectName: "advice"
                width: parent.width
                text: page.mine.advice
                size: Theme.title
                strong: true
            }
        },
        BigButton {
            objectName: "dismiss"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.action
            size: Theme.title
            sign: "tick"
            label: qsTr("OK")
            onActed: page.mine.dismiss()
        }
    ]
}
