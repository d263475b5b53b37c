// The exit waits for a ticket: where to hold it, shown by a calm picture (ux 43).
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    objectName: "page_present"
    split: 0.72

    Column {
        id: words

        width: parent.width
        topPadding: Theme.gapWide
        spacing: Theme.gap

        Words {
            objectName: "present_title"
            width: parent.width
            text: qsTr("Hold your ticket to the reader")
            size: Theme.cap(13)
            strong: true
            lineHeight: 0.95
            Accessible.role: Accessible.Heading
        }

        Words {
            width: parent.width
            text: qsTr("On paper or on your phone. The clock stops at once, and the barrier opens by itself.")
            color: Theme.inkQuiet
        }
    }

    ExitHint {
        anchors.top: words.bottom
        anchors.topMargin: Theme.gapWide
        anchors.bottom: parent.bottom
        width: parent.width
        isCarThere: page.exit.isCarThere
    }

    controls: [
        Banner {
            objectName: "no_ticket"
            y: Theme.gapWide
            width: parent.width
            kind: "notice"
            text: qsTr("No ticket at hand?")
            detail: qsTr("Type its code here. No code either? Press Help.")
        },
        BigButton {
            objectName: "my_ticket"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.action
            kind: "secondary"
            sign: "ticket"
            label: qsTr("Type the code of my ticket")
            onActed: page.exit.lookAtMine()
        }
    ]
}
