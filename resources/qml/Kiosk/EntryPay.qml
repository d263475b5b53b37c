// Review, then money (step 4, ux 22): what, from when to when, price now, dearest case, refund.
import QtQuick
import Theme

EntryPage {
    id: page

    objectName: "page_pay"
    title: qsTr("Review and pay")
    step: 4
    split: 0.45
    canGoBack: page.entry.canLeave && !page.entry.pay.isUnderway
    canCancel: page.entry.canLeave
    cancelLabel: page.entry.pay.isUnderway ? qsTr("Leave") : qsTr("Cancel")

    EntryReview {
        id: facts
        width: parent.width
        y: Theme.gap
        height: Theme.mm(77)
        review: page.entry.review
    }

    PayNote {
        objectName: "pay_note"
        anchors.top: facts.bottom
        anchors.topMargin: Theme.gapWide
        width: parent.width
        visible: page.entry.pay.hasNote && !page.entry.pay.isUnderway
        form: page.entry.pay
    }

    EntryRules {
        objectName: "rules"
        anchors.top: facts.bottom
        anchors.topMargin: Theme.gap
        anchors.bottom: parent.bottom
        width: parent.width
        visible: !page.entry.pay.hasNote || page.entry.pay.isUnderway
        review: page.entry.review
    }

    controls: [
        PayPad {
            objectName: "pay_pad"
            anchors.fill: parent
            anchors.topMargin: Theme.mm(3)
            anchors.bottomMargin: Theme.mm(8)
            form: page.entry.pay
            actionLabel: qsTr("Pay %1").arg(page.entry.review.price)
            onCancelled: page.entry.cancel()
        }
    ]
}
