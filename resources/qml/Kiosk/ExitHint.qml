// A ticket or a pass that moves to the reader and is read: twice, then it rests there (ux 9, 43).
import QtQuick
import Parts
import Theme

Rectangle {
    id: hint

    // A car that arrives plays the picture again.
    property bool isCarThere: false
    // ticket, or wallet for a pass
    property string thing: "ticket"
    property real way: 1
    readonly property bool isRead: way > 0.98

    function play() {
        motion.restart();
    }

    radius: Theme.radius
    color: Theme.band
    Accessible.role: Accessible.Graphic
    Accessible.name: thing === "ticket" ? qsTr("Hold the square code of your ticket in front of the reader") : qsTr("Hold your pass in front of the reader")
    onIsCarThereChanged: isCarThere ? play() : undefined
    Component.onCompleted: play()

    SequentialAnimation {
        id: motion

        loops: 2

        PropertyAction {
            target: hint
            property: "way"
            value: 0
        }
        PauseAnimation {
            duration: 400
        }
        NumberAnimation {
            target: hint
            property: "way"
            to: 1
            duration: 1100
            easing.type: Easing.InOutQuad
        }
        PauseAnimation {
            duration: 800
        }
    }

    Item {
        id: scene

        readonly property real unit: Math.min(hint.width / 100, hint.height / 66)

        anchors.centerIn: parent
        width: 100 * unit
        height: 66 * unit

        // The reader on its post.
        Rectangle {
            x: scene.unit * 72
            y: scene.unit * 40
            width: scene.unit * 7
            height: scene.unit * 26
            color: Theme.bandRule
        }

        Rectangle {
            id: reader
            x: scene.unit * 62
            y: scene.unit * 8
            width: scene.unit * 27
            height: scene.unit * 36
            radius: scene.unit * 2
            color: "#FFFFFF"

            Rectangle {
                anchors.fill: parent
                anchors.margins: scene.unit * 2.5
                radius: scene.unit
                color: Theme.accentInk
                border.width: scene.unit * 1.2
                border.color: hint.isRead ? Theme.accent : Theme.control

                Rectangle {
                    anchors.centerIn: parent
                    width: parent.width * 0.66
                    height: scene.unit
                    color: "#FF5A4D"
                    visible: !hint.isRead
                }

                Sign {
                    anchors.centerIn: parent
                    visible: hint.isRead
                    name: "tick"
                    colour: Theme.accent
                    size: Math.max(1, Math.round(scene.unit * 15))
                }
            }
        }

        // Where the ticket goes.
        Sign {
            x: scene.unit * 47
            y: scene.unit * 19
            name: "right"
            colour: Theme.accent
            size: Math.max(1, Math.round(scene.unit * 12))
            visible: hint.way < 0.5
        }

        Rectangle {
            id: ticket
            x: scene.unit * (8 + 34 * hint.way)
            y: scene.unit * 10
            width: scene.unit * 26
            height: scene.unit * 36
            radius: scene.unit * 1.5
            color: "#FFFFFF"
            border.width: Math.max(1, scene.unit * 0.5)
            border.color: Theme.accentInk

            Sign {
                anchors.horizontalCenter: parent.horizontalCenter
                y: scene.unit * 5
                name: hint.thing
                colour: Theme.accentInk
                size: Math.max(1, Math.round(scene.unit * 18))
            }

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: scene.unit * 27
                width: scene.unit * 16
                height: scene.unit * 1.5
                color: Theme.control
            }

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                y: scene.unit * 30.5
                width: scene.unit * 10
                height: scene.unit * 1.5
                color: Theme.control
            }
        }
    }
}
