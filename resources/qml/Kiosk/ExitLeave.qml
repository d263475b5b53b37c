// No payment has come to anything: leave now and pay later, or wait for the attendant.
import QtQuick
import Kiosk
import Parts
import Theme

Rectangle {
    id: strip

    required property ExitLeaving leaving

    objectName: "leave_unpaid"
    visible: strip.leaving.isOffered || strip.leaving.isRefused || strip.leaving.hasLeft
    height: visible ? row.height + 2 * Theme.mm(5) : 0
    color: Theme.neutralSoft
    Accessible.role: Accessible.AlertMessage
    Accessible.name: strip.leaving.title + " " + strip.leaving.detail + " " + strip.leaving.code

    Item {
        id: row

        x: Theme.margin
        y: Theme.mm(5)
        width: parent.width - 2 * Theme.margin
        height: Math.max(words.implicitHeight, button.visible ? button.height : 0, figure.visible ? figure.implicitHeight : 0)

        Column {
            id: words

            anchors.left: parent.left
            anchors.right: strip.leaving.isOffered ? button.left : strip.leaving.hasLeft ? figure.left : parent.right
            anchors.rightMargin: Theme.gapWide
            anchors.verticalCenter: parent.verticalCenter

            Words {
                objectName: "leave_title"
                width: parent.width
                text: strip.leaving.title
                strong: true
                color: Theme.neutralSoftInk
                Accessible.ignored: true
            }

            Words {
                objectName: "leave_detail"
                width: parent.width
                text: strip.leaving.detail
                size: Theme.label
                color: Theme.neutralSoftInk
                Accessible.ignored: true
            }
        }

        BigButton {
            id: button
            objectName: "leave_now"
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: strip.leaving.isOffered
            kind: "secondary"
            sign: "leave"
            label: qsTr("Leave now")
            onActed: strip.leaving.leave()
        }

        Words {
            id: figure
            objectName: "leave_code"
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            visible: strip.leaving.hasLeft
            text: strip.leaving.code
            size: Theme.title
            strong: true
            color: Theme.neutralSoftInk
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
