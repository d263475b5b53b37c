// Asks what it was that a provider and our books disagree about; done with a reason and a PIN.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

AskCard {
    id: view

    required property ExplainForm form
    readonly property var shown: form.shown

    function choice(code: string): string {
        switch (code) {
        case "bank":
            return qsTr("The bank: it was settled there");
        case "provider-fees":
            return qsTr("A fee: the operator's");
        default:
            return qsTr("The driver of %1").arg(view.shown.plate);
        }
    }

    function words(code: string, limit: string): string {
        switch (code) {
        case "":
            return "";
        case "was-missing":
            return qsTr("Choose what it was. No money moved.");
        case "not-that":
            return qsTr("It cannot have been that: look again. No money moved.");
        case "over":
            return qsTr("This is explained by now. No money moved.");
        default:
            return DeskAfterWords.problem(code, limit);
        }
    }

    visible: form.isShown
    prefix: "explain"
    title: DeskAfterWords.headline(view.shown.kind, view.shown.plate, view.shown.amount, view.shown.provider)
    explanation: qsTr("Say what it was once the provider has told you. Money of a driver waits for that driver: show the stay first. It is written down with your name and the reason.")
    asksText: true
    textLabel: qsTr("How you know")
    textHint: ""
    reason: shown.reason
    problem: view.words(view.shown.problem, view.shown.limit)
    canConfirm: !form.isWaiting
    confirmLabel: form.isWaiting ? qsTr("One moment…") : qsTr("Write it down (Enter)")
    onSaid: text => view.form.say("reason", text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Column {
        width: parent.width
        spacing: Theme.gap

        Repeater {
            model: view.form.choices

            Choice {
                required property string modelData

                objectName: "explain_choice_" + modelData
                isChosen: view.shown.was === modelData
                centred: false
                size: Theme.body
                width: Theme.mm(120)
                height: Theme.mm(14)
                label: view.choice(modelData)
                onActed: view.form.say("was", modelData)
            }
        }
    }

    below: [
        ProofRow {
            prefix: view.prefix
            proof: view.form.proof
            onDigit: digit => proof.typeDigit(digit)
            onErased: proof.erase()
            onAccepted: view.form.confirm()
        }
    ]
}
