// What every touch is made of: acts on release, once in 400 ms, by finger, key or assistive device.
import QtQuick
import Theme

Item {
    id: touchable

    required property string label
    property string description: ""
    readonly property bool down: area.pressed && area.containsMouse

    signal acted

    function act() {
        if (!guard.running && touchable.enabled) {
            guard.restart();
            touchable.acted();
        }
    }

    function walk(forward: bool) {
        touchable.nextItemInFocusChain(forward).forceActiveFocus(Qt.TabFocusReason);
    }

    implicitWidth: Theme.touch
    implicitHeight: Theme.touch
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: label
    Accessible.description: description
    Accessible.focusable: true
    Accessible.onPressAction: act()
    Keys.onReturnPressed: act()
    Keys.onEnterPressed: act()
    Keys.onSpacePressed: act()
    Keys.onUpPressed: walk(false)
    Keys.onLeftPressed: walk(false)
    Keys.onDownPressed: walk(true)
    Keys.onRightPressed: walk(true)

    MouseArea {
        id: area
        anchors.fill: parent
        onClicked: touchable.act()
    }

    Timer {
        id: guard
        interval: Theme.repeatGuardMs
    }

    Rectangle {
        z: 10
        anchors.fill: parent
        anchors.margins: -Theme.focus
        visible: touchable.activeFocus
        color: "transparent"
        radius: Theme.radius + Theme.focus
        border.width: Theme.focus
        border.color: Theme.focusFrame
    }
}
