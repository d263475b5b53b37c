// One of several ways on: a sign, what it is, what is to be known of it; a touch takes it.
import QtQuick
import Parts
import Theme

Touchable {
    id: card

    required property string title
    property string detail: ""
    required property string sign
    property color fill: Theme.card

    label: card.detail === "" ? card.title : qsTr("%1, %2").arg(card.title).arg(card.detail)
    implicitHeight: Theme.mm(35)

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: card.down ? Theme.quietDown : card.enabled ? card.fill : Theme.sunk
        border.width: Theme.line
        border.color: Theme.control
    }

    Sign {
        id: picture
        x: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        name: card.sign
        size: Theme.mm(14)
    }

    Column {
        anchors.left: picture.right
        anchors.right: arrow.left
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter

        Words {
            width: parent.width
            height: card.detail === "" ? card.height * 0.8 : Math.min(implicitHeight, card.height * 0.58)
            text: card.title
            size: Theme.title
            strong: true
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            maximumLineCount: 2
            lineHeight: 0.9
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: card.detail
            size: Theme.label
            color: Theme.inkQuiet
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.small
            maximumLineCount: 1
            Accessible.ignored: true
        }
    }

    Sign {
        id: arrow
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        name: "next"
        size: Theme.mm(11)
    }
}
