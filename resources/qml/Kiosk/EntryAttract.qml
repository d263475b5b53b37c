// The first page: what is free, what it costs, when it is open; any touch starts (ux 13).
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Parts
import Theme

Item {
    id: page

    required property EntryScreen entry

    objectName: "page_attract"

    Rectangle {
        anchors.fill: parent
        color: Theme.ground
    }

    MouseArea {
        anchors.fill: parent
        onClicked: page.entry.start()
    }

    Rectangle {
        id: band

        width: parent.width
        height: Theme.mm(118)
        color: Theme.band

        Rectangle {
            id: square

            x: Theme.margin
            y: Theme.mm(14)
            width: Theme.mm(46)
            height: width
            radius: Theme.radius
            color: Theme.accent

            Sign {
                anchors.centerIn: parent
                name: "park"
                colour: Theme.accentInk
                size: Theme.mm(33)
            }
        }

        Words {
            objectName: "title"
            anchors.left: square.right
            anchors.leftMargin: Theme.margin
            anchors.right: parent.right
            anchors.rightMargin: Theme.margin
            anchors.verticalCenter: square.verticalCenter
            height: square.height
            text: page.entry.siteName
            size: Theme.figure
            strong: true
            color: Theme.bandInk
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.body
            maximumLineCount: 2
            lineHeight: 0.95
            Accessible.role: Accessible.Heading
        }

        Row {
            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.mm(10)
            spacing: Theme.gapWide

            Words {
                objectName: "idle_count"
                anchors.bottom: parent.bottom
                text: page.entry.find.idleCount
                size: Theme.cap(27)
                strong: true
                color: Theme.accent
                lineHeight: 0.8
            }

            Column {
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.mm(3)

                Words {
                    text: page.entry.find.idleCount === 1 ? qsTr("space free now") : qsTr("spaces free now")
                    size: Theme.title
                    strong: true
                    color: Theme.bandInk
                }

                Row {
                    spacing: Theme.gap

                    Sign {
                        anchors.verticalCenter: parent.verticalCenter
                        name: "clock"
                        colour: Theme.bandInkQuiet
                        size: Theme.body
                    }

                    Words {
                        objectName: "open_hours"
                        anchors.verticalCenter: parent.verticalCenter
                        text: page.entry.openHours === "" ? qsTr("Open day and night") : qsTr("Open %1").arg(page.entry.openHours)
                        color: Theme.bandInkQuiet
                    }
                }
            }
        }
    }

    Column {
        id: areas

        anchors.top: band.bottom
        anchors.topMargin: Theme.margin
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: Theme.gapWide

        readonly property real room: actions.y - y - Theme.margin
        readonly property real boardHeight: Math.min(Theme.mm(60), (room - (boards.count - 1) * spacing) / Math.max(1, boards.count))

        Repeater {
            id: boards
            model: page.entry.find.allAreas

            EntryBoard {
                required property int key

                objectName: "board_" + key
                width: areas.width
                height: areas.boardHeight
            }
        }
    }

    Column {
        id: actions

        anchors.left: parent.left
        anchors.right: parent.right
        anchors.bottom: footer.top
        anchors.margins: Theme.margin
        spacing: Theme.gapWide

        BigButton {
            objectName: "start"
            width: parent.width
            height: Theme.mm(48)
            size: Theme.figure
            forward: true
            label: qsTr("Touch to start")
            onActed: page.entry.start()
        }

        Row {
            width: parent.width
            spacing: Theme.gapWide

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                name: "ticket"
                size: Theme.mm(14)
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - Theme.mm(14) - Theme.gapWide
                text: qsTr("You have a ticket? Hold it to the reader: no touch needed.")
            }
        }
    }

    Rectangle {
        id: footer

        anchors.bottom: parent.bottom
        width: parent.width
        height: 2 * Theme.touch + 2 * Theme.mm(6) + Theme.gapWide
        color: Theme.sunk

        Rectangle {
            width: parent.width
            height: Theme.line
            color: Theme.rule
        }

        LanguageSwitch {
            id: languages
            x: Theme.margin
            y: Theme.mm(6)
            width: parent.width - 2 * x
            choices: page.entry.session.languages
            current: page.entry.session.language
            onChosen: code => page.entry.session.speak(code)
        }

        BigButton {
            objectName: "my_ticket"
            anchors.top: languages.bottom
            anchors.topMargin: Theme.gapWide
            anchors.left: languages.left
            anchors.right: helpButton.left
            anchors.rightMargin: Theme.gap
            height: Theme.touch
            kind: "secondary"
            sign: "ticket"
            size: Theme.label
            label: qsTr("My ticket: show, change or cancel it")
            onActed: page.entry.lookAtMine()
        }

        HelpButton {
            id: helpButton
            anchors.right: languages.right
            anchors.top: languages.bottom
            anchors.topMargin: Theme.gapWide
            width: Theme.mm(60)
            height: Theme.touch
            onActed: page.entry.help()
        }
    }
}
