// The signs that the code of a pass is made of, and a yellow key that takes one back.
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

Item {
    id: pad

    property bool canCorrect: true
    readonly property string signs: "abcdefghjkmnpqrstuvwxyz23456789"
    readonly property int columns: 8
    readonly property real keyWidth: (width - (columns - 1) * Theme.gap) / columns

    signal key(string sign)
    signal correct

    implicitHeight: 4 * Theme.key + 3 * Theme.gap
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Keys for the code of the pass")

    Grid {
        columns: pad.columns
        spacing: Theme.gap

        Repeater {
            model: pad.signs.length

            Key {
                required property int index

                objectName: "code_" + label
                label: pad.signs[index]
                width: pad.keyWidth
                height: Theme.key
                onActed: pad.key(label)
            }
        }

        Key {
            objectName: "code_correct"
            label: qsTr("Correct")
            sign: "correct"
            enabled: pad.canCorrect
            width: pad.keyWidth
            height: Theme.key
            fill: Theme.accent
            fillDown: Theme.accentDown
            colour: Theme.accentInk
            onActed: pad.correct()
        }
    }
}
