// What the barrier does, as the sign over a lane: word, picture of the arm and colour (ux 35).
// Motion ends within five seconds (ux 9).
import QtQuick
import Theme

Rectangle {
    id: board

    // wait, opening, drive, closing, stop or fault
    required property string condition
    property string detail: ""
    readonly property bool isDrive: condition === "drive"
    readonly property bool isFault: condition === "fault" || condition === "stop"
    readonly property bool isUp: isDrive || condition === "opening"
    readonly property color on: isDrive ? Theme.goodInk : isFault ? Theme.badInk : Theme.bandInk
    readonly property string word: {
        switch (condition) {
        case "opening":
            return qsTr("Opening");
        case "drive":
            return qsTr("Drive");
        case "closing":
            return qsTr("Closing");
        case "fault":
            return qsTr("Help is coming");
        case "stop":
            return qsTr("Stop");
        default:
            return qsTr("Please wait");
        }
    }

    implicitWidth: Theme.mm(Theme.desk ? 90 : 248)
    implicitHeight: Theme.mm(Theme.desk ? 60 : 190)
    radius: Theme.radius
    color: isDrive ? Theme.good : isFault ? Theme.bad : Theme.band
    Accessible.role: Accessible.AlertMessage
    Accessible.name: word + ". " + detail

    Item {
        id: scene

        readonly property real unit: Math.min(width / 100, height / 84)

        anchors.top: parent.top
        anchors.topMargin: Theme.margin
        anchors.bottom: texts.top
        anchors.left: parent.left
        anchors.right: parent.right
        visible: !board.isFault

        Rectangle {
            id: road
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            width: scene.unit * 84
            height: scene.unit * 1.2
            color: board.on
        }

        Rectangle {
            id: post
            anchors.bottom: road.top
            x: road.x + scene.unit * 6
            width: scene.unit * 9
            height: scene.unit * 36
            radius: scene.unit
            color: board.on
        }

        Rectangle {
            id: arm

            x: post.x + post.width / 2
            y: post.y + scene.unit * 3.2
            width: scene.unit * 62
            height: scene.unit * 4.6
            radius: height / 2
            antialiasing: true
            color: board.isDrive ? board.on : Theme.accent
            border.width: scene.unit * 0.6
            border.color: board.color
            transformOrigin: Item.Left
            rotation: board.isUp ? -46 : 0

            Behavior on rotation {
                NumberAnimation {
                    duration: 900
                    easing.type: Easing.InOutQuad
                }
            }
        }

        Sign {
            id: arrow
            visible: board.isDrive
            x: road.x + scene.unit * 44
            anchors.bottom: road.top
            anchors.bottomMargin: scene.unit * (4 + lift)
            name: "up"
            colour: board.on
            size: Math.max(1, Math.round(scene.unit * 34))
            property real lift: 0

            SequentialAnimation on lift {
                running: board.isDrive
                loops: 4

                NumberAnimation {
                    to: 5
                    duration: 600
                    easing.type: Easing.InOutQuad
                }
                NumberAnimation {
                    to: 0
                    duration: 600
                    easing.type: Easing.InOutQuad
                }
            }
        }

        Sign {
            visible: !board.isDrive
            x: road.x + scene.unit * 40
            anchors.bottom: road.top
            anchors.bottomMargin: scene.unit * 2
            name: "car"
            colour: board.on
            size: Math.max(1, Math.round(scene.unit * 30))
        }
    }

    Sign {
        anchors.centerIn: scene
        visible: board.isFault
        name: board.condition === "stop" ? "stop" : "warning"
        colour: board.on
        size: Math.max(1, Math.round(Math.min(scene.height * 0.9, scene.width * 0.5)))
    }

    Column {
        id: texts

        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.margin
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin

        Words {
            objectName: "barrier_word"
            width: parent.width
            text: board.word
            size: Theme.sign
            strong: true
            color: board.on
            horizontalAlignment: Text.AlignHCenter
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.least
            wrapMode: Text.NoWrap
            Accessible.ignored: true
        }

        Words {
            width: parent.width
            visible: text !== ""
            text: board.detail
            size: Theme.title
            color: board.on
            horizontalAlignment: Text.AlignHCenter
            maximumLineCount: 3
            Accessible.ignored: true
        }
    }
}
