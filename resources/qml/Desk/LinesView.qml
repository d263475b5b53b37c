// A short list in a card, two lines a row: what and how much, and smaller when, who and why.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Item {
    id: view

    required property string title
    required property var lines
    property string emptyText: ""
    property Component row

    implicitHeight: heading.height + Theme.edge + Math.max(Theme.mm(12), list.contentHeight)

    Words {
        id: heading
        width: parent.width
        height: Theme.mm(8)
        text: view.title
        strong: true
        Accessible.role: Accessible.Heading
    }

    Rectangle {
        anchors.top: heading.bottom
        width: parent.width
        height: Theme.edge
        color: Theme.ink
    }

    ListView {
        id: list
        anchors.top: heading.bottom
        anchors.topMargin: Theme.edge
        anchors.bottom: parent.bottom
        width: parent.width
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: view.lines
        delegate: view.row
    }

    Words {
        anchors.top: heading.bottom
        anchors.topMargin: Theme.mm(4)
        visible: list.count === 0
        text: view.emptyText
        size: Theme.label
        color: Theme.inkQuiet
    }
}
