// One lane at the desk: its barrier, its loops, what happened last, and what can be ordered of it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Rectangle {
    id: strip

    required property string name
    // Its name as it is read, with the way where the language wants it.
    property string title: name
    // in or out
    required property string direction
    // wait, opening, drive, closing or fault: as on the lane's own sign
    required property string condition
    required property string conditionText
    property string lastEvent: ""
    property string plate: ""
    // [{ name: "approach", condition: "covered" | "clear" | "unknown", word: "Car" }, ...]
    property var loops: []
    // Said beside the condition while the lane takes no ticket; empty when it does.
    property string lockText: ""
    // [{ order: "open", label: "Open…", sign: "barrier_up", canDo: true }, ...]
    property var keys: []
    readonly property bool isUp: condition === "opening" || condition === "drive"
    readonly property string pillKind: condition === "fault" ? "bad" : isUp ? "good" : condition === "closing" ? "attention" : "neutral"

    signal ordered(string order)

    implicitWidth: Theme.mm(120)
    implicitHeight: Theme.mm(49)
    radius: Theme.radius
    color: Theme.card
    border.width: condition === "fault" ? Theme.edge : Theme.line
    border.color: condition === "fault" ? Theme.bad : Theme.rule
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("%1, %2, %3").arg(title).arg(lockText === "" ? conditionText : conditionText + ", " + lockText).arg(lastEvent)

    Rectangle {
        id: square

        x: Theme.mm(4)
        y: Theme.mm(4)
        width: Theme.mm(14)
        height: width
        radius: Theme.radius
        color: strip.condition === "fault" ? Theme.bad : strip.isUp ? Theme.good : Theme.band

        Sign {
            anchors.centerIn: parent
            name: strip.condition === "fault" ? "warning" : strip.isUp ? "barrier_up" : "barrier"
            colour: strip.condition === "fault" ? Theme.badInk : strip.isUp ? Theme.goodInk : Theme.bandInk
            size: Theme.mm(10)
        }
    }

    Column {
        anchors.left: square.right
        anchors.leftMargin: Theme.mm(4)
        anchors.right: pills.left
        anchors.rightMargin: Theme.gap
        anchors.verticalCenter: square.verticalCenter

        Row {
            spacing: Theme.gap

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                name: strip.direction === "in" ? "enter" : "leave"
                size: Theme.title
            }

            Words {
                text: strip.title
                size: Theme.title
                strong: true
                wrapMode: Text.NoWrap
            }
        }

        Words {
            width: parent.width
            text: strip.plate
            size: Theme.label
            color: Theme.inkQuiet
            wrapMode: Text.NoWrap
            elide: Text.ElideRight
        }
    }

    Row {
        id: pills

        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(4)
        y: Theme.mm(4)
        spacing: Theme.gap

        StatusPill {
            objectName: "locked_" + strip.name
            visible: strip.lockText !== ""
            kind: "attention"
            text: strip.lockText
            sign: "lock"
        }

        StatusPill {
            objectName: "condition_" + strip.name
            kind: strip.pillKind
            text: strip.conditionText
            sign: strip.isUp ? "up" : strip.condition === "fault" ? "warning" : strip.condition === "closing" ? "down" : "barrier"
        }
    }

    Row {
        id: loopRow

        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(4)
        anchors.top: square.bottom
        anchors.topMargin: Theme.gap
        spacing: Theme.mm(2)

        Repeater {
            model: strip.loops

            Rectangle {
                id: loop

                required property var modelData

                width: Theme.mm(19)
                height: Theme.mm(12)
                radius: Theme.radius
                color: modelData.condition === "covered" ? Theme.accent : modelData.condition === "unknown" ? Theme.badSoft : Theme.sunk
                border.width: modelData.condition === "covered" ? 0 : Theme.line
                border.color: Theme.rule
                Accessible.role: Accessible.StaticText
                Accessible.name: modelData.name + " " + modelData.word

                Column {
                    anchors.centerIn: parent

                    Words {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: loop.modelData.name
                        size: Theme.small
                        color: loop.modelData.condition === "covered" ? Theme.accentInk : Theme.inkQuiet
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }

                    Words {
                        anchors.horizontalCenter: parent.horizontalCenter
                        text: loop.modelData.word
                        size: Theme.label
                        strong: true
                        color: loop.modelData.condition === "covered" ? Theme.accentInk : loop.modelData.condition === "unknown" ? Theme.badSoftInk : Theme.inkQuiet
                        wrapMode: Text.NoWrap
                        Accessible.ignored: true
                    }
                }
            }
        }
    }

    Words {
        anchors.left: loopRow.right
        anchors.leftMargin: Theme.gapWide
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(4)
        anchors.verticalCenter: loopRow.verticalCenter
        text: strip.lastEvent
        size: Theme.label
        color: Theme.inkQuiet
        maximumLineCount: 2
        elide: Text.ElideRight
    }

    Row {
        anchors.left: parent.left
        anchors.leftMargin: Theme.mm(4)
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(4)
        spacing: Theme.gap

        Repeater {
            model: strip.keys

            BigButton {
                required property var modelData

                objectName: modelData.order + "_" + strip.name
                kind: "secondary"
                height: Theme.touch
                enabled: modelData.canDo
                size: Theme.label
                sign: modelData.sign
                label: modelData.label
                onActed: strip.ordered(modelData.order)
            }
        }
    }
}
