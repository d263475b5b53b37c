// Why it was not paid: what happened, about money, what to do now, and a small number (ux 32).
import QtQuick
import Kiosk
import Parts
import Theme

Rectangle {
    id: note

    required property PayForm form

    radius: Theme.radius
    color: Theme.badSoft
    implicitHeight: words.implicitHeight + 2 * Theme.mm(6)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: form.happened + " " + form.money + " " + form.advice

    Sign {
        id: picture
        x: Theme.gapWide
        y: Theme.mm(6)
        name: "warning"
        colour: Theme.badSoftInk
        size: Theme.mm(18)
    }

    Column {
        id: words

        anchors.left: picture.right
        anchors.right: parent.right
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(1.5)

        Words {
            objectName: "pay_happened"
            width: parent.width
            text: note.form.happened
            strong: true
            color: Theme.badSoftInk
            Accessible.ignored: true
        }

        Words {
            objectName: "pay_money"
            width: parent.width
            text: note.form.money
            size: Theme.label
            color: Theme.badSoftInk
            Accessible.ignored: true
        }

        Words {
            objectName: "pay_advice"
            width: parent.width - number.width
            text: note.form.advice
            size: Theme.label
            color: Theme.badSoftInk
            Accessible.ignored: true
        }
    }

    Words {
        id: number
        objectName: "pay_number"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        anchors.margins: Theme.mm(4)
        text: note.form.number
        size: Theme.small
        color: Theme.badSoftInk
    }
}
