// How the rest is paid: the amount and what is the matter above, the pass and its PIN below.
import QtQuick
import Kiosk
import Parts
import Theme

ExitPage {
    id: page

    objectName: "page_pay"
    title: qsTr("Pay the rest")
    sign: "wallet"
    canGoBack: !page.exit.form.isUnderway
    canCancel: !page.exit.form.isUnderway
    split: page.exit.form.isUnderway ? 0.22 : 0.42

    Rectangle {
        id: amount

        width: parent.width
        height: figure.implicitHeight + 2 * Theme.gapWide
        radius: Theme.radius
        color: Theme.card

        Column {
            anchors.left: parent.left
            anchors.right: figure.left
            anchors.margins: Theme.gapWide
            anchors.verticalCenter: parent.verticalCenter

            Words {
                width: parent.width
                text: qsTr("Still to pay")
                size: Theme.title
                strong: true
            }

            Words {
                width: parent.width
                text: qsTr("The clock has stopped")
                size: Theme.label
                color: Theme.inkQuiet
            }
        }

        Words {
            id: figure
            objectName: "due"
            anchors.right: parent.right
            anchors.rightMargin: Theme.gapWide
            anchors.verticalCenter: parent.verticalCenter
            text: page.exit.bill.due
            size: Theme.cap(20)
            strong: true
            wrapMode: Text.NoWrap
        }
    }

    PayNote {
        anchors.top: amount.bottom
        anchors.topMargin: Theme.gapWide
        width: parent.width
        visible: page.exit.form.hasNote && !page.exit.form.isUnderway
        form: page.exit.form
    }

    ExitHint {
        anchors.top: amount.bottom
        anchors.topMargin: Theme.gapWide
        anchors.bottom: parent.bottom
        width: parent.width
        visible: !page.exit.form.hasNote && !page.exit.form.isUnderway
        thing: page.exit.form.method === "wallet" ? "wallet" : "money"
    }

    controls: [
        PayPad {
            y: Theme.gapWide - Theme.margin
            width: parent.width
            height: parent.height - y - Theme.gapWide
            form: page.exit.form
            actionLabel: qsTr("Pay %1 now").arg(page.exit.bill.due)
            onCancelled: page.exit.cancel()
        }
    ]

    banner: [
        ExitLeave {
            width: page.width
            leaving: page.exit.leaving
        },
        ExitOffer {
            y: page.exit.leaving.isOffered || page.exit.leaving.isRefused ? -height : 0
            width: page.width
            isOffered: page.exit.offersHelp && !page.exit.leaving.isRefused
        }
    ]
}
