// One end of a window: what it is, and two big keys that move it by a quarter of an hour.
import QtQuick
import Parts
import Theme

Item {
    id: dial

    required property string name
    required property string title
    required property string text
    required property bool canLess
    required property bool canMore

    signal less
    signal more

    implicitHeight: Theme.mm(44)
    Accessible.role: Accessible.Grouping
    Accessible.name: title + ": " + text

    Key {
        objectName: dial.name + "_earlier"
        width: Theme.mm(44)
        height: parent.height
        enabled: dial.canLess
        label: qsTr("%1: a quarter of an hour earlier").arg(dial.title)
        sign: "less"
        size: Theme.figure
        onActed: dial.less()
    }

    Rectangle {
        anchors.centerIn: parent
        width: parent.width - 2 * (Theme.mm(44) + Theme.gap)
        height: parent.height
        radius: Theme.radius
        color: Theme.card

        Words {
            id: heading
            y: Theme.mm(4)
            width: parent.width
            text: dial.title
            size: Theme.label
            color: Theme.inkQuiet
            horizontalAlignment: Text.AlignHCenter
        }

        Words {
            objectName: dial.name + "_text"
            anchors.top: heading.bottom
            anchors.bottom: parent.bottom
            x: Theme.mm(2)
            width: parent.width - 2 * x
            text: dial.text
            size: Theme.title
            strong: true
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            maximumLineCount: 2
            lineHeight: 0.9
        }
    }

    Key {
        objectName: dial.name + "_later"
        anchors.right: parent.right
        width: Theme.mm(44)
        height: parent.height
        enabled: dial.canMore
        label: qsTr("%1: a quarter of an hour later").arg(dial.title)
        sign: "more"
        size: Theme.figure
        onActed: dial.more()
    }
}
