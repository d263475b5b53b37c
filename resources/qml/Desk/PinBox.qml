// How many digits of a PIN are typed; the digits themselves never reach QML as text.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

FocusScope {
    id: box

    required property string label
    required property int length

    signal digit(string digit)
    signal erased
    signal accepted

    function take(event: var) {
        event.accepted = true;
        if (event.key === Qt.Key_Backspace)
            box.erased();
        else if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
            box.digit(event.text);
        else
            event.accepted = false;
    }

    implicitWidth: Theme.mm(80)
    implicitHeight: caption.height + frame.height

    Words {
        id: caption
        width: parent.width
        height: Theme.mm(6)
        text: box.label
        size: Theme.label
        color: Theme.inkQuiet
        Accessible.ignored: true
    }

    Rectangle {
        id: frame

        anchors.top: caption.bottom
        width: parent.width
        height: Theme.action
        radius: Theme.radius
        color: Theme.card
        border.width: keys.activeFocus ? Theme.edge : Theme.line
        border.color: keys.activeFocus ? Theme.ink : Theme.control

        Item {
            id: keys

            anchors.fill: parent
            focus: true
            activeFocusOnTab: true
            Accessible.role: Accessible.EditableText
            Accessible.name: box.label
            Accessible.passwordEdit: true
            Keys.onPressed: event => box.take(event)
            Keys.onReturnPressed: box.accepted()
            Keys.onEnterPressed: box.accepted()
            Keys.onDeletePressed: box.erased()
        }

        Row {
            anchors.verticalCenter: parent.verticalCenter
            x: Theme.mm(4)
            spacing: Theme.mm(2.5)

            Repeater {
                model: box.length

                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    width: Theme.mm(3)
                    height: width
                    radius: width / 2
                    color: Theme.ink
                }
            }

            Rectangle {
                anchors.verticalCenter: parent.verticalCenter
                visible: keys.activeFocus
                width: Theme.edge
                height: Theme.mm(5)
                color: Theme.primary
            }
        }
    }

    TapHandler {
        onTapped: keys.forceActiveFocus(Qt.MouseFocusReason)
    }
}
