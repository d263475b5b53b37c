// Something went otherwise: what happened, about money, what to do now (ux 32).
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    readonly property color on: page.entry.isBad ? Theme.badSoftInk : Theme.neutralSoftInk

    objectName: "page_note"
    title: page.entry.isBad ? qsTr("The barrier stays closed") : qsTr("One moment, please")
    sign: page.entry.isBad ? "stop" : "notice"
    canCancel: false
    split: 0.5

    Rectangle {
        anchors.fill: parent
        anchors.topMargin: Theme.gap
        radius: Theme.radius
        color: page.entry.isBad ? Theme.badSoft : Theme.neutralSoft

        Sign {
            id: picture
            x: Theme.gapWide
            y: Theme.margin
            name: page.entry.isBad ? "warning" : "notice"
            colour: page.on
            size: Theme.mm(38)
        }

        Words {
            objectName: "happened"
            anchors.top: picture.bottom
            anchors.topMargin: Theme.gapWide
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.gapWide
            text: page.entry.happened
            size: Theme.cap(12)
            strong: true
            color: page.on
            lineHeight: 0.95
            Accessible.role: Accessible.AlertMessage
        }

        Words {
            id: number
            objectName: "number"
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gapWide
            text: page.entry.number
            size: Theme.small
            color: page.on
        }

        Row {
            anchors.left: parent.left
            anchors.right: number.left
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gapWide
            spacing: Theme.gap

            Sign {
                anchors.verticalCenter: parent.verticalCenter
                name: "money"
                colour: page.on
                size: Math.round(Theme.body * 1.3)
            }

            Words {
                objectName: "money"
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - Math.round(Theme.body * 1.3) - Theme.gap
                text: page.entry.money
                color: page.on
            }
        }
    }

    controls: [
        Column {
            width: parent.width
            topPadding: Theme.gapWide
            spacing: Theme.gap

            Words {
                width: parent.width
                text: qsTr("What to do now")
                color: Theme.inkQuiet
            }

            Words {
                objectName: "advice"
                width: parent.width
                text: page.entry.advice
                size: Theme.title
                strong: true
            }
        },
        BigButton {
            objectName: "note_offer"
            anchors.bottom: dismiss.top
            anchors.bottomMargin: Theme.gapWide
            width: parent.width
            height: Theme.action
            visible: page.entry.noteOffer !== ""
            size: Theme.title
            sign: "ticket"
            forward: true
            label: page.entry.noteOffer === "mine" ? qsTr("My ticket: show, change or cancel it") : qsTr("Show my ticket")
            onActed: page.entry.followNote()
        },
        BigButton {
            id: dismiss
            objectName: "dismiss"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            size: Theme.title
            kind: page.entry.noteOffer === "" ? "primary" : "secondary"
            height: Theme.action
            sign: page.entry.noteOffer === "" ? "tick" : "back"
            label: page.entry.noteOffer === "" ? qsTr("OK") : qsTr("No, go back")
            onActed: page.entry.dismiss()
        }
    ]
}
