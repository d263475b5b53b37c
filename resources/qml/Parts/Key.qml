// One key of a pad: a sign or a picture, dim when it cannot come next.
import QtQuick
import Theme

Touchable {
    id: key

    property string sign: ""
    property int size: Theme.cap(Theme.desk ? 4 : 11)
    property color fill: Theme.card
    property color fillDown: Theme.quietDown
    property color colour: Theme.ink

    implicitWidth: Theme.key
    implicitHeight: Theme.key

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: !key.enabled ? Theme.sunk : key.down ? key.fillDown : key.fill
        border.width: key.enabled ? Theme.line : 0
        border.color: Theme.control
    }

    Words {
        anchors.fill: parent
        visible: key.sign === ""
        text: key.label
        size: key.size
        strong: true
        color: key.enabled ? key.colour : Theme.dim
        horizontalAlignment: Text.AlignHCenter
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.least
        Accessible.ignored: true
    }

    Sign {
        anchors.centerIn: parent
        name: key.sign
        colour: key.enabled ? key.colour : Theme.dim
        size: Math.round(key.size * 1.1)
    }
}
