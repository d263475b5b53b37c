// A shared car changes hands: who drives next proves a pass, and pays from now on.
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_hand"
    title: qsTr("Hand the car over")
    sign: "wallet"
    cancelLabel: page.mine.pay.isUnderway ? qsTr("Leave") : qsTr("Cancel")
    cancelSign: "cross"
    split: 0.4

    Column {
        width: parent.width
        topPadding: Theme.gapWide
        spacing: Theme.gap

        Words {
            objectName: "hand_what"
            width: parent.width
            text: qsTr("Space %1, %2").arg(page.mine.ticket.space).arg(page.mine.ticket.window)
            size: Theme.title
            strong: true
            fontSizeMode: Text.Fit
            minimumPixelSize: Theme.body
            maximumLineCount: 2
        }

        Row {
            width: parent.width
            spacing: Theme.gapWide

            Words {
                id: amount
                objectName: "hand_deposit"
                text: page.mine.difference
                size: Theme.sign
                strong: true
                wrapMode: Text.NoWrap
                LayoutMirroring.enabled: false
            }

            Words {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - amount.width - parent.spacing
                text: qsTr("Deposit of the next driver, for the time that is left")
                size: Theme.body
            }
        }

        Words {
            width: parent.width
            visible: !page.mine.pay.hasNote
            text: qsTr("The next driver types pass and PIN. Each pays for the own minutes. The ticket stays good.")
            color: Theme.inkQuiet
        }

        PayNote {
            objectName: "pay_note"
            width: parent.width
            visible: page.mine.pay.hasNote && !page.mine.pay.isUnderway
            form: page.mine.pay
        }
    }

    controls: [
        PayPad {
            objectName: "pay_pad"
            anchors.fill: parent
            anchors.topMargin: Theme.mm(3)
            anchors.bottomMargin: Theme.mm(8)
            form: page.mine.pay
            takesCard: false
            actionLabel: qsTr("Take the car over")
            onCancelled: page.mine.back()
        }
    ]
}
