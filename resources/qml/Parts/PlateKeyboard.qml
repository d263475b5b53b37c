// Keys for a plate, laid out by country; which keys can come next is decided in Python (ux 29).
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Item {
    id: keyboard

    // Signs that can come next; the others are dim. From kiosk.ui.plate_keys.possible_keys.
    required property string possible
    property string country: "latin"
    property bool canCorrect: true
    property bool canAccept: false
    property string acceptLabel: qsTr("OK")
    readonly property bool isProvinces: country === "CN" && possible.includes("京")
    readonly property string signs: {
        if (isProvinces)
            return "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云渝藏陕甘青宁新";
        if (country === "CN")
            return "1234567890ABCDEFGHJKLMNPQRSTUVWXYZ挂学警港澳";
        return "1234567890QWERTYUIOPASDFGHJKLZXCVBNM";
    }
    readonly property int columns: isProvinces ? 8 : 10
    readonly property real keyWidth: (width - (columns - 1) * Theme.gap) / columns
    readonly property real keyHeight: Theme.mm(Theme.desk ? 12 : 22.5)

    signal key(string sign)
    signal correct
    signal accepted

    implicitWidth: 10 * Theme.mm(22) + 9 * Theme.gap
    implicitHeight: 4 * keyHeight + 4 * Theme.gap + Theme.gapWide + Theme.action
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Plate keyboard")

    Grid {
        id: keys

        width: parent.width
        columns: keyboard.columns
        spacing: Theme.gap

        Repeater {
            model: keyboard.signs.length

            Key {
                required property int index

                objectName: "plate_" + label
                label: keyboard.signs.charAt(index)
                width: keyboard.keyWidth
                height: keyboard.keyHeight
                size: Theme.cap(Theme.desk ? 3.6 : 9.5)
                enabled: keyboard.possible.includes(label)
                onActed: keyboard.key(label)
            }
        }
    }

    WordKey {
        objectName: "plate_correct"
        anchors.left: parent.left
        anchors.bottom: parent.bottom
        width: Theme.actionWidth
        height: Theme.action
        enabled: keyboard.canCorrect
        label: qsTr("Correct")
        sign: "correct"
        fill: Theme.accent
        fillDown: Theme.accentDown
        colour: Theme.accentInk
        onActed: keyboard.correct()
    }

    BigButton {
        objectName: "plate_ok"
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        width: parent.width - Theme.actionWidth - Theme.gapDanger
        height: Theme.action
        enabled: keyboard.canAccept
        label: keyboard.acceptLabel
        forward: true
        onActed: keyboard.accepted()
    }
}
