// The road of one lane from above: loops, kiosk, lamp, arm, cars, and the next car to drag.
// An entry runs to the right, into the car park; an exit to the left, out of it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Item {
    id: road

    required property ToyLaneCard lane
    readonly property real pxPerRoadMm: width / (lane.roadUntilMm - lane.roadFromMm)
    readonly property real verge: Theme.mm(9)
    readonly property real surfaceHeight: height - 2 * verge
    // Where the nose of the car is that a hand drags.
    property real heldMm: 0
    readonly property real carHeight: px(1950)

    function px(mm: real): real {
        return mm * road.pxPerRoadMm;
    }

    // The left edge of what reaches from here to there along the lane.
    function reach(from_mm: real, until_mm: real): real {
        return road.lane.isExit ? road.width - road.px(until_mm - road.lane.roadFromMm) : road.px(from_mm - road.lane.roadFromMm);
    }

    clip: true

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.goodSoft
    }

    Rectangle {
        id: surface

        y: road.verge
        width: parent.width
        height: road.surfaceHeight
        color: Theme.floor

        Rectangle {
            width: parent.width
            height: Theme.edge
            color: Theme.card
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.edge
            color: Theme.card
        }
    }

    Words {
        x: Theme.mm(2)
        height: road.verge
        text: qsTr("Street")
        size: Theme.small
        color: Theme.goodSoftInk
        wrapMode: Text.NoWrap
    }

    Words {
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(2)
        height: road.verge
        text: qsTr("Car park")
        size: Theme.small
        color: Theme.goodSoftInk
        wrapMode: Text.NoWrap
    }

    ToyLoop {
        name: qsTr("Arming loop")
        isCovered: road.lane.isOnArming
        x: road.reach(road.lane.armingFromMm, road.lane.armingUntilMm)
        width: road.px(road.lane.armingUntilMm - road.lane.armingFromMm)
    }

    ToyLoop {
        name: qsTr("Loop under the arm")
        isCovered: road.lane.isUnderArm
        x: road.reach(road.lane.underFromMm, road.lane.underUntilMm)
        width: road.px(road.lane.underUntilMm - road.lane.underFromMm)
    }

    Rectangle {
        x: road.reach(road.lane.stopMm, road.lane.stopMm) - width / 2
        y: surface.y
        width: Theme.mm(1)
        height: surface.height
        color: Theme.card
    }

    // The kiosk, where the driver holds the ticket.
    Rectangle {
        x: road.reach(road.lane.stopMm, road.lane.stopMm) - width / 2
        y: Theme.mm(1)
        width: Theme.mm(13)
        height: road.verge - Theme.mm(2)
        radius: Theme.radius
        color: road.lane.said !== "" ? Theme.accent : Theme.band

        Sign {
            anchors.centerIn: parent
            name: road.lane.said !== "" ? "ticket" : "park"
            colour: road.lane.said !== "" ? Theme.accentInk : Theme.bandInk
            size: Theme.mm(5.5)
        }
    }

    Repeater {
        model: road.lane.cars

        ToyCar {
            required property real front_mm
            required property real length_mm

            facesLeft: road.lane.isExit
            x: road.reach(front_mm - length_mm, front_mm)
            width: road.px(length_mm)
            height: road.carHeight
            anchors.verticalCenter: surface.verticalCenter
        }
    }

    Touchable {
        id: next

        readonly property real restX: road.reach(road.lane.waitingFrontMm - road.lane.carMm, road.lane.waitingFrontMm)

        objectName: "next_" + road.lane.name
        label: qsTr("The next car: drag it onto the arming loop")
        visible: road.lane.hasWaiting
        x: restX
        y: surface.y + (surface.height - height) / 2
        width: road.px(road.lane.carMm)
        height: Math.max(Theme.touch, road.carHeight)
        onActed: road.lane.carComes()
    }

    ToyCar {
        id: hand

        visible: next.visible
        facesLeft: road.lane.isExit
        colour: drag.active ? Theme.primary : Theme.dim
        x: drag.active ? road.reach(road.heldMm - road.lane.carMm, road.heldMm) : next.restX
        y: next.y
        width: next.width
        height: next.height

        DragHandler {
            id: drag

            target: null
            onActiveTranslationChanged: if (active)
                road.heldMm = road.lane.waitingFrontMm + (road.lane.isExit ? -activeTranslation.x : activeTranslation.x) / road.pxPerRoadMm
            onActiveChanged: if (!active)
                road.lane.dropCar(road.heldMm)
        }
    }

    Row {
        visible: next.visible && !drag.active
        x: Math.max(Theme.mm(2), Math.min(road.width - width - Theme.mm(2), next.x + (next.width - width) / 2))
        y: road.height - road.verge
        height: road.verge
        layoutDirection: road.lane.isExit ? Qt.RightToLeft : Qt.LeftToRight
        spacing: Theme.mm(1)

        Words {
            height: road.verge
            text: qsTr("Drag this car")
            size: Theme.small
            strong: true
            color: Theme.goodSoftInk
            wrapMode: Text.NoWrap
        }

        Sign {
            anchors.verticalCenter: parent.verticalCenter
            name: road.lane.isExit ? "left" : "right"
            colour: Theme.goodSoftInk
            size: Theme.small
        }
    }

    // The barrier: a post on the verge, its arm, which looks shorter from above the more it is up.
    Rectangle {
        id: arm

        objectName: "arm_drawn_" + road.lane.name

        x: road.reach(road.lane.armMm, road.lane.armMm) - width / 2
        y: surface.y - Theme.mm(2)
        width: Theme.mm(2.6)
        height: Math.max(Theme.mm(6), (surface.height + Theme.mm(2)) * Math.cos(road.lane.armFraction * Math.PI / 2))
        radius: width / 2
        clip: true
        color: Theme.card
        border.width: Theme.line
        border.color: Theme.bad

        Repeater {
            model: 5

            Rectangle {
                required property int index

                y: (index + 0.5) * Theme.mm(8)
                width: arm.width
                height: Theme.mm(4)
                color: Theme.bad
            }
        }
    }

    Rectangle {
        x: arm.x + (arm.width - width) / 2
        y: Theme.mm(1)
        width: Theme.mm(7)
        height: road.verge - Theme.mm(1)
        radius: Theme.radius
        color: Theme.ink
    }

    // The lamp beside the post: which of its two lights is lit stands in words above the road.
    Rectangle {
        x: arm.x + (road.lane.isExit ? -width - Theme.mm(4) : arm.width + Theme.mm(4))
        y: Theme.mm(1.5)
        width: Theme.mm(13)
        height: road.verge - Theme.mm(3)
        radius: height / 2
        color: Theme.card
        border.width: Theme.line
        border.color: Theme.control

        ToyLight {
            x: Theme.mm(1)
            isLit: road.lane.lamp === "red"
            colour: Theme.bad
        }

        ToyLight {
            x: parent.width - width - Theme.mm(1)
            isLit: road.lane.lamp === "green"
            colour: Theme.good
        }
    }

    component ToyLight: Rectangle {
        required property bool isLit
        required property color colour

        anchors.verticalCenter: parent.verticalCenter
        width: Theme.mm(4)
        height: width
        radius: width / 2
        color: isLit ? colour : Theme.neutralSoft
    }

    component ToyLoop: Item {
        id: loop

        required property string name
        required property bool isCovered

        y: road.verge
        height: road.surfaceHeight + road.verge
        Accessible.role: Accessible.StaticText
        Accessible.name: caption.text

        Rectangle {
            y: Theme.mm(2.5)
            width: parent.width
            height: road.surfaceHeight - 2 * y
            radius: Theme.mm(3)
            color: loop.isCovered ? Theme.accent : "transparent"
            border.width: Theme.edge
            border.color: Theme.control
        }

        Words {
            id: caption
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            width: road.px(3300)
            height: road.verge
            text: (loop.isCovered ? qsTr("%1: car") : qsTr("%1: clear")).arg(loop.name)
            size: Theme.small
            strong: loop.isCovered
            color: Theme.goodSoftInk
            horizontalAlignment: Text.AlignHCenter
            lineHeight: 0.9
            Accessible.ignored: true
        }
    }
}
