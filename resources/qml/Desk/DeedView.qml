// Asks once more before an attendant's word about a stay, its cash or its paper is written down.
import QtQuick
import Theme
import Parts

AskCard {
    id: view

    required property StayForm form

    function heading(deed: string): string {
        switch (deed) {
        case "inside":
            return qsTr("%1 is inside").arg(view.form.plate);
        case "left":
            return qsTr("%1 has left").arg(view.form.plate);
        case "refund":
            return qsTr("Pay the refund of %1 in cash").arg(view.form.plate);
        case "paid":
            return qsTr("Give the driver this cash");
        default:
            return qsTr("Print the ticket of %1 again").arg(view.form.plate);
        }
    }

    function meaning(deed: string): string {
        switch (deed) {
        case "inside":
            return qsTr("Say so only when somebody has seen the car inside. It is written down with your name and the reason. The stay begins.");
        case "left":
            return qsTr("Say so only when somebody has seen that the car is gone. It is written down with your name and the reason. The stay ends. What is still due is waived, also under your name.");
        case "refund":
            return qsTr("Only what no provider pays back: what it refused, and what was paid in cash. It is taken from the till of this desk, under your name.");
        case "paid":
            return qsTr("It is booked as taken from the till of this desk, for %1.").arg(view.form.plate);
        default:
            return qsTr("The paper comes out at %1. It is the same ticket: it opens only once, whichever paper is shown.").arg(view.form.lane);
        }
    }

    function words(code: string): string {
        switch (code) {
        case "reason-missing":
            return qsTr("Give a reason. Nothing was written.");
        case "due":
            return qsTr("This is still due. Nothing was written: waive it, or take it in cash first (F2).");
        case "impossible":
            return qsTr("This stay is in another state by now. Nothing was written.");
        case "nothing-to-refund":
            return qsTr("Nothing waits for cash: its provider is paying it back, or it is paid. No money moved.");
        case "shift-closed":
            return qsTr("No shift is open at this till (Ctrl+T). No money moved.");
        case "till-low":
            return qsTr("Only %1 lies in the till by the books. No money moved.").arg(view.form.inTill);
        case "ended":
            return qsTr("This stay has ended. Nothing was printed.");
        case "busy":
            return qsTr("The computer is busy. Nothing was written. Try again.");
        case "failed":
            return qsTr("Something failed. Nothing was written. See what needs you, then try again.");
        default:
            return "";
        }
    }

    function act(deed: string): string {
        switch (deed) {
        case "inside":
            return qsTr("Car is inside (Enter)");
        case "left":
            return view.form.due === "" ? qsTr("Car has left (Enter)") : qsTr("Car has left: waive it (Enter)");
        case "refund":
            return qsTr("Pay in cash (Enter)");
        case "paid":
            return qsTr("Done (Enter)");
        default:
            return qsTr("Print (Enter)");
        }
    }

    visible: form.isShown
    prefix: "deed"
    title: view.heading(form.deed)
    explanation: view.meaning(form.deed)
    reasons: form.deed === "inside" ? DeskWords.insideReasons : form.deed === "left" ? DeskWords.leftReasons : []
    reason: form.reason
    problem: view.words(form.problem)
    canConfirm: !form.isWaiting
    canCancel: form.deed !== "paid"
    confirmLabel: form.isWaiting ? qsTr("One moment…") : view.act(form.deed)
    confirmSign: form.deed === "inside" ? "enter" : form.deed === "left" ? "leave" : form.deed === "refund" ? "money" : form.deed === "paid" ? "tick" : "print"
    onSaid: text => view.form.say(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Words {
        objectName: "deed_amount"
        visible: view.form.deed === "refund" || view.form.deed === "paid"
        width: parent.width
        text: view.form.amount
        size: Theme.sign
        strong: true
    }

    Column {
        objectName: "deed_money"
        visible: view.form.price !== ""
        width: parent.width
        spacing: Theme.gap

        MoneyLine {
            width: parent.width
            label: qsTr("The stay costs")
            note: view.form.due === "" ? qsTr("Escrow covers it.") : ""
            amount: view.form.price
        }

        MoneyLine {
            objectName: "deed_due"
            visible: view.form.due !== ""
            width: parent.width
            label: qsTr("Still due")
            amount: view.form.due
            total: true
        }
    }
}
