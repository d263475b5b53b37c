// The ticket did not open the barrier: what happened, about money, what to do now (ux 32).
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    objectName: "page_note"
    title: page.exit.isBad ? qsTr("The barrier stays closed") : qsTr("One moment, please")
    sign: page.exit.isBad ? "stop" : "notice"
    canCancel: true
    cancelLabel: qsTr("Close")
    split: 0.5

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: page.exit.isBad ? Theme.badSoft : Theme.neutralSoft

        Sign {
            id: picture
            x: Theme.gapWide
            y: Theme.margin
            name: page.exit.isBad ? "warning" : "notice"
            colour: page.exit.isBad ? Theme.badSoftInk : Theme.neutralSoftInk
            size: Theme.mm(38)
        }

        Words {
            objectName: "happened"
            anchors.top: picture.bottom
            anchors.topMargin: Theme.gapWide
            anchors.bottom: moneyRow.top
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.margins: Theme.gapWide
            text: page.exit.happened
            size: Theme.cap(13)
            strong: true
            verticalAlignment: Text.AlignTop
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.body
            color: page.exit.isBad ? Theme.badSoftInk : Theme.neutralSoftInk
            Accessible.role: Accessible.AlertMessage
        }

        Words {
            id: number
            objectName: "number"
            anchors.right: parent.right
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gapWide
            text: page.exit.number
            size: Theme.small
            color: page.exit.isBad ? Theme.badSoftInk : Theme.neutralSoftInk
        }

        Row {
            id: moneyRow

            anchors.left: parent.left
            anchors.right: number.left
            anchors.bottom: parent.bottom
            anchors.margins: Theme.gapWide
            spacing: Theme.gap

            Sign {
                name: "money"
                colour: page.exit.isBad ? Theme.badSoftInk : Theme.neutralSoftInk
                size: Math.round(Theme.title * 1.2)
            }

            Words {
                objectName: "money"
                width: parent.width - Math.round(Theme.title * 1.2) - Theme.gap
                text: page.exit.money
                size: Theme.title
                color: page.exit.isBad ? Theme.badSoftInk : Theme.neutralSoftInk
            }
        }
    }

    controls: [
        Column {
            id: now
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
                text: page.exit.advice
                size: Theme.cap(13)
                strong: true
            }
        },
        ExitHint {
            objectName: "hint"
            visible: page.exit.wantsTicket
            anchors.top: now.bottom
            anchors.topMargin: Theme.gapWide
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.gapWide
            width: parent.width
        }
    ]
}
