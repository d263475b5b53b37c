// Asks before a session ends; one touch goes on, without limit (ux 24). Python counts the seconds.
import QtQuick
import Theme

Item {
    id: overlay

    required property string secondsLeft
    // Thousandths of the countdown that are left, from Python.
    property int leftPermille: 1000
    property string consequence: qsTr("Otherwise this screen starts again. Nothing is paid.")

    signal stayed
    signal ended

    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Are you still there?")

    Rectangle {
        anchors.fill: parent
        color: Theme.band
    }

    MouseArea {
        anchors.fill: parent
    }

    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        anchors.top: parent.top
        anchors.topMargin: parent.height * 0.14
        spacing: Theme.gapWide

        Words {
            width: parent.width
            text: qsTr("Are you still there?")
            size: Theme.fixedCap(Theme.desk ? 6 : 15.1)
            strong: true
            color: Theme.bandInk
        }

        Words {
            objectName: "seconds"
            width: parent.width
            text: overlay.secondsLeft
            size: Theme.fixedCap(Theme.desk ? 16 : 46)
            strong: true
            color: Theme.accent
        }

        Rectangle {
            width: parent.width
            height: Theme.mm(3)
            color: Theme.bandRule

            Rectangle {
                width: Math.round(parent.width * overlay.leftPermille / 1000)
                height: parent.height
                color: Theme.accent
            }
        }

        Words {
            width: parent.width
            text: overlay.consequence
            color: Theme.bandInk
        }
    }

    BigButton {
        objectName: "still_there"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        y: parent.height * 0.6
        height: Theme.mm(Theme.desk ? 20 : 40)
        kind: "secondary"
        size: Theme.title
        sign: "tick"
        label: qsTr("Yes, I need more time")
        onActed: overlay.stayed()
    }

    BigButton {
        objectName: "leave_now"
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        y: parent.height * 0.6 + Theme.mm(Theme.desk ? 20 : 40) + Theme.gapDanger
        kind: "secondary"
        sign: "cross"
        label: qsTr("No, end now")
        onActed: overlay.ended()
    }
}
