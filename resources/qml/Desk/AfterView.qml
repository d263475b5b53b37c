// Asks once more before a stay's money is moved after its settlement; gives back only with a PIN.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

AskCard {
    id: view

    required property AfterForm form
    required property DeskPapers papers
    readonly property var shown: form.shown
    readonly property string deed: shown.deed
    readonly property bool asksAmount: form.givesBack || deed === "chargeback"

    visible: form.isShown
    prefix: "after"
    title: DeskAfterWords.heading(view.deed, view.shown.plate)
    explanation: DeskAfterWords.meaning(view.deed, view.shown.most)
    asksText: form.asksText
    textLabel: DeskAfterWords.asks(view.deed)
    textHint: ""
    reason: shown.reason
    problem: DeskAfterWords.problem(view.shown.problem, view.shown.limit)
    canConfirm: !form.isWaiting
    canCancel: deed !== "given"
    confirmLabel: form.isWaiting ? qsTr("One moment…") : DeskAfterWords.act(view.deed)
    confirmSign: form.givesBack || deed.startsWith("debt") ? "money" : "tick"
    onSaid: text => view.form.say("reason", text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Column {
        objectName: "after_given"
        visible: view.deed === "given"
        width: parent.width
        spacing: Theme.gap

        Words {
            width: parent.width
            text: view.shown.amount
            size: Theme.sign
            strong: true
        }

        Words {
            width: parent.width
            text: qsTr("Corrective receipt %1").arg(view.shown.note)
            strong: true
        }

        Words {
            visible: view.shown.inCash !== ""
            width: parent.width
            text: qsTr("Of it %1 waits here to be paid in cash (F10).").arg(view.shown.inCash)
        }

        BigButton {
            objectName: "after_print"
            kind: "secondary"
            sign: "print"
            size: Theme.label
            height: Theme.touch
            label: qsTr("Print the corrective receipt at the exit")
            onActed: view.papers.printCorrection(view.shown.stay, view.shown.note)
        }
    }

    Row {
        visible: view.deed === "dispute" || view.form.givesBack
        spacing: Theme.gap

        Repeater {
            model: view.deed === "dispute" ? ["could-not-park", "charges"] : ["parties", "operator"]

            Choice {
                required property string modelData

                objectName: "after_choice_" + modelData
                isChosen: view.shown.choice === modelData
                centred: false
                size: Theme.body
                width: Theme.mm(84)
                height: Theme.mm(14)
                label: DeskAfterWords.choice(modelData)
                onActed: view.form.say("choice", modelData)
            }
        }
    }

    below: [
        ProofRow {
            visible: view.asksAmount || view.form.asksPin
            prefix: view.prefix
            proof: view.form.proof
            asksPin: view.form.asksPin
            onDigit: digit => view.form.typeDigit(digit)
            onErased: view.form.erase()
            onAccepted: view.form.confirm()

            TextBox {
                objectName: "after_amount"
                visible: view.asksAmount
                width: parent.width
                label: view.deed === "chargeback" ? qsTr("Amount that was taken back") : qsTr("Amount that goes back")
                hint: view.shown.most === "" ? "" : qsTr("at most %1").arg(view.shown.most)
                text: view.shown.amount
                mostSigns: 9
                onActiveFocusChanged: if (activeFocus)
                    view.form.proof.point("amount")
                onEdited: text => view.form.say("amount", text)
                onAccepted: view.form.confirm()
            }

            TextBox {
                objectName: "after_fee"
                visible: view.deed === "chargeback"
                width: parent.width
                label: qsTr("Fee of the provider")
                text: view.shown.fee
                mostSigns: 9
                onEdited: text => view.form.say("fee", text)
                onAccepted: view.form.confirm()
            }

            TextBox {
                objectName: "after_days"
                visible: view.deed === "chargeback"
                width: parent.width
                label: qsTr("Days until our evidence must be there")
                text: view.shown.days
                mostSigns: 3
                onEdited: text => view.form.say("days", text)
                onAccepted: view.form.confirm()
            }
        }
    ]
}
