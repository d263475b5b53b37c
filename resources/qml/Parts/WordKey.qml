// A coloured key of a pad that carries a sign and its word, never the colour alone.
import QtQuick
import Theme

Touchable {
    id: key

    property string sign: ""
    property color fill: Theme.card
    property color fillDown: Theme.quietDown
    property color colour: Theme.ink

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !key.enabled ? Theme.sunk : key.down ? key.fillDown : key.fill
        border.width: Theme.line
        border.color: key.enabled ? key.colour : Theme.rule
    }

    Sign {
        id: picture
        x: Theme.mm(Theme.desk ? 2 : 5)
        anchors.verticalCenter: parent.verticalCenter
        name: key.sign
        colour: key.enabled ? key.colour : Theme.dim
        size: Math.min(Theme.body, Math.round(key.height * 0.45))
    }

    Words {
        anchors.left: picture.right
        anchors.leftMargin: Theme.mm(Theme.desk ? 1.5 : 3)
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(2)
        height: parent.height
        text: key.label
        size: Theme.body
        strong: true
        color: key.enabled ? key.colour : Theme.dim
        wrapMode: Text.NoWrap
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.least
        Accessible.ignored: true
    }
}
