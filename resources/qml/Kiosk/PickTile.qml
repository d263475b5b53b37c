// One of several that can be picked: the picked one is yellow and framed; or a switch with its sign.
import QtQuick
import Parts
import Theme

Touchable {
    id: tile

    property string sign: ""
    // What stands on the tile, when it is shorter than what is spoken.
    property string text: label
    // What is asked, small above it.
    property string caption: ""
    property bool picked: false
    property int size: Theme.body
    property bool isSwitch: false
    readonly property color tileInk: !enabled ? Theme.dim : picked ? Theme.accentInk : Theme.ink

    implicitHeight: Theme.key
    Accessible.role: tile.isSwitch ? Accessible.CheckBox : Accessible.RadioButton
    Accessible.checked: picked

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !tile.enabled ? Theme.sunk : tile.picked ? Theme.accent : tile.down ? Theme.quietDown : Theme.card
        border.width: !tile.enabled ? 0 : tile.picked ? Theme.edge : Theme.line
        border.color: tile.picked ? Theme.chosenEdge : Theme.control
    }

    Sign {
        id: picture
        x: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        visible: tile.sign !== ""
        name: tile.picked && !tile.isSwitch ? "tick" : tile.sign
        colour: tile.tileInk
        size: Math.min(Math.round(tile.size * 1.3), Math.round(tile.height * 0.5))
    }

    Sign {
        id: mark
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        visible: tile.isSwitch
        name: tile.isSwitch && tile.picked ? "tick" : ""
        colour: tile.tileInk
        size: Math.min(Math.round(tile.size * 1.3), Math.round(tile.height * 0.5))
    }

    Words {
        id: asked
        anchors.left: said.left
        anchors.right: said.right
        anchors.top: parent.top
        anchors.topMargin: Theme.mm(2)
        height: tile.caption === "" ? 0 : tile.height * 0.36
        visible: tile.caption !== ""
        text: tile.caption
        size: Theme.label
        color: tile.tileInk
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.least
        maximumLineCount: 1
        Accessible.ignored: true
    }

    Words {
        id: said
        anchors.fill: parent
        anchors.topMargin: tile.caption === "" ? 0 : asked.height + Theme.mm(1)
        anchors.leftMargin: tile.sign === "" ? Theme.mm(2) : picture.width + Theme.gapWide + Theme.gap
        anchors.rightMargin: tile.isSwitch && (tile.picked || tile.caption === "") ? mark.width + Theme.gapWide + Theme.gap : Theme.mm(2)
        text: tile.text
        size: tile.size
        strong: true
        color: tile.tileInk
        horizontalAlignment: tile.sign === "" ? Text.AlignHCenter : Text.AlignLeft
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.least
        maximumLineCount: 2
        lineHeight: 0.9
        Accessible.ignored: true
    }
}
