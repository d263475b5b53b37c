// The frame of every driver's screen: band with sign and title, steps, room to show, room to act,
// and below, always in the same places, Back, Cancel, Language and Help (ux 10, 20).
import QtQuick
import Theme

Item {
    id: page

    required property string title
    property string sign: "park"
    property int step: 0
    property bool canGoBack: true
    property bool canCancel: true
    property string cancelLabel: qsTr("Cancel")
    property string cancelSign: "cross"
    property var languages: []
    property string language: "en"
    // Share of the height between band and footer that shows; the rest acts.
    property real split: 0.5
    default property alias body: bodyRoom.data
    property alias controls: controlRoom.data
    property alias banner: bannerRoom.data

    signal back
    signal cancelled
    signal helpWanted
    signal languageChosen(string code)

    Rectangle {
        anchors.fill: parent
        color: Theme.ground
    }

    Rectangle {
        id: band

        width: parent.width
        height: Theme.header + (page.step > 0 ? Theme.mm(13) : 0)
        color: Theme.band

        Rectangle {
            id: square

            x: Theme.margin
            y: (Theme.header - height) / 2
            width: Theme.mm(24)
            height: Theme.mm(24)
            radius: Theme.radius
            color: Theme.accent

            Sign {
                anchors.centerIn: parent
                name: page.sign
                colour: Theme.accentInk
                size: Theme.mm(17)
            }
        }

        Words {
            objectName: "title"
            anchors.left: square.right
            anchors.right: parent.right
            anchors.leftMargin: Theme.mm(7)
            anchors.rightMargin: Theme.margin
            height: Theme.header
            text: page.title
            size: Theme.title
            strong: true
            color: Theme.bandInk
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.least
            maximumLineCount: 2
            lineHeight: 0.95
            Accessible.role: Accessible.Heading
        }

        StepBar {
            objectName: "steps"
            visible: page.step > 0
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            anchors.bottomMargin: Theme.mm(2.5)
            height: Theme.mm(12)
            step: page.step
        }
    }

    Item {
        id: bannerRoom
        anchors.top: band.bottom
        width: parent.width
        height: childrenRect.height
    }

    Item {
        id: bodyRoom

        readonly property real room: footer.y - band.height - bannerRoom.height

        anchors.top: bannerRoom.bottom
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
        height: Math.round(room * page.split) - Theme.margin
    }

    Item {
        id: controlRoom
        anchors.top: bodyRoom.bottom
        anchors.bottom: footer.top
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: Theme.margin
    }

    Rectangle {
        id: footer

        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.touch + 2 * Theme.mm(6)
        color: Theme.sunk

        Rectangle {
            width: parent.width
            height: Theme.line
            color: Theme.rule
        }

        Row {
            id: places

            readonly property real place: (width - 3 * spacing) / 4

            anchors.fill: parent
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            anchors.topMargin: Theme.mm(6)
            anchors.bottomMargin: Theme.mm(6)
            spacing: Theme.gap

            Item {
                width: places.place
                height: places.height

                BigButton {
                    objectName: "back"
                    anchors.fill: parent
                    visible: page.canGoBack
                    kind: "secondary"
                    sign: "back"
                    size: Theme.label
                    label: qsTr("Back")
                    onActed: page.back()
                }
            }

            Item {
                width: places.place
                height: places.height

                BigButton {
                    objectName: "cancel"
                    anchors.fill: parent
                    visible: page.canCancel
                    kind: "secondary"
                    sign: page.cancelSign
                    size: Theme.label
                    label: page.cancelLabel
                    onActed: page.cancelled()
                }
            }

            LanguageSwitch {
                width: places.place
                height: places.height
                visible: page.languages.length > 1
                compact: true
                choices: page.languages
                current: page.language
                onChosen: code => page.languageChosen(code)
            }

            HelpButton {
                width: places.place
                height: places.height
                onActed: page.helpWanted()
            }
        }
    }
}
