// One of several: the chosen one is yellow and ticked, so that it is never mistaken for the act.
import QtQuick
import Theme
import Parts

Touchable {
    id: choice

    required property bool isChosen
    property int size: Theme.label
    property string sign: ""
    property bool centred: true

    implicitWidth: natural.implicitWidth + picture.width + 3 * Theme.gapWide
    implicitHeight: Theme.touch
    Accessible.role: Accessible.RadioButton
    Accessible.checked: isChosen

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: choice.isChosen ? Theme.accent : choice.down ? Theme.quietDown : Theme.card
        border.width: choice.isChosen ? Theme.edge : Theme.line
        border.color: choice.isChosen ? Theme.accentInk : Theme.control
    }

    Sign {
        id: picture
        x: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        name: choice.isChosen ? "tick" : choice.sign
        visible: name !== ""
        colour: choice.isChosen ? Theme.accentInk : Theme.ink
        size: Math.round(choice.size * 1.1)
    }

    Words {
        anchors.fill: parent
        anchors.leftMargin: picture.visible && !choice.centred ? picture.width + Theme.gapWide + Theme.gap : picture.visible ? picture.width + Theme.gapWide : choice.centred ? Theme.gap : Theme.gapWide
        anchors.rightMargin: Theme.gap
        text: choice.label
        size: choice.size
        strong: true
        color: choice.isChosen ? Theme.accentInk : Theme.ink
        horizontalAlignment: choice.centred ? Text.AlignHCenter : Text.AlignLeft
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.small
        maximumLineCount: 2
        elide: Text.ElideRight
        Accessible.ignored: true
    }

    Words {
        id: natural
        visible: false
        text: choice.label
        size: choice.size
        strong: true
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }
}
