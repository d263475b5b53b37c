// One of two ways to pay.
import QtQuick
import Parts
import Theme

Touchable {
    id: method

    required property string sign
    property bool chosen: false

    implicitHeight: Theme.touch
    Accessible.role: Accessible.RadioButton
    Accessible.checked: chosen

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: method.chosen ? Theme.accent : method.down ? Theme.quietDown : Theme.card
        border.width: method.chosen ? Theme.edge : Theme.line
        border.color: method.chosen ? Theme.chosenEdge : Theme.control
    }

    Row {
        anchors.centerIn: parent
        spacing: Theme.gap

        Sign {
            anchors.verticalCenter: parent.verticalCenter
            name: method.chosen ? "tick" : method.sign
            colour: method.chosen ? Theme.accentInk : Theme.ink
            size: Theme.body
        }

        Words {
            anchors.verticalCenter: parent.verticalCenter
            text: method.label
            strong: true
            color: method.chosen ? Theme.accentInk : Theme.ink
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
