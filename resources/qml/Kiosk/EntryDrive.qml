// The barrier lets this driver in: its sign, and where the space is (ux 35).
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_drive"
    title: page.entry.isThrough ? qsTr("Welcome") : page.entry.siteName
    sign: "enter"
    split: 0.64
    canGoBack: false
    canCancel: false

    BarrierSign {
        objectName: "barrier_sign"
        anchors.fill: parent
        anchors.topMargin: Theme.gap
        condition: page.entry.laneSign === "closed" ? "wait" : page.entry.laneSign
        detail: page.entry.isThrough ? "" : page.entry.laneSign === "drive" ? qsTr("Drive in slowly, one car only.") : ""
    }

    controls: [
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: Theme.gapWide
            anchors.bottomMargin: Theme.gapWide
            radius: Theme.radius
            color: Theme.card

            Rectangle {
                id: board

                x: Theme.mm(4)
                y: x
                width: parent.width * 0.5
                height: parent.height - 2 * y
                radius: Theme.radius
                color: Theme.accent

                Words {
                    objectName: "drive_space"
                    anchors.fill: parent
                    anchors.margins: Theme.mm(5)
                    text: page.entry.ticket.space
                    size: Theme.cap(34)
                    strong: true
                    color: Theme.accentInk
                    horizontalAlignment: Text.AlignHCenter
                    fontSizeMode: Text.Fit
                    minimumPixelSize: Theme.body
                    wrapMode: Text.NoWrap
                }
            }

            Column {
                anchors.left: board.right
                anchors.right: parent.right
                anchors.leftMargin: Theme.gapWide
                anchors.rightMargin: Theme.gapWide
                anchors.verticalCenter: parent.verticalCenter
                spacing: Theme.gapWide

                Words {
                    width: parent.width
                    objectName: "drive_word"
                    text: page.entry.ticket.movedFrom === "" ? qsTr("Your space") : qsTr("Your space is now %1, not %2").arg(page.entry.ticket.space).arg(page.entry.ticket.movedFrom)
                    size: page.entry.ticket.movedFrom === "" ? Theme.body : Theme.title
                    strong: page.entry.ticket.movedFrom !== ""
                    color: page.entry.ticket.movedFrom === "" ? Theme.inkQuiet : Theme.bad
                }

                Words {
                    objectName: "drive_area"
                    width: parent.width
                    text: page.entry.ticket.area
                    size: Theme.title
                    strong: true
                    maximumLineCount: 3
                }

                Words {
                    objectName: "drive_window"
                    width: parent.width
                    text: page.entry.ticket.window
                    size: Theme.figure
                    strong: true
                    fontSizeMode: Text.HorizontalFit
                    minimumPixelSize: Theme.body
                    wrapMode: Text.NoWrap
                }
            }
        }
    ]
}
