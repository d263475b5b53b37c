// The plan of one level with what every space is doing, the levels above it, the words below it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property BoardCard board
    readonly property real scaling: Math.min(floor.width / Math.max(1, board.widthMm), floor.height / Math.max(1, board.depthMm))
    readonly property list<string> uses: ["idle", "reserved", "occupied", "overstayed", "not-shared", "closed"]

    readonly property string looked: qsTr("%1: %2, owner %3").arg(board.lookedAtLabel).arg(DeskWords.use(board.lookedAtUse)).arg(board.lookedAtOwner)

    title: qsTr("Plan")
    note: board.lookedAt === "" ? qsTr("Touch a space to see who has it") : board.lookedAtUntil === "" ? looked : qsTr("%1, until %2").arg(looked).arg(board.lookedAtUntil)

    beside: Row {
        spacing: Theme.gap

        BigButton {
            objectName: "board_close"
            visible: view.board.lookedAt !== ""
            kind: "secondary"
            sign: view.board.lookedAtUse === "closed" ? "tick" : "stop"
            size: Theme.label
            height: Theme.touch
            label: view.board.lookedAtUse === "closed" ? qsTr("Reopen %1").arg(view.board.lookedAtLabel) : qsTr("Close %1").arg(view.board.lookedAtLabel)
            onActed: view.board.close()
        }

        Repeater {
            id: levels
            model: view.board.levels

            Choice {

                required property string key
                required property string code
                required property string name
                required property int idle
                required property int all
                required property bool is_shown

                objectName: "level_" + key
                isChosen: is_shown
                label: levels.count > 4 ? qsTr("%1  %2 idle").arg(code).arg(idle) : qsTr("%1  %2 of %3 idle").arg(name).arg(idle).arg(all)
                onActed: view.board.chooseLevel(key)
            }
        }
    }

    Item {
        id: floor

        width: parent.width
        anchors.top: parent.top
        anchors.bottom: legend.top
        anchors.bottomMargin: Theme.gap

        Rectangle {
            id: ground

            anchors.centerIn: parent
            width: Math.round(view.board.widthMm * view.scaling)
            height: Math.round(view.board.depthMm * view.scaling)
            radius: Theme.radius
            color: Theme.aisle
            border.width: Theme.line
            border.color: Theme.rule

            Repeater {
                model: view.board.tiles

                BoardTile {
                    required property string key
                    required property int left_mm
                    required property int top_mm
                    required property int width_mm
                    required property int depth_mm

                    objectName: "space_" + key
                    x: left_mm * view.scaling
                    y: top_mm * view.scaling
                    width: width_mm * view.scaling
                    height: depth_mm * view.scaling
                    isLookedAt: view.board.lookedAt === key
                    onActed: view.board.look(key)
                }
            }
        }
    }

    Row {
        id: legend

        anchors.bottom: parent.bottom
        height: Theme.mm(7)
        spacing: Theme.mm(6)

        Repeater {
            model: view.uses

            Row {
                id: entry

                required property string modelData

                height: legend.height
                spacing: Theme.mm(2)

                BoardTile {
                    anchors.verticalCenter: parent.verticalCenter
                    enabled: false
                    activeFocusOnTab: false
                    width: Theme.mm(4.5)
                    height: Theme.mm(6)
                    space: ""
                    use: entry.modelData
                    plate: ""
                    is_overstayed: entry.modelData === "overstayed"
                    has_charger: false
                    is_accessible: false
                    Accessible.ignored: true
                }

                Words {
                    height: parent.height
                    text: DeskWords.use(entry.modelData)
                    size: Theme.label
                    wrapMode: Text.NoWrap
                }

                Words {
                    objectName: "count_" + entry.modelData
                    height: parent.height
                    text: view.board.counts[entry.modelData] ?? ""
                    size: Theme.body
                    strong: true
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}
