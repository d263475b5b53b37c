// More is due than was paid: what, why and since when, and one way on. The clock has stopped.
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    objectName: "page_due"
    title: qsTr("Please pay the rest")
    sign: "money"
    canCancel: true
    split: page.exit.bill.isLong ? 0.61 : 0.58

    Column {
        width: parent.width
        spacing: Theme.gapWide

        Banner {
            objectName: "clock_stopped"
            width: parent.width
            radius: Theme.radius
            kind: "good"
            text: qsTr("The clock has stopped")
            detail: qsTr("Take your time: the price stays as it is.")
        }

        Rectangle {
            width: parent.width
            height: facts.height + 2 * Theme.gap
            radius: Theme.radius
            color: Theme.card

            Column {
                id: facts

                x: Theme.gapWide
                y: Theme.gap
                width: parent.width - 2 * Theme.gapWide

                Words {
                    objectName: "due_stay"
                    width: parent.width
                    height: implicitHeight + Theme.gap
                    text: qsTr("%1 · space %2").arg(page.exit.bill.plate).arg(page.exit.bill.space)
                    color: Theme.inkQuiet
                }

                MoneyLine {
                    objectName: "booked"
                    width: parent.width
                    sign: "calendar"
                    label: qsTr("Booked")
                    amount: page.exit.bill.booked
                }

                MoneyLine {
                    objectName: "stayed"
                    width: parent.width
                    sign: "clock"
                    label: qsTr("You parked")
                    note: page.exit.bill.parked
                    amount: page.exit.bill.stayed
                }

                ExitCharge {
                    width: parent.width
                    bill: page.exit.bill
                }

                MoneyLine {
                    objectName: "cost"
                    width: parent.width
                    compact: page.exit.bill.isLong
                    label: qsTr("It costs")
                    note: page.exit.bill.tax === "" ? "" : qsTr("tax in it: %1").arg(page.exit.bill.tax)
                    amount: page.exit.bill.total
                }

                MoneyLine {
                    objectName: "paid"
                    width: parent.width
                    compact: page.exit.bill.isLong
                    label: qsTr("Deposit, already paid")
                    note: page.exit.bill.others
                    amount: page.exit.bill.deposit
                }
            }
        }
    }

    controls: [
        Words {
            anchors.left: parent.left
            anchors.right: due.left
            anchors.rightMargin: Theme.gap
            anchors.verticalCenter: due.verticalCenter
            text: qsTr("Still to pay")
            size: Theme.title
            strong: true
        },
        Words {
            id: due
            objectName: "due"
            anchors.right: parent.right
            y: Theme.gap
            text: page.exit.bill.due
            size: Theme.sign
            strong: true
            wrapMode: Text.NoWrap
        },
        BigButton {
            id: payButton
            objectName: "pay_due"
            anchors.top: due.bottom
            anchors.topMargin: Theme.gap
            width: parent.width
            height: Theme.mm(38)
            forward: true
            sign: "wallet"
            size: Theme.title
            label: qsTr("Pay %1 now").arg(page.exit.bill.due)
            onActed: page.exit.pay()
        },
        Words {
            anchors.top: payButton.bottom
            anchors.topMargin: Theme.gapWide
            width: parent.width
            text: qsTr("The barrier opens as soon as it is paid.")
            color: Theme.inkQuiet
        }
    ]

    banner: [
        ExitOffer {
            width: page.width
            isOffered: page.exit.offersHelp
        }
    ]
}
