// One line of money: what it is for and how much; a total stands larger, a share shows as a bar.
import QtQuick
import Theme

Item {
    id: line

    required property string label
    required property string amount
    property string note: ""
    property string sign: ""
    property bool total: false
    // Small and close to the next one, where many lines must stand on one page.
    property bool compact: false
    readonly property real margin: Theme.mm(Theme.desk || compact ? 1.2 : total ? 4 : 2.6)
    // Thousandths of the whole, from Python; -1 draws no bar.
    property int sharePermille: -1

    implicitWidth: Theme.mm(Theme.desk ? 90 : 240)
    implicitHeight: Math.max(words.implicitHeight, figure.implicitHeight) + 2 * margin + (bar.visible ? bar.height + Theme.mm(2) : 0)
    Accessible.role: Accessible.StaticText
    Accessible.name: label + " " + amount + " " + note

    Rectangle {
        width: parent.width
        height: line.total ? Theme.edge : Theme.line
        color: line.total ? Theme.ink : Theme.rule
    }

    Sign {
        id: picture
        anchors.verticalCenter: words.verticalCenter
        name: line.sign
        size: Theme.body
        width: line.sign === "" ? 0 : size
    }

    Column {
        id: words

        anchors.left: picture.right
        anchors.leftMargin: line.sign === "" ? 0 : Theme.gap
        anchors.right: figure.left
        anchors.rightMargin: Theme.gapWide
        y: line.margin

        Words {
            width: parent.width
            text: line.label
            size: line.total ? Theme.title : line.compact ? Theme.label : Theme.body
            strong: line.total
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: line.note
            size: Theme.label
            color: Theme.inkQuiet
            Accessible.ignored: true
        }
    }

    Words {
        id: figure

        objectName: "amount"
        anchors.right: parent.right
        y: line.total ? words.y + (words.height - height) / 2 : words.y
        text: line.amount
        size: line.total ? Theme.figure : line.compact ? Theme.label : Theme.body
        strong: true
        wrapMode: Text.NoWrap
        LayoutMirroring.enabled: false
        Accessible.ignored: true
    }

    Rectangle {
        id: bar

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(Theme.desk ? 0.8 : 1.5)
        width: parent.width
        height: Theme.mm(Theme.desk ? 1.2 : 2.4)
        visible: line.sharePermille >= 0
        color: Theme.sunk

        Rectangle {
            width: Math.round(parent.width * Math.max(0, line.sharePermille) / 1000)
            height: parent.height
            color: Theme.primary
        }
    }
}
