// A card of the workspace: a title, something small beside it, and room.
import QtQuick
import Theme
import Parts

Rectangle {
    id: card

    required property string title
    property string note: ""
    property alias beside: besideRoom.data
    default property alias content: room.data

    radius: Theme.radius
    color: Theme.card
    border.width: Theme.line
    border.color: Theme.rule

    Words {
        id: heading
        x: Theme.mm(4)
        y: Theme.mm(3)
        height: Theme.mm(9)
        text: card.title
        size: Theme.title
        strong: true
        wrapMode: Text.NoWrap
        Accessible.role: Accessible.Heading
    }

    Words {
        anchors.left: heading.right
        anchors.leftMargin: Theme.gapWide
        anchors.right: besideRoom.left
        anchors.rightMargin: Theme.gap
        elide: Text.ElideRight
        anchors.baseline: heading.baseline
        text: card.note
        size: Theme.label
        color: Theme.inkQuiet
        wrapMode: Text.NoWrap
    }

    Item {
        id: besideRoom
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(4)
        y: Theme.mm(3)
        height: Theme.mm(10)
        width: childrenRect.width
    }

    Item {
        id: room
        anchors.fill: parent
        anchors.topMargin: Theme.mm(15)
        anchors.leftMargin: Theme.mm(4)
        anchors.rightMargin: Theme.mm(4)
        anchors.bottomMargin: Theme.mm(4)
    }
}
