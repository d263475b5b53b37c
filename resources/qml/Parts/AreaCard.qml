// An area to choose: how many spaces are free, or there at all, in big figures, its name and price.
import QtQuick
import Theme

Touchable {
    id: card

    required property string name
    required property string count
    property string countWord: qsTr("free")
    property string note: ""
    property string price: ""
    property string sign: "level"
    // What the count is of: "free" spaces, or "all" of them, of which none is said to be free.
    property string counted: "free"
    property bool full: false
    property bool selected: false

    label: full ? qsTr("%1: full").arg(name) : name + ": " + count + " " + countWord + ", " + price
    enabled: !full
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
        color: card.full ? Theme.neutralSoft : card.selected ? Theme.accent : card.counted === "all" ? Theme.neutralSoft : Theme.good

        Column {
            anchors.centerIn: parent

            Words {
                objectName: "count"
                width: board.width - Theme.mm(2)
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.NoWrap
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.least
                visible: !card.full
                text: card.count
                size: Theme.fixedCap(Theme.desk ? 7.5 : 17)
                strong: true
                color: board.boardInk
                lineHeight: 0.85
                Accessible.ignored: true
            }

            Sign {
                anchors.horizontalCenter: parent.horizontalCenter
                name: card.full ? "stop" : ""
                colour: board.boardInk
                size: Theme.mm(Theme.desk ? 8 : 18)
            }

            Words {
                anchors.horizontalCenter: parent.horizontalCenter
                text: card.full ? qsTr("none free") : card.countWord
                size: Theme.label
                strong: true
                color: board.boardInk
                Accessible.ignored: true
            }
        }

        readonly property color boardInk: card.full ? Theme.neutralSoftInk : card.selected ? Theme.accentInk : card.counted === "all" ? Theme.neutralSoftInk : Theme.goodInk
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
        name: card.full ? "" : card.selected ? "tick" : "right"
        size: Theme.mm(Theme.desk ? 5 : 11)
        width: size
    }
}
