// Digits for a finger: 1-2-3 on top, 0 below 8, Correct beside it (ux 28).
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Item {
    id: pad

    property real keyWidth: Theme.mm(20)
    property real keyHeight: Theme.mm(14)

    signal digit(string digit)
    signal erased
    signal accepted

    implicitWidth: 3 * keyWidth + 2 * Theme.gap
    implicitHeight: 4 * keyHeight + 3 * Theme.gap
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Number pad")

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]

        Key {
            required property int index
            required property string modelData

            objectName: "digit_" + modelData
            label: modelData
            activeFocusOnTab: false
            x: (modelData === "0" ? 1 : index % 3) * (pad.keyWidth + Theme.gap)
            y: Math.floor(index / 3) * (pad.keyHeight + Theme.gap)
            width: pad.keyWidth
            height: pad.keyHeight
            onActed: pad.digit(modelData)
        }
    }

    Key {
        objectName: "digit_erase"
        label: qsTr("Correct")
        sign: "correct"
        activeFocusOnTab: false
        y: 3 * (pad.keyHeight + Theme.gap)
        width: pad.keyWidth
        height: pad.keyHeight
        fill: Theme.accent
        colour: Theme.accentInk
        onActed: pad.erased()
    }

    Key {
        objectName: "digit_ok"
        label: qsTr("OK")
        sign: "tick"
        activeFocusOnTab: false
        x: 2 * (pad.keyWidth + Theme.gap)
        y: 3 * (pad.keyHeight + Theme.gap)
        width: pad.keyWidth
        height: pad.keyHeight
        fill: Theme.good
        fillDown: Theme.goodDown
        colour: Theme.goodInk
        onActed: pad.accepted()
    }
}
