// One line to type in, with its name above and what is wrong below.
import QtQuick
import Theme
import Parts

FocusScope {
    id: box

    required property string label
    property string text: ""
    property string hint: ""
    property int size: Theme.body
    property int mostSigns: 60

    signal edited(string text)
    signal accepted

    implicitWidth: Theme.mm(80)
    implicitHeight: caption.height + frame.height
    activeFocusOnTab: false

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
        height: Math.max(Theme.action, Math.round(box.size * 1.7))
        radius: Theme.radius
        color: Theme.card
        border.width: input.activeFocus ? Theme.edge : Theme.line
        border.color: input.activeFocus ? Theme.ink : Theme.control

        TextInput {
            id: input

            anchors.fill: parent
            anchors.leftMargin: Theme.mm(3)
            anchors.rightMargin: Theme.mm(3)
            verticalAlignment: TextInput.AlignVCenter
            focus: true
            activeFocusOnTab: true
            clip: true
            text: box.text
            maximumLength: box.mostSigns
            font.family: Theme.family
            font.pixelSize: box.size
            color: Theme.ink
            selectionColor: Theme.primary
            selectedTextColor: Theme.primaryInk
            Accessible.role: Accessible.EditableText
            Accessible.name: box.label
            onTextEdited: box.edited(text)
            Keys.onReturnPressed: box.accepted()
            Keys.onEnterPressed: box.accepted()

            Words {
                anchors.fill: parent
                visible: input.text === ""
                text: box.hint
                size: box.size
                color: Theme.inkQuiet
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }

    TapHandler {
        onTapped: input.forceActiveFocus(Qt.MouseFocusReason)
    }
}
