// The parts of the attendant's desk, with made-up rows to look at.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Theme
import Parts

Window {
    id: root

    required property var tiles
    required property var aisles
    required property var stays
    property string language: "en"
    property int page: 0
    readonly property bool isChinese: language === "zh_CN"

    objectName: "gallery"
    width: 1920
    height: 1080
    visible: true
    color: Theme.ground

    Rectangle {
        id: band
        width: parent.width
        height: Theme.header
        color: Theme.band

        Rectangle {
            x: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.mm(10)
            height: width
            radius: Theme.radius
            color: Theme.accent

            Sign {
                anchors.centerIn: parent
                name: "park"
                colour: Theme.accentInk
                size: Theme.mm(7)
            }
        }

        Words {
            x: Theme.margin + Theme.mm(14)
            height: parent.height
            text: root.isChinese ? "值班台" : "Desk"
            size: Theme.title
            strong: true
            color: Theme.bandInk
        }
    }

    Column {
        id: lanes
        x: Theme.margin
        anchors.top: band.bottom
        anchors.topMargin: Theme.margin
        width: Theme.mm(200)
        spacing: Theme.gapWide

        Row {
            spacing: Theme.gapWide

            LaneStrip {
                width: Theme.mm(125)
                name: root.isChinese ? "入口 1" : "Entrance 1"
                direction: "in"
                condition: "drive"
                conditionText: root.isChinese ? "已开启" : "Drive"
                plate: "京A·12345"
                lastEvent: root.isChinese ? "14:05 停车票通过" : "14:05 ticket accepted"
                loops: [
                    {
                        name: root.isChinese ? "接近" : "Before",
                        condition: "covered",
                        word: root.isChinese ? "有车" : "Car"
                    },
                    {
                        name: root.isChinese ? "闸下" : "Under",
                        condition: "clear",
                        word: root.isChinese ? "无车" : "Clear"
                    }
                ]
            }

            LaneStrip {
                width: Theme.mm(125)
                name: root.isChinese ? "出口 1" : "Exit 1"
                direction: "out"
                condition: "fault"
                conditionText: root.isChinese ? "停用" : "Out of order"
                lastEvent: root.isChinese ? "14:02 继电器板无应答" : "14:02 relay board gone"
                loops: [
                    {
                        name: root.isChinese ? "接近" : "Before",
                        condition: "unknown",
                        word: root.isChinese ? "未知" : "Unknown"
                    },
                    {
                        name: root.isChinese ? "闸下" : "Under",
                        condition: "unknown",
                        word: root.isChinese ? "未知" : "Unknown"
                    }
                ]
            }
        }
    }

    LevelPlan {
        anchors.left: lanes.left
        anchors.top: lanes.bottom
        anchors.topMargin: Theme.gapWide
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.margin
        width: Theme.mm(254)
        tiles: root.tiles
        aisles: root.aisles
        floorWidthMm: 30000
        floorHeightMm: 34000
        levelName: root.isChinese ? "地下一层" : "Level 1"
        canPageForth: true
    }

    DataTable {
        anchors.right: parent.right
        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        anchors.margins: Theme.margin
        width: Theme.mm(258)
        rows: root.stays
        countText: "40 / 212"
        columns: [
            {
                role: "plate",
                title: root.isChinese ? "车牌" : "Plate",
                share: 22,
                strong: true
            },
            {
                role: "space",
                title: root.isChinese ? "车位" : "Space",
                share: 14
            },
            {
                role: "since",
                title: root.isChinese ? "入场" : "Since",
                share: 16
            },
            {
                role: "condition",
                title: root.isChinese ? "状态" : "State",
                share: 28,
                pill: "kind"
            },
            {
                role: "charge",
                title: root.isChinese ? "停车费" : "Charge",
                share: 20,
                right: true
            }
        ]
    }
}
