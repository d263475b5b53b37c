// The desk has been rung: its telephone and the number of this kiosk (ux 36); for both screens.
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

PageFrame {
    id: page

    required property string phone
    required property string kioskNumber
    // The barrier's sign when the driver may drive, empty otherwise.
    property string laneSign: ""

    title: qsTr("Help is on its way")
    sign: "help"
    canCancel: false
    split: 0.34

    Column {
        width: parent.width
        topPadding: Theme.gapWide
        spacing: Theme.gapWide

        Words {
            objectName: "rung"
            width: parent.width
            text: qsTr("We have rung the desk")
            size: Theme.cap(13)
            strong: true
            Accessible.role: Accessible.AlertMessage
        }

        Words {
            width: parent.width
            text: qsTr("An attendant looks at this lane now. What you have entered stays.")
            size: Theme.title
        }
    }

    controls: [
        Column {
            id: facts

            anchors.fill: parent
            anchors.bottomMargin: Theme.gapWide
            spacing: Theme.gapWide

            Repeater {
                model: [
                    {
                        name: "help_phone",
                        sign: "phone",
                        word: qsTr("Telephone"),
                        value: page.phone
                    },
                    {
                        name: "help_kiosk",
                        sign: "notice",
                        word: qsTr("Say this number"),
                        value: page.kioskNumber
                    }
                ]

                Rectangle {
                    id: fact

                    required property var modelData

                    objectName: fact.modelData.name
                    width: parent.width
                    height: (facts.height - facts.spacing) / 2
                    radius: Theme.radius
                    color: Theme.card
                    Accessible.role: Accessible.StaticText
                    Accessible.name: fact.modelData.word + " " + fact.modelData.value

                    Sign {
                        id: picture
                        x: Theme.gapWide
                        anchors.verticalCenter: parent.verticalCenter
                        name: fact.modelData.sign
                        size: Theme.mm(34)
                        colour: Theme.primary
                    }

                    Column {
                        anchors.left: picture.right
                        anchors.leftMargin: Theme.margin
                        anchors.right: parent.right
                        anchors.rightMargin: Theme.gapWide
                        anchors.verticalCenter: parent.verticalCenter

                        Words {
                            width: parent.width
                            text: fact.modelData.word
                            color: Theme.inkQuiet
                            Accessible.ignored: true
                        }

                        Words {
                            width: parent.width
                            text: fact.modelData.value
                            size: Theme.figure
                            strong: true
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Theme.title
                            wrapMode: Text.NoWrap
                            Accessible.ignored: true
                        }
                    }
                }
            }
        }
    ]

    banner: [
        Banner {
            width: page.width
            visible: page.laneSign !== ""
            height: visible ? implicitHeight : 0
            kind: page.laneSign === "fault" || page.laneSign === "stop" ? "outOfOrder" : "good"
            text: page.laneSign === "drive" ? qsTr("The barrier is open: you may drive.") : page.laneSign === "fault" || page.laneSign === "stop" ? qsTr("The barrier does not open now.") : qsTr("Your stay is paid.")
        }
    ]
}
