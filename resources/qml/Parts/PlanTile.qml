// One space on the plan: free, taken, not fitting, chosen or best; each told by fill and by sign.
import QtQuick
import Theme

Rectangle {
    id: tile

    required property string label
    required property string condition
    // The sign of what the space has: accessible, charger, or none.
    property string feature: ""
    readonly property bool isUpright: height >= width
    readonly property bool isFree: condition === "idle" || condition === "best"
    readonly property bool isChosen: condition === "chosen"
    readonly property bool isTaken: condition === "taken"
    readonly property real shortSide: Math.min(width, height)
    readonly property bool hasMark: isChosen || condition === "best" || condition === "notFitting"
    readonly property bool hasFeature: feature !== "" && !isTaken
    readonly property bool hasSign: hasMark || hasFeature
    readonly property bool hasBoth: hasMark && hasFeature
    readonly property real signSide: Math.round(shortSide * (hasBoth ? 0.42 : 0.5))
    readonly property real signsAlong: hasBoth ? shortSide * 0.9 : signSide

    readonly property string number: label.replace(/^.*?([0-9]*)$/, "$1") || label
    readonly property string prefix: label.slice(0, label.length - number.length)
    readonly property color ink: isChosen ? Theme.accentInk : isFree ? Theme.goodInk : Theme.tileTakenInk

    radius: Math.min(Theme.radius, shortSide * 0.08)
    color: isChosen ? Theme.accent : isFree ? Theme.good : isTaken ? Theme.tileTaken : Theme.floor
    border.width: isChosen ? Theme.edge : condition === "notFitting" ? Theme.line : 0
    border.color: isChosen ? Theme.chosenEdge : Theme.control

    Image {
        anchors.centerIn: parent
        width: tile.shortSide * 0.92
        height: Math.min(Math.max(tile.width, tile.height) * 0.9, width * 2)
        visible: tile.isTaken
        rotation: tile.isUpright ? 0 : 90
        source: tile.isTaken ? "image://sign/car_top/" + Theme.carBody.toString().slice(-6) : ""
        sourceSize: Qt.size(width, height)
        fillMode: Image.PreserveAspectFit
    }

    // Upright, the number stands alone and large, the letter of the row small above it.
    Column {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.horizontalCenterOffset: tile.hasSign && !tile.isUpright ? tile.shortSide * 0.4 : 0
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: tile.hasSign && tile.isUpright ? tile.shortSide * 0.3 : 0
        visible: !tile.isTaken && tile.shortSide >= 20

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: text !== ""
            text: tile.isUpright ? tile.prefix : ""
            font.family: Theme.family
            font.weight: Theme.strong
            font.pixelSize: Math.max(1, Math.min(Theme.body, tile.shortSide * 0.36))
            lineHeight: 0.8
            color: tile.ink
        }

        Text {
            anchors.horizontalCenter: parent.horizontalCenter
            text: tile.isUpright ? tile.number : tile.label
            font.family: Theme.family
            font.weight: Theme.strong
            font.pixelSize: Math.max(1, Math.min(Theme.figure, tile.shortSide * 1.36 / Math.max(2, text.length)))
            lineHeight: 0.8
            color: tile.ink
        }
    }

    // Beside each other across the short side: what is the matter with the space, what it has.
    Image {
        x: tile.isUpright ? (tile.width - tile.signsAlong) / 2 : tile.shortSide * 0.2
        y: tile.isUpright ? tile.shortSide * 0.14 : (tile.height - tile.signsAlong) / 2
        width: tile.signSide
        height: tile.signSide
        visible: tile.hasMark
        source: !tile.hasMark ? "" : tile.isChosen ? "image://sign/tick/" + Theme.accentInk.toString().slice(-6) : tile.condition === "best" ? "image://sign/star/" + Theme.accentOnGood.toString().slice(-6) : "image://sign/cross/" + Theme.control.toString().slice(-6)
        sourceSize: Qt.size(tile.signSide, tile.signSide)
    }

    Image {
        x: tile.isUpright ? (tile.width + tile.signsAlong) / 2 - width : tile.shortSide * 0.2
        y: tile.isUpright ? tile.shortSide * 0.14 : (tile.height + tile.signsAlong) / 2 - height
        width: tile.signSide
        height: tile.signSide
        visible: tile.hasFeature
        source: tile.hasFeature ? "image://sign/" + tile.feature + "/" + tile.ink.toString().slice(-6) : ""
        sourceSize: Qt.size(tile.signSide, tile.signSide)
    }
}
