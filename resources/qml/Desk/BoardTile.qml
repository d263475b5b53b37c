// One space on the attendant's plan: what it is doing is told by fill, by sign and by word.
import QtQuick
import Theme
import Parts

Touchable {
    id: tile

    required property string space
    required property string use
    required property bool is_overstayed
    required property bool has_charger
    required property bool is_accessible
    required property string plate
    property bool isLookedAt: false
    readonly property bool isOccupied: use === "occupied"
    readonly property real shortSide: Math.min(width, height)
    readonly property color on: is_overstayed ? Theme.attentionInk : use === "idle" ? Theme.goodInk : use === "reserved" ? Theme.bandInk : Theme.tileTakenInk
    readonly property string sign: is_overstayed ? "clock" : use === "reserved" ? "calendar" : use === "not-shared" ? "lock" : use === "closed" ? "stop" : is_accessible ? "accessible" : has_charger ? "charger" : ""

    readonly property string used: qsTr("%1, %2").arg(space).arg(DeskWords.use(is_overstayed ? "overstayed" : use))

    label: plate === "" ? used : qsTr("%1, %2").arg(used).arg(plate)

    Rectangle {
        anchors.fill: parent
        anchors.margins: Math.max(1, Math.round(tile.shortSide * 0.03))
        radius: Math.min(Theme.radius, tile.shortSide * 0.08)
        color: tile.is_overstayed ? Theme.attention : tile.use === "idle" ? Theme.good : tile.use === "reserved" ? Theme.band : tile.isOccupied ? Theme.tileTaken : Theme.card
        border.width: tile.isLookedAt ? Theme.edge : tile.use === "not-shared" || tile.use === "closed" ? Theme.line : 0
        border.color: tile.isLookedAt ? Theme.ink : Theme.rule
    }

    Image {
        anchors.centerIn: parent
        width: tile.shortSide * 0.86
        height: Math.min(Math.max(tile.width, tile.height) * 0.86, width * 2)
        visible: tile.isOccupied && !tile.is_overstayed
        opacity: 0.35
        rotation: tile.height >= tile.width ? 0 : 90
        source: visible ? "image://sign/car_top/" + Theme.carBody.toString().slice(-6) : ""
        sourceSize: Qt.size(Math.max(8, width), Math.max(16, height))
        fillMode: Image.PreserveAspectFit
    }

    Column {
        anchors.centerIn: parent
        spacing: Math.round(tile.shortSide * 0.06)

        Sign {
            anchors.horizontalCenter: parent.horizontalCenter
            name: tile.sign
            colour: tile.on
            size: Math.max(1, Math.round(Math.min(tile.shortSide * 0.42, Theme.mm(6))))
        }

        Words {
            anchors.horizontalCenter: parent.horizontalCenter
            text: tile.space
            size: Math.max(1, Math.min(Theme.body, Math.round(tile.shortSide * 1.4 / Math.max(3, tile.space.length))))
            strong: true
            color: tile.on
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }
    }
}
