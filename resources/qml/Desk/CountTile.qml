// One note or coin: how many were counted, and what they are worth; the chosen one is yellow.
import QtQuick
import Theme
import Parts

Touchable {
    id: tile

    required property string key
    required property string text
    required property string pieces
    required property string worth
    required property bool is_chosen

    label: qsTr("%1: %2 pieces").arg(tile.text).arg(tile.pieces)
    activeFocusOnTab: false
    Accessible.role: Accessible.RadioButton
    Accessible.checked: is_chosen

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: tile.is_chosen ? Theme.accent : tile.down ? Theme.quietDown : Theme.card
        border.width: tile.is_chosen ? Theme.edge : Theme.line
        border.color: tile.is_chosen ? Theme.accentInk : Theme.control
    }

    Words {
        x: Theme.gapWide
        width: Theme.mm(32)
        anchors.verticalCenter: parent.verticalCenter
        text: tile.text
        color: tile.is_chosen ? Theme.accentInk : Theme.ink
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Words {
        x: Theme.mm(36)
        width: Theme.mm(20)
        anchors.verticalCenter: parent.verticalCenter
        text: "× " + tile.pieces
        size: Theme.title
        strong: true
        color: tile.is_chosen ? Theme.accentInk : tile.worth === "" ? Theme.inkQuiet : Theme.ink
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Words {
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        text: tile.worth
        color: tile.is_chosen ? Theme.accentInk : Theme.ink
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
