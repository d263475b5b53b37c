// The change costs more: the difference is paid, while the space is kept for it (ux 22).
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_pay_change"
    title: qsTr("Pay for the change")
    sign: "money"
    cancelLabel: page.mine.pay.isUnderway ? qsTr("Leave") : qsTr("Cancel")
    cancelSign: "cross"
    split: 0.4

    Column {
        width: parent.width
        topPadding: Theme.gapWide
        spacing: Theme.gap

        Words {
            objectName: "kept_window"
            width: parent.width
            text: page.mine.keptWindow
            size: Theme.title
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            wrapMode: Text.NoWrap
        }

        Row {
            width: parent.width
            spacing: Theme.gapWide

            Words {
                id: amount
                objectName: "difference"
                text: page.mine.difference
                size: Theme.sign
                strong: true
                wrapMode: Text.NoWrap
                LayoutMirroring.enabled: false
            }

            Column {
                anchors.verticalCenter: parent.verticalCenter
                width: parent.width - amount.width - parent.spacing

                Words {
                    width: parent.width
                    text: qsTr("still to pay")
                    size: Theme.body
                }

                Words {
                    objectName: "change_left"
                    width: parent.width
                    text: qsTr("kept for %1").arg(page.mine.timeLeft)
                    size: Theme.label
                    strong: page.mine.isShort
                    color: page.mine.isShort ? Theme.bad : Theme.inkQuiet
                }
            }
        }

        Words {
            width: parent.width
            visible: !page.mine.pay.hasNote
            text: qsTr("Without paying, your reservation stays as it was.")
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
            actionLabel: qsTr("Pay %1").arg(page.mine.difference)
            onCancelled: page.mine.back()
        }
    ]
}
