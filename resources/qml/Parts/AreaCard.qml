// An area to choose: how many spaces are free in big figures, its name and price.
import QtQuick
import Theme

Touchable {
    id: card

    required property string name
    required property string count
    property string countWord: qsTr("free")
    property string fullWord: qsTr("none free")
    property string note: ""
    property string price: ""
    property string sign: "level"
    // False: nobody knows how many are free, and the count is a dash.
    property bool counted: true
    property bool full: false
    property bool selected: false

    label: full ? qsTr("%1: %2").arg(name).arg(fullWord) : price === "" ? qsTr("%1: %2 %3").arg(name).arg(count).arg(countWord) : qsTr("%1: %2 %3, %4").arg(name).arg(count).arg(countWord).arg(price)
    implicitWidth: Theme.mm(Theme.desk ? 100 : 248)
    implicitHeight: Math.max(Theme.mm(Theme.desk ? 20 : 44), told.implicitHeight + 2 * Theme.mm(Theme.desk ? 1.5 : 3))
    Accessible.checked: selected

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: card.down ? Theme.quietDown : Theme.card
        border.width: card.selected ? Theme.edge * 1.5 : Theme.line
        border.color: card.selected ? Theme.ink : Theme.control
    }

    Rectangle {
        id: board

        x: Theme.mm(Theme.desk ? 1.5 : 3)
        y: x
        width: Theme.mm(Theme.desk ? 26 : 58)
        height: parent.height - 2 * y
        radius: Theme.radius
        color: card.full ? Theme.neutralSoft : card.selected ? Theme.accent : card.counted ? Theme.good : Theme.neutralSoft

        Words {
            objectName: "count"
            x: Theme.mm(1)
            width: parent.width - 2 * x
            height: word.y
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            wrapMode: Text.NoWrap
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            visible: !card.full
            text: card.count
            size: Theme.fixedCap(Theme.desk ? 7.5 : 17)
            strong: true
            color: board.boardInk
            Accessible.ignored: true
        }

        Sign {
            anchors.horizontalCenter: parent.horizontalCenter
            y: Math.max(0, (word.y - height) / 2)
            name: card.full ? "stop" : ""
            colour: board.boardInk
            size: Theme.mm(Theme.desk ? 8 : 18)
        }

        Words {
            id: word

            objectName: "count_word"
            x: Theme.mm(2)
            y: parent.height - height - Theme.mm(Theme.desk ? 0.5 : 2)
            width: parent.width - 2 * x
            height: Math.min(implicitHeight, parent.height * 0.52)
            text: card.full ? card.fullWord : card.countWord
            size: Theme.label
            strong: true
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            maximumLineCount: 2
            lineHeight: 0.9
            color: board.boardInk
            Accessible.ignored: true
        }

        readonly property color boardInk: card.full ? Theme.neutralSoftInk : card.selected ? Theme.accentInk : card.counted ? Theme.goodInk : Theme.neutralSoftInk
    }

    Column {
        id: told

        anchors.left: board.right
        anchors.right: mark.left
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(Theme.desk ? 0.4 : 1)

        Words {
            width: parent.width
            text: card.name
            size: Theme.title
            strong: true
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: card.price
            size: Theme.body
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: card.note
            size: Theme.label
            color: Theme.inkQuiet
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }

    Sign {
        id: mark
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        name: card.selected ? "tick" : "right"
        size: Theme.mm(Theme.desk ? 5 : 11)
        width: size
    }
}
