// Settled: the barrier's sign above, below it what was paid, for what, and who got it.
import QtQuick
import Parts
import Theme

ExitPage {
    id: page

    readonly property string taxNote: page.exit.bill.tax === "" ? "" : qsTr("tax in it: %1").arg(page.exit.bill.tax)

    objectName: "page_receipt"
    title: page.exit.leaving.hasLeft ? qsTr("You may leave") : page.exit.bill.isFree ? qsTr("Free of charge") : qsTr("Paid. Thank you")
    sign: "tick"
    split: page.exit.bill.isFree ? 0.62 : page.exit.bill.isLong ? (page.exit.hasNoPaper ? 0.3 : 0.34) : page.exit.hasNoPaper ? 0.35 : 0.42

    BarrierSign {
        objectName: "barrier_sign"
        anchors.fill: parent
        condition: page.exit.laneSign
        detail: page.exit.laneSign === "fault" || page.exit.laneSign === "stop" ? qsTr("Your stay is paid. Please wait.") : qsTr("Please leave by %1").arg(page.exit.bill.leaveBy)
    }

    controls: [
        Rectangle {
            y: -Theme.margin + Theme.gapWide
            width: parent.width
            height: parent.height + Theme.margin - 2 * Theme.gapWide
            radius: Theme.radius
            color: Theme.card

            Column {
                anchors.fill: parent
                anchors.leftMargin: Theme.gapWide
                anchors.rightMargin: Theme.gapWide
                anchors.topMargin: Theme.gap
                spacing: Theme.gap

                Item {
                    width: parent.width
                    height: where.implicitHeight

                    Words {
                        id: where
                        objectName: "receipt_stay"
                        width: parent.width - receipt.width - Theme.gapWide
                        text: qsTr("Space %1 · %2 (%3)").arg(page.exit.bill.space).arg(page.exit.bill.stayed).arg(page.exit.bill.parked)
                        size: Theme.label
                        color: Theme.inkQuiet
                    }

                    Words {
                        id: receipt
                        objectName: "receipt_number"
                        anchors.right: parent.right
                        text: qsTr("Receipt %1").arg(page.exit.bill.receiptNumber)
                        size: Theme.label
                        strong: true
                        wrapMode: Text.NoWrap
                    }
                }

                Words {
                    objectName: "receipt_supplier"
                    width: parent.width
                    // A long bill beside a notice leaves room for the sign or for this.
                    visible: text !== "" && !(page.exit.bill.isLong && page.exit.hasNoPaper)
                    text: page.exit.bill.supplier
                    size: Theme.label
                    color: Theme.inkQuiet
                }

                Column {
                    width: parent.width

                    ExitCharge {
                        width: parent.width
                        bill: page.exit.bill
                    }

                    MoneyLine {
                        objectName: "total"
                        width: parent.width
                        compact: page.exit.bill.isLong
                        total: true
                        label: qsTr("It cost")
                        note: page.exit.leaving.hasLeft ? "" : page.taxNote
                        amount: page.exit.bill.total
                    }

                    MoneyLine {
                        objectName: "paid"
                        width: parent.width
                        compact: page.exit.bill.isLong
                        label: qsTr("Paid")
                        note: [page.exit.bill.others, page.exit.leaving.hasLeft ? page.taxNote : ""].filter(Boolean).join("\n")
                        amount: page.exit.bill.deposit
                    }

                    MoneyLine {
                        objectName: "refund"
                        width: parent.width
                        compact: page.exit.bill.isLong
                        visible: page.exit.bill.refund !== ""
                        label: qsTr("Refunded")
                        amount: page.exit.bill.refund
                    }
                }

                ExitShares {
                    width: parent.width
                    visible: !page.exit.bill.isFree && !page.exit.leaving.hasLeft
                    bill: page.exit.bill
                }
            }
        }
    ]

    banner: [
        ExitLeave {
            width: page.width
            leaving: page.exit.leaving
        },
        Banner {
            objectName: "no_paper"
            width: page.width
            height: visible ? implicitHeight : 0
            visible: page.exit.hasNoPaper
            kind: "notice"
            text: page.exit.mayHavePaper ? qsTr("Did no receipt come out?") : qsTr("The receipt could not be printed.")
            detail: qsTr("Nothing is lost: note the receipt number below.")
        }
    ]
}
