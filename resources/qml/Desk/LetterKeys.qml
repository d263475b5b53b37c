// Letters and digits for a finger: types into the box that has the cursor.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Item {
    id: keys

    // The window whose cursor is typed at.
    required property Window window
    readonly property list<string> lines: ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm.,+"]
    readonly property real keyWidth: Math.min(Theme.mm(19), Math.floor((width - 9 * Theme.gap) / 10))
    readonly property real keyHeight: Theme.mm(14)

    function type(sign: string) {
        const box = keys.window.activeFocusItem as TextInput;
        if (box) {
            // Names begin with a capital; codes and plates are read in either case.
            const begins = box.cursorPosition === 0 || box.text[box.cursorPosition - 1] === " ";
            box.insert(box.cursorPosition, begins ? sign.toUpperCase() : sign);
            box.textEdited();
        }
    }

    function erase() {
        const box = keys.window.activeFocusItem as TextInput;
        if (box) {
            box.remove(box.cursorPosition - 1, box.cursorPosition);
            box.textEdited();
        }
    }

    implicitHeight: 5 * keyHeight + 4 * Theme.gap
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Letters and digits")

    Repeater {
        model: 40

        Key {
            required property int index
            readonly property string letter: keys.lines[Math.floor(index / 10)][index % 10]

            objectName: "key_" + letter
            label: letter
            activeFocusOnTab: false
            x: index % 10 * (keys.keyWidth + Theme.gap)
            y: Math.floor(index / 10) * (keys.keyHeight + Theme.gap)
            width: keys.keyWidth
            height: keys.keyHeight
            onActed: keys.type(label)
        }
    }

    Key {
        objectName: "key_space"
        label: qsTr("Space bar")
        size: Theme.body
        activeFocusOnTab: false
        y: 4 * (keys.keyHeight + Theme.gap)
        width: 7 * keys.keyWidth + 6 * Theme.gap
        height: keys.keyHeight
        onActed: keys.type(" ")
    }

    WordKey {
        objectName: "key_correct"
        label: qsTr("Correct")
        sign: "correct"
        activeFocusOnTab: false
        fill: Theme.accent
        fillDown: Theme.accentDown
        colour: Theme.accentInk
        x: 7 * (keys.keyWidth + Theme.gap)
        y: 4 * (keys.keyHeight + Theme.gap)
        width: 3 * keys.keyWidth + 2 * Theme.gap
        height: keys.keyHeight
        onActed: keys.erase()
    }
}
