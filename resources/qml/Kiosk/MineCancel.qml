// What cancelling gives back, before the driver says yes (ux 21, 22).
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_cancel"
    title: qsTr("Cancel this reservation?")
    sign: "cross"
    split: 0.55
    // Yes or no: the two large buttons say it, and no third way means the same.
    canGoBack: false
    canCancel: false

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gapWide

        Words {
            objectName: "cancel_what"
            width: parent.width
            text: qsTr("Space %1, %2").arg(page.mine.ticket.space).arg(page.mine.ticket.window)
            size: Theme.title
            strong: true
        }

        Words {
            width: parent.width
            text: qsTr("Goes back to you")
            size: Theme.title
            color: Theme.inkQuiet
        }

        Words {
            objectName: "cancel_refund"
            width: parent.width
            text: page.mine.refund
            size: Theme.sign
            strong: true
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.body
            wrapMode: Text.NoWrap
            LayoutMirroring.enabled: false
        }

        Words {
            objectName: "cancel_kept"
            width: parent.width
            text: page.mine.kept === "" ? qsTr("That is everything you have paid.") : qsTr("%1 of what you have paid is kept.").arg(page.mine.kept)
            size: Theme.title
        }

        Words {
            width: parent.width
            text: qsTr("After that the ticket opens nothing, and the space is free for others.")
            color: Theme.inkQuiet
        }
    }

    controls: [
        BigButton {
            objectName: "keep_it"
            anchors.bottom: yes.top
            anchors.bottomMargin: Theme.gapDanger
            width: parent.width
            height: Theme.action
            kind: "secondary"
            size: Theme.title
            sign: "back"
            label: qsTr("No, keep my space")
            onActed: page.mine.back()
        },
        BigButton {
            id: yes
            objectName: "cancel_it"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.mm(32)
            kind: "danger"
            size: Theme.title
            sign: "cross"
            enabled: !page.mine.isBusy
            label: qsTr("Yes, cancel: %1 back").arg(page.mine.refund)
            onActed: page.mine.cancelReservation()
        }
    ]
}
