// The plan of one level, to scale, from tiles and aisles in millimetres of the floor. A touch takes
// the nearest space that can be chosen, so the target is larger than the painted tile (ux 2, 4).
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Item {
    id: plan

    // Roles: key, label, condition (idle, best, chosen, taken, notFitting), feature (accessible,
    // charger or empty), spoken, x_mm, y_mm, width_mm, height_mm. Aisles: x_mm, y_mm, width_mm, height_mm, heading in degrees or -1.
    required property var tiles
    required property var aisles
    required property int floorWidthMm
    required property int floorHeightMm
    property string levelName: ""
    property string levelNote: ""
    property bool canPageBack: false
    property bool canPageForth: false
    property bool pages: canPageBack || canPageForth
    property bool hasEntrance: false
    property int entranceXMm: 0
    property int entranceYMm: 0
    property int northDegrees: -1
    property bool hasLegend: true
    // Whether this plan ever paints a space that does not fit, so that the legend explains it.
    property bool hasNotFitting: false
    // The features that it paints signs of now.
    property var features: []
    readonly property real scaling: Math.min((room.width - rim) / Math.max(1, floorWidthMm), (room.height - rim) / Math.max(1, floorHeightMm))
    readonly property real rim: hasEntrance ? entrance.height : 0

    signal chosen(string key)
    signal pagedBack
    signal pagedForth

    function isChoosable(condition: string): bool {
        return condition === "idle" || condition === "best" || condition === "chosen";
    }

    // The nearest choosable tile within half a touch of the point, or the one under the point.
    function choose(x: real, y: real) {
        let found = null;
        let least = Theme.touch / 2;
        for (let i = 0; i < tileItems.count; i++) {
            const tile = tileItems.itemAt(i) as PlanSpot;
            const dx = Math.max(tile.x - x, 0, x - tile.x - tile.width);
            const dy = Math.max(tile.y - y, 0, y - tile.y - tile.height);
            const away = Math.hypot(dx, dy);
            if (away < least && plan.isChoosable(tile.condition)) {
                least = away;
                found = tile;
            }
        }
        if (found)
            found.act();
    }

    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Plan of level %1").arg(levelName)

    component PlanSpot: Item {
        id: spot

        required property string key
        required property string label
        required property string condition
        required property string feature
        required property string spoken
        required property int x_mm
        required property int y_mm
        required property int width_mm
        required property int height_mm

        function act() {
            if (!guard.running && plan.isChoosable(spot.condition)) {
                guard.restart();
                plan.chosen(spot.key);
            }
        }

        objectName: "space_" + key
        x: x_mm * plan.scaling
        y: y_mm * plan.scaling
        width: width_mm * plan.scaling
        height: height_mm * plan.scaling
        activeFocusOnTab: plan.isChoosable(condition)
        Accessible.role: Accessible.Button
        Accessible.name: spoken
        Accessible.focusable: plan.isChoosable(condition)
        Accessible.checked: condition === "chosen"
        Accessible.onPressAction: act()
        Keys.onReturnPressed: act()
        Keys.onEnterPressed: act()
        Keys.onSpacePressed: act()
        Keys.onRightPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onDownPressed: nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason)
        Keys.onLeftPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)
        Keys.onUpPressed: nextItemInFocusChain(false).forceActiveFocus(Qt.TabFocusReason)

        PlanTile {
            anchors.fill: parent
            anchors.margins: Math.max(1, Math.min(Theme.mm(0.7), parent.width * 0.04))
            label: spot.label
            condition: spot.condition
            feature: spot.feature
        }

        Rectangle {
            anchors.fill: parent
            anchors.margins: -Theme.focus / 2
            visible: spot.activeFocus
            color: "transparent"
            border.width: Theme.focus
            border.color: Theme.focusFrame
        }
    }

    Item {
        id: heading

        width: parent.width
        height: plan.pages || plan.levelName !== "" ? Math.max(Theme.touch, names.implicitHeight) : 0
        visible: height > 0

        BigButton {
            id: backPage
            objectName: "level_back"
            visible: plan.pages
            enabled: plan.canPageBack
            width: Theme.mm(Theme.desk ? 12 : 26)
            kind: "secondary"
            sign: "left"
            label: qsTr("Level before")
            Accessible.name: label
            showsWords: false
            onActed: plan.pagedBack()
        }

        Column {
            id: names

            anchors.left: plan.pages ? backPage.right : parent.left
            anchors.right: forthPage.left
            anchors.leftMargin: plan.pages ? Theme.gapWide : 0
            anchors.verticalCenter: parent.verticalCenter

            Words {
                objectName: "level_name"
                width: parent.width
                text: plan.levelName
                size: Theme.title
                strong: true
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }

            Words {
                width: parent.width
                visible: text !== ""
                text: plan.levelNote
                size: Theme.label
                color: Theme.inkQuiet
                wrapMode: Text.NoWrap
                elide: Text.ElideRight
            }
        }

        BigButton {
            id: forthPage
            objectName: "level_forth"
            anchors.right: parent.right
            visible: plan.pages
            enabled: plan.canPageForth
            width: plan.pages ? Theme.mm(Theme.desk ? 12 : 26) : 0
            kind: "secondary"
            sign: "right"
            label: qsTr("Next level")
            showsWords: false
            onActed: plan.pagedForth()
        }
    }

    Item {
        id: room

        anchors.top: heading.bottom
        anchors.topMargin: heading.visible ? Theme.gapWide : 0
        anchors.bottom: legend.top
        anchors.bottomMargin: plan.hasLegend ? Theme.gapWide : 0
        width: parent.width

        Rectangle {
            id: floor

            anchors.centerIn: parent
            width: plan.floorWidthMm * plan.scaling
            height: plan.floorHeightMm * plan.scaling
            color: Theme.floor
            radius: Theme.radius

            Repeater {
                model: plan.aisles

                Rectangle {
                    id: aisle

                    required property int x_mm
                    required property int y_mm
                    required property int width_mm
                    required property int height_mm
                    required property int heading
                    readonly property bool isUpright: height > width
                    readonly property real sideLength: Math.round(Math.min(Math.min(width, height) * 0.5, Theme.mm(Theme.desk ? 6 : 10)))
                    readonly property real alongLength: Math.max(width, height)

                    objectName: "aisle"
                    x: x_mm * plan.scaling
                    y: y_mm * plan.scaling
                    width: width_mm * plan.scaling
                    height: height_mm * plan.scaling
                    color: Theme.aisle

                    Repeater {
                        model: aisle.heading < 0 ? 0 : Math.max(1, Math.min(4, Math.floor(aisle.alongLength / (aisle.sideLength * 6))))

                        Sign {
                            required property int index
                            readonly property real along: aisle.alongLength * (index + 1) / (Math.max(1, Math.min(4, Math.floor(aisle.alongLength / (aisle.sideLength * 6)))) + 1)

                            objectName: "aisle_arrow"
                            x: (aisle.isUpright ? aisle.width / 2 : along) - width / 2
                            y: (aisle.isUpright ? along : aisle.height / 2) - height / 2
                            rotation: aisle.heading
                            name: "up"
                            colour: Theme.aisleSign
                            size: aisle.sideLength
                        }
                    }
                }
            }

            MouseArea {
                anchors.fill: parent
                anchors.margins: -Theme.touch / 4
                onClicked: mouse => plan.choose(mouse.x - Theme.touch / 4, mouse.y - Theme.touch / 4)
            }

            Repeater {
                id: tileItems
                model: plan.tiles
                delegate: PlanSpot {}
            }

            Rectangle {
                id: entrance

                objectName: "entrance"
                visible: plan.hasEntrance
                x: Math.max(-height / 2, Math.min(floor.width - width + height / 2, plan.entranceXMm * plan.scaling - width / 2))
                y: Math.max(-height / 2, Math.min(floor.height - height / 2, plan.entranceYMm * plan.scaling - height / 2))
                width: entranceWords.width + Theme.mm(Theme.desk ? 9 : 18)
                height: Theme.mm(Theme.desk ? 6 : 12)
                radius: Theme.radius
                color: Theme.band

                Sign {
                    x: Theme.mm(Theme.desk ? 1.5 : 3)
                    anchors.verticalCenter: parent.verticalCenter
                    name: "enter"
                    colour: Theme.accent
                    size: Theme.mm(Theme.desk ? 4 : 8)
                }

                Words {
                    id: entranceWords
                    anchors.right: parent.right
                    anchors.rightMargin: Theme.mm(Theme.desk ? 2 : 4)
                    anchors.verticalCenter: parent.verticalCenter
                    text: qsTr("You are here")
                    size: Theme.least
                    strong: true
                    color: Theme.bandInk
                    wrapMode: Text.NoWrap
                }
            }
        }

        Sign {
            anchors.right: floor.right
            anchors.top: floor.top
            anchors.margins: Theme.mm(2)
            visible: plan.northDegrees >= 0
            name: "north"
            rotation: plan.northDegrees
            colour: Theme.aisleSign
            size: Theme.mm(Theme.desk ? 5 : 9)
        }
    }

    PlanLegend {
        id: legend
        showsNotFitting: plan.hasNotFitting
        features: plan.features
        anchors.bottom: parent.bottom
        width: parent.width
        height: plan.hasLegend ? implicitHeight : 0
        visible: plan.hasLegend
    }

    Timer {
        id: guard
        interval: Theme.repeatGuardMs
    }
}
