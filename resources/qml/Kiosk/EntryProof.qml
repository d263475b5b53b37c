// For those who have paid already: their pass and PIN bring the ticket back.
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_proof"
    title: qsTr("Show my ticket again")
    sign: "ticket"
    split: 0.46

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gapWide
        visible: !page.entry.proof.hasNote

        Words {
            objectName: "proof_text"
            width: parent.width
            text: qsTr("With which pass did you pay?")
            size: Theme.cap(13)
            strong: true
        }

        Words {
            width: parent.width
            text: qsTr("Hold the pass to the reader, or type its code. Then your PIN. Nothing is charged.")
            size: Theme.title
        }

        Words {
            width: parent.width
            text: qsTr("Paid by card? Press Help: an attendant finds your ticket.")
            color: Theme.inkQuiet
        }
    }

    PayNote {
        objectName: "proof_note"
        y: Theme.margin
        width: parent.width
        visible: page.entry.proof.hasNote
        form: page.entry.proof
    }

    controls: [
        PayPad {
            objectName: "proof_pad"
            anchors.fill: parent
            anchors.topMargin: Theme.gapWide
            anchors.bottomMargin: Theme.margin
            form: page.entry.proof
            actionSign: "ticket"
            actionLabel: qsTr("Show my ticket")
            onCancelled: page.entry.cancel()
        }
    ]
}
