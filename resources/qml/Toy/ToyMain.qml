// The toy window: what to do first on the left, the simulated lanes from above on the right.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Window
import Theme
import Parts

Window {
    id: root

    required property ToyScreen toy

    objectName: "toy"
    width: 1280
    height: 860
    visible: true
    title: qsTr("Toy lanes")
    color: Theme.ground

    Rectangle {
        id: band

        width: parent.width
        height: Theme.header
        color: Theme.band

        Rectangle {
            id: square

            x: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            width: Theme.mm(10)
            height: width
            radius: Theme.radius
            color: Theme.accent

            Sign {
                anchors.centerIn: parent
                name: "car"
                colour: Theme.accentInk
                size: Theme.mm(7)
            }
        }

        Words {
            id: heading
            anchors.left: square.right
            anchors.leftMargin: Theme.mm(5)
            height: parent.height
            text: qsTr("Toy lanes")
            size: Theme.title
            strong: true
            color: Theme.bandInk
            wrapMode: Text.NoWrap
            Accessible.role: Accessible.Heading
        }

        Words {
            anchors.left: heading.right
            anchors.leftMargin: Theme.mm(6)
            anchors.right: clock.left
            anchors.rightMargin: Theme.gapWide
            height: parent.height
            text: qsTr("Cars, loops, barriers, scanners and printers are simulated. All else is real.")
            size: Theme.label
            color: Theme.bandInkQuiet
        }

        Words {
            id: clock
            objectName: "time"
            anchors.right: language.left
            anchors.rightMargin: Theme.gapWide
            height: parent.height
            text: root.toy.time
            size: Theme.title
            strong: true
            color: Theme.bandInk
            wrapMode: Text.NoWrap
        }

        LanguageSwitch {
            id: language
            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            height: Theme.touch
            width: Theme.mm(34)
            compact: true
            choices: [
                {
                    code: "en",
                    name: "English"
                },
                {
                    code: "zh_CN",
                    name: "简体中文"
                }
            ]
            current: root.toy.language
            onChosen: code => root.toy.chooseLanguage(code)
        }
    }

    Item {
        id: guide

        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        anchors.left: parent.left
        anchors.margins: Theme.margin
        width: Theme.mm(96)

        Column {
            width: parent.width
            spacing: Theme.gapWide

            Words {
                width: parent.width
                text: qsTr("What to do first")
                size: Theme.title
                strong: true
                Accessible.role: Accessible.Heading
            }

            ToyStep {
                width: parent.width
                number: "1"
                title: qsTr("At the desk")
                text: root.toy.oneTimePin !== "" ? qsTr("Sign in as %1 with the one-time PIN and choose your own. Count the till (Ctrl+T). Then open a wallet with a PIN and put cash into it.").arg(root.toy.attendant) : qsTr("Sign in as %1. Count the till (Ctrl+T). Then open a wallet with a PIN and put cash into it.").arg(root.toy.attendant)
                figure: root.toy.oneTimePin
                figureText: qsTr("One-time PIN of %1").arg(root.toy.attendant)
            }

            ToyStep {
                width: parent.width
                number: "2"
                title: qsTr("At the entry screen")
                text: qsTr("Choose a space, type any plate and pay from the wallet. When it asks for the pass, scan it here.")
            }

            ToyStep {
                width: parent.width
                number: "3"
                title: qsTr("Here")
                text: qsTr("Drag a car onto the arming loop and scan the last ticket: the arm goes up, the car drives in. One hour later, do the same at the exit.")
            }
        }

        Column {
            anchors.bottom: parent.bottom
            width: parent.width
            spacing: Theme.gapWide

            Column {
                width: parent.width
                spacing: Theme.mm(2)

                Words {
                    width: parent.width
                    text: qsTr("Then try")
                    strong: true
                    Accessible.role: Accessible.Heading
                }

                Words {
                    width: parent.width
                    text: qsTr("Unplug the board while the arm goes up, or let the car back out: nothing is charged twice, and the same ticket opens again.")
                    size: Theme.label
                    lineHeight: 1.1
                }
            }

            BigButton {
                objectName: "skip_hour"
                width: parent.width
                kind: "secondary"
                height: Theme.action
                sign: "clock"
                label: qsTr("One hour later")
                onActed: root.toy.skipHour()
            }
        }
    }

    ListView {
        id: lanes

        readonly property int shown: Math.max(1, Math.min(2, count))

        anchors.top: band.bottom
        anchors.bottom: parent.bottom
        anchors.left: guide.right
        anchors.right: parent.right
        anchors.margins: Theme.margin
        spacing: Theme.gapWide
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: count > shown
        model: root.toy.lanes

        delegate: ToyLaneView {
            required property ToyLaneCard modelData

            lane: modelData
            hasTicket: root.toy.hasTicket
            hasPass: root.toy.hasPass
            width: lanes.width
            height: (lanes.height - (lanes.shown - 1) * lanes.spacing) / 2
        }
    }
}
