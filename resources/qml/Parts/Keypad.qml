// Digits 1-2-3 on top, 0 below 8; Cancel red cross, Correct yellow, OK green tick (ux 28).
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Item {
    id: pad

    property bool canAccept: true
    property bool canCorrect: true
    property real keyWidth: Theme.mm(Theme.desk ? 18 : 40)
    property real keyHeight: Theme.mm(Theme.desk ? 12 : 24)

    signal key(string digit)
    signal correct
    signal cancelled
    signal accepted

    implicitWidth: 3 * keyWidth + 2 * Theme.gap + Theme.gapDanger + sideWidth
    implicitHeight: 4 * keyHeight + 3 * Theme.gap
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Number pad")

    readonly property real sideWidth: Theme.mm(Theme.desk ? 30 : 64)

    Repeater {
        model: ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"]

        Key {
            required property int index
            required property string modelData

            objectName: "digit_" + modelData
            label: modelData
            x: (modelData === "0" ? 1 : index % 3) * (pad.keyWidth + Theme.gap)
            y: Math.floor(index / 3) * (pad.keyHeight + Theme.gap)
            width: pad.keyWidth
            height: pad.keyHeight
            onActed: pad.key(modelData)
        }
    }

    WordKey {
        objectName: "keypad_cancel"
        anchors.right: parent.right
        width: pad.sideWidth
        height: pad.keyHeight
        label: qsTr("Cancel")
        sign: "cross"
        fill: Theme.danger
        fillDown: Theme.dangerDown
        colour: Theme.dangerInk
        onActed: pad.cancelled()
    }

    WordKey {
        objectName: "keypad_correct"
        anchors.right: parent.right
        y: pad.keyHeight + Theme.gap
        width: pad.sideWidth
        height: pad.keyHeight
        enabled: pad.canCorrect
        label: qsTr("Correct")
        sign: "correct"
        fill: Theme.accent
        fillDown: Theme.accentDown
        colour: Theme.accentInk
        onActed: pad.correct()
    }

    WordKey {
        objectName: "keypad_ok"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: pad.sideWidth
        height: pad.keyHeight
        enabled: pad.canAccept
        label: qsTr("OK")
        sign: "tick"
        fill: Theme.good
        fillDown: Theme.goodDown
        colour: Theme.goodInk
        onActed: pad.accepted()
    }
}
