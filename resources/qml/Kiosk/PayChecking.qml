// While money may be moving: what is waited for, and that nobody pays twice (ux 19, 34).
import QtQuick
import Kiosk
import Parts
import Theme

Rectangle {
    id: checking

    required property PayForm form

    radius: Theme.radius
    color: Theme.band
    Accessible.role: Accessible.AlertMessage
    Accessible.name: title.text + " " + promise.text

    Column {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.gapWide

        Sign {
            name: "wait"
            colour: Theme.accent
            size: Theme.mm(34)
        }

        Words {
            id: title
            objectName: "checking"
            width: parent.width
            text: checking.form.phase === "sending" ? qsTr("One moment, please.") : qsTr("We are checking.")
            size: Theme.cap(13)
            strong: true
            color: Theme.bandInk
            Accessible.ignored: true
        }

        Words {
            id: promise
            objectName: "not_twice"
            width: parent.width
            text: qsTr("You will not pay twice.")
            size: Theme.title
            color: Theme.bandInk
            Accessible.ignored: true
        }

        Words {
            objectName: "checking_advice"
            width: parent.width
            visible: checking.form.phase === "checking"
            text: checking.form.isLong ? qsTr("This takes longer than usual. Please press Help. If it is paid, your paper is printed here.") : checking.form.method === "card" ? qsTr("Please follow the card reader and wait for its answer.") : qsTr("Please wait for the answer.")
            color: Theme.bandInkQuiet
        }
    }
}
