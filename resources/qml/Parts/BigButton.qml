// A button that says what it does: primary (one a screen), secondary, quiet or danger.
import QtQuick
import Theme

Touchable {
    id: button

    property string kind: "primary"
    property string sign: ""
    property bool forward: false
    property bool centred: false
    property bool showsWords: true
    property int size: Theme.body
    readonly property bool isSolid: kind === "primary" || kind === "danger"
    readonly property color fill: {
        if (!enabled)
            return Theme.sunk;
        if (kind === "primary")
            return down ? Theme.primaryDown : Theme.primary;
        if (kind === "danger")
            return down ? Theme.dangerDown : Theme.danger;
        return down ? Theme.quietDown : kind === "secondary" ? Theme.card : Theme.ground;
    }
    readonly property color fillInk: {
        if (!enabled)
            return Theme.inkQuiet;
        return kind === "primary" ? Theme.primaryInk : kind === "danger" ? Theme.dangerInk : Theme.ink;
    }

    implicitWidth: Math.max(kind === "primary" ? Theme.actionWidth : Theme.touch, naturalText.implicitWidth + 2 * Theme.gapWide + (sign !== "" ? picture.width + Theme.gap : 0) + (forward ? arrow.width + Theme.gap : 0))
    implicitHeight: kind === "primary" || kind === "danger" ? Theme.action : Theme.touch

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: button.fill
        border.width: button.isSolid && button.enabled ? 0 : Theme.line
        border.color: button.enabled ? Theme.control : Theme.rule
    }

    Sign {
        id: picture
        x: button.showsWords ? Theme.gapWide : (button.width - width) / 2
        anchors.verticalCenter: parent.verticalCenter
        name: button.sign
        colour: button.fillInk
        size: Math.min(Math.round(button.size * 1.15), Math.round(button.height * 0.55))
    }

    Words {
        id: words
        anchors.left: button.sign === "" || button.centred ? parent.left : picture.right
        anchors.right: button.forward ? arrow.left : parent.right
        anchors.leftMargin: button.sign === "" || button.centred ? Theme.gapWide : Theme.gap
        anchors.rightMargin: button.forward ? Theme.gap : Theme.gapWide
        anchors.top: parent.top
        anchors.bottom: parent.bottom
        visible: button.showsWords
        text: button.label
        size: button.size
        strong: true
        color: button.fillInk
        horizontalAlignment: button.centred ? Text.AlignHCenter : Text.AlignLeft
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.least
        wrapMode: Text.WordWrap
        maximumLineCount: 2
        lineHeight: 0.9
        Accessible.ignored: true
    }

    Words {
        id: naturalText
        visible: false
        text: button.label
        size: button.size
        strong: true
        wrapMode: Text.NoWrap
        Accessible.ignored: true
    }

    Sign {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        visible: button.forward
        name: "next"
        colour: button.fillInk
        size: Math.min(Math.round(button.size * 1.15), Math.round(button.height * 0.55))
    }
}
