// Languages by their own names; one touch changes, entries stay (ux 14). Wide or, in a footer, one key.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Row {
    id: languages

    // [{ code: "en", name: "English" }, ...] and the code that is spoken now.
    required property var choices
    required property string current
    property bool compact: false
    readonly property int currentIndex: choices.findIndex(choice => choice.code === current)
    readonly property var following: choices[(currentIndex + 1) % Math.max(1, choices.length)]

    signal chosen(string code)

    spacing: Theme.gap
    height: Theme.touch

    BigButton {
        objectName: "language"
        visible: languages.compact
        width: languages.width
        height: languages.height
        kind: "secondary"
        sign: "globe"
        size: Theme.label
        label: languages.following ? languages.following.name : ""
        onActed: languages.chosen(languages.following.code)
    }

    Repeater {
        model: languages.compact ? [] : languages.choices

        Touchable {
            id: choice

            required property int index
            required property var modelData
            readonly property bool isCurrent: modelData.code === languages.current

            objectName: "language_" + modelData.code
            label: modelData.name
            width: (languages.width - (languages.choices.length - 1) * languages.spacing) / languages.choices.length
            height: languages.height
            Accessible.role: Accessible.RadioButton
            Accessible.checked: isCurrent
            onActed: languages.chosen(modelData.code)

            Rectangle {
                anchors.fill: parent
                radius: Theme.radius
                color: choice.isCurrent ? Theme.accent : choice.down ? Theme.quietDown : Theme.card
                border.width: choice.isCurrent ? Theme.edge : Theme.line
                border.color: choice.isCurrent ? Theme.accentInk : Theme.control
            }

            Row {
                anchors.centerIn: parent
                spacing: Theme.gap

                Sign {
                    anchors.verticalCenter: parent.verticalCenter
                    name: choice.isCurrent ? "tick" : ""
                    colour: Theme.accentInk
                    size: Theme.body
                }

                Words {
                    anchors.verticalCenter: parent.verticalCenter
                    text: choice.label
                    strong: true
                    color: choice.isCurrent ? Theme.accentInk : Theme.ink
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
        }
    }
}
