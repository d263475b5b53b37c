// One simulated lane: its road from above, and everything that a hand can do in it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Rectangle {
    id: view

    required property ToyLaneCard lane
    required property bool hasTicket
    required property bool hasPass
    readonly property string said: {
        switch (lane.said) {
        case "ticket":
            return qsTr("Last ticket scanned");
        case "pass":
            return qsTr("Pass scanned");
        case "forged":
            return qsTr("Forged ticket scanned");
        default:
            return "";
        }
    }

    objectName: "lane_" + lane.name
    radius: Theme.radius
    color: Theme.card
    border.width: Theme.line
    border.color: Theme.rule

    Row {
        id: heading

        x: Theme.mm(4)
        y: Theme.mm(3)
        height: Theme.mm(8)
        spacing: Theme.gap

        Sign {
            anchors.verticalCenter: parent.verticalCenter
            name: view.lane.isExit ? "leave" : "enter"
            size: Theme.title
        }

        Words {
            height: parent.height
            text: view.lane.isExit ? qsTr("Exit lane") : qsTr("Entry lane")
            size: Theme.title
            strong: true
            wrapMode: Text.NoWrap
            Accessible.role: Accessible.Heading
        }

        Words {
            height: parent.height
            visible: view.said === "" && view.lane.isPlugged
            text: view.lane.name
            size: Theme.label
            color: Theme.inkQuiet
            wrapMode: Text.NoWrap
        }
    }

    Row {
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(4)
        y: Theme.mm(3)
        height: Theme.mm(8)
        spacing: Theme.gapWide

        StatusPill {
            objectName: "said_" + view.lane.name
            anchors.verticalCenter: parent.verticalCenter
            visible: view.said !== ""
            kind: "neutral"
            sign: "ticket"
            text: view.said
        }

        StatusPill {
            objectName: "plug_state_" + view.lane.name
            anchors.verticalCenter: parent.verticalCenter
            visible: !view.lane.isPlugged
            kind: "bad"
            text: qsTr("Board unplugged")
        }

        StatusPill {
            objectName: "lamp_" + view.lane.name
            anchors.verticalCenter: parent.verticalCenter
            kind: view.lane.lamp === "green" ? "good" : view.lane.lamp === "red" ? "bad" : "neutral"
            sign: view.lane.lamp === "green" ? "tick" : view.lane.lamp === "red" ? "stop" : ""
            text: view.lane.lamp === "green" ? qsTr("Green") : view.lane.lamp === "red" ? qsTr("Red") : qsTr("Lamp off")
        }

        StatusPill {
            objectName: "arm_" + view.lane.name
            anchors.verticalCenter: parent.verticalCenter
            kind: view.lane.arm === "up" ? "good" : view.lane.arm === "moving" ? "attention" : "neutral"
            sign: view.lane.arm === "up" ? "barrier_up" : view.lane.arm === "moving" ? "wait" : "barrier"
            text: view.lane.arm === "up" ? qsTr("Arm up") : view.lane.arm === "moving" ? qsTr("Arm moving") : qsTr("Arm down")
        }
    }

    ToyRoad {
        anchors.top: heading.bottom
        anchors.topMargin: Theme.mm(2)
        anchors.bottom: verbs.top
        anchors.bottomMargin: Theme.mm(3)
        x: Theme.mm(4)
        width: parent.width - 2 * x
        lane: view.lane
    }

    Grid {
        id: verbs

        readonly property int eachWidth: Math.floor((width - 3 * Theme.gap) / 4)

        anchors.bottom: breaking.top
        anchors.bottomMargin: Theme.gap
        x: Theme.mm(4)
        width: parent.width - 2 * x
        columns: 4
        spacing: Theme.gap

        ToyVerb {
            objectName: "comes_" + view.lane.name
            width: verbs.eachWidth
            sign: "car"
            label: qsTr("A car comes")
            onActed: view.lane.carComes()
        }

        ToyVerb {
            objectName: "drives_" + view.lane.name
            width: verbs.eachWidth
            sign: view.lane.isExit ? "left" : "right"
            enabled: view.lane.hasCar
            label: qsTr("It drives on")
            onActed: view.lane.driveOn()
        }

        ToyVerb {
            objectName: "backs_" + view.lane.name
            width: verbs.eachWidth
            sign: view.lane.isExit ? "right" : "left"
            enabled: view.lane.hasCar
            label: qsTr("It backs out")
            onActed: view.lane.backOut()
        }

        ToyVerb {
            objectName: "auto_" + view.lane.name
            width: verbs.eachWidth
            sign: view.lane.drivesByItself ? "tick" : "cross"
            label: view.lane.drivesByItself ? qsTr("Drives on by itself") : qsTr("Waits for you")
            description: qsTr("What a car does when the arm is up")
            onActed: view.lane.switchAutoDrive()
        }

        ToyVerb {
            objectName: "ticket_" + view.lane.name
            width: verbs.eachWidth
            sign: "ticket"
            enabled: view.hasTicket
            label: qsTr("Scan the last ticket")
            onActed: view.lane.scanTicket()
        }

        ToyVerb {
            objectName: "pass_" + view.lane.name
            width: verbs.eachWidth
            sign: "wallet"
            enabled: view.hasPass
            label: qsTr("Scan the wallet's pass")
            onActed: view.lane.scanPass()
        }

        ToyVerb {
            objectName: "forged_" + view.lane.name
            width: verbs.eachWidth
            sign: "warning"
            label: qsTr("Scan a forged ticket")
            onActed: view.lane.scanForged()
        }

        ToyVerb {
            objectName: "plug_" + view.lane.name
            width: verbs.eachWidth
            sign: view.lane.isPlugged ? "offline" : "tick"
            label: view.lane.isPlugged ? qsTr("Unplug the board") : qsTr("Plug it in again")
            onActed: view.lane.switchPlug()
        }
    }

    // What goes wrong in a lane, and the same touch again to mend it.
    Row {
        id: breaking

        readonly property int eachWidth: Math.floor((width - 4 * Theme.gap) / 5)

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(4)
        x: Theme.mm(4)
        width: parent.width - 2 * x
        spacing: Theme.gap

        ToyVerb {
            objectName: "remote_" + view.lane.name
            width: breaking.eachWidth
            sign: "barrier_up"
            label: qsTr("Guard's remote")
            onActed: view.lane.guardOpens()
        }

        ToyVerb {
            objectName: "fire_" + view.lane.name
            width: breaking.eachWidth
            sign: view.lane.isFire ? "tick" : "warning"
            label: view.lane.isFire ? qsTr("End the fire") : qsTr("Fire alarm")
            onActed: view.lane.switchFire()
        }

        ToyVerb {
            objectName: "jam_" + view.lane.name
            width: breaking.eachWidth
            sign: view.lane.isJammed ? "tick" : "lock"
            label: view.lane.isJammed ? qsTr("Free the arm") : qsTr("Jam the arm")
            onActed: view.lane.switchJam()
        }

        ToyVerb {
            objectName: "mains_" + view.lane.name
            width: breaking.eachWidth
            sign: view.lane.hasMains ? "charger" : "tick"
            label: view.lane.hasMains ? qsTr("Cut its mains") : qsTr("Mains back")
            onActed: view.lane.switchMains()
        }

        ToyVerb {
            objectName: "loop_" + view.lane.name
            width: breaking.eachWidth
            sign: view.lane.isLoopStuck ? "tick" : "stop"
            label: view.lane.isLoopStuck ? qsTr("Mend the loop") : qsTr("Break the loop")
            description: qsTr("Whether the loop under the arm sees a car for ever")
            onActed: view.lane.switchLoop()
        }
    }
}
