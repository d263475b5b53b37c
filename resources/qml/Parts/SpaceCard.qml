// One space that fits: its label as a sign, the price, and why it is good; a touch chooses it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Touchable {
    id: card

    required property string spaceLabel
    required property string price
    property string place: ""
    property string note: ""
    // Names of signs: covered, charger, wide, accessible ...
    property var features: []
    property bool best: false
    property bool selected: false

    label: (best ? qsTr("Best for you") + ", " : "") + spaceLabel + ", " + place + ", " + price
    implicitWidth: Theme.mm(Theme.desk ? 100 : 248)
    implicitHeight: Math.max(Theme.mm(Theme.desk ? 20 : 42), told.implicitHeight + 2 * Theme.mm(Theme.desk ? 1.5 : 3))
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
        width: Theme.mm(Theme.desk ? 26 : 62)
        height: parent.height - 2 * y
        radius: Theme.radius
        color: card.selected ? Theme.accent : Theme.good

        Sign {
            x: Theme.mm(2)
            y: Theme.mm(2)
            name: card.selected ? "tick" : card.best ? "star" : ""
            colour: card.selected ? Theme.accentInk : Theme.accentOnGood
            size: Theme.mm(Theme.desk ? 3.5 : 8)
        }

        Words {
            objectName: "space_label"
            anchors.fill: parent
            anchors.margins: Theme.mm(2)
            text: card.spaceLabel
            size: Theme.fixedCap(Theme.desk ? 6.5 : 16)
            strong: true
            color: card.selected ? Theme.accentInk : Theme.goodInk
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }

    Column {
        id: told

        anchors.left: board.right
        anchors.right: figure.left
        anchors.leftMargin: Theme.gapWide
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.mm(Theme.desk ? 0.5 : 1.2)

        Words {
            width: parent.width
            visible: card.best
            text: qsTr("Best for you")
            size: Theme.label
            strong: true
            color: Theme.good
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            text: card.place
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

        Row {
            spacing: Theme.gap

            Repeater {
                model: card.features

                Sign {
                    required property string modelData
                    name: modelData
                    colour: Theme.inkQuiet
                    size: Theme.mm(Theme.desk ? 4 : 8)
                }
            }
        }
    }

    Words {
        id: figure
        objectName: "price"
        anchors.right: parent.right
        anchors.rightMargin: Theme.gapWide
        anchors.verticalCenter: parent.verticalCenter
        text: card.price
        width: Math.min(implicitWidth, card.width * 0.34)
        horizontalAlignment: Text.AlignRight
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.least
        size: Theme.figure
        strong: true
        wrapMode: Text.NoWrap
        LayoutMirroring.enabled: false
        Accessible.ignored: true
    }
}
