// Asks why before a lane is held open or locked for everybody who comes.
import QtQuick

AskCard {
    id: view

    required property LaneForm form
    readonly property bool isHold: form.order === "hold"
    readonly property string lane: DeskWords.lane(form.lane, form.way)

    function words(code: string): string {
        switch (code) {
        case "":
            return "";
        case "reason-missing":
            return qsTr("Give a reason. Nothing was ordered.");
        case "failed":
            return qsTr("Something failed. Nothing was ordered. See what needs you, then try again.");
        default:
            return qsTr("Nothing was ordered: %1.").arg(DeskWords.obstacle(code));
        }
    }

    visible: form.isShown
    prefix: "lane"
    title: view.isHold ? qsTr("Hold %1 open").arg(view.lane) : qsTr("Lock %1").arg(view.lane)
    explanation: view.isHold ? qsTr("The arm stays up for everybody until you release it. Tickets are still read, but no passage is seen: say on the page of a stay who is through.") : qsTr("No ticket opens this lane until you unlock it, also after a restart. You can still open it by hand.")
    reasons: view.isHold ? DeskWords.holdReasons : DeskWords.lockReasons
    reason: form.reason
    problem: view.words(form.problem)
    canConfirm: !form.isWaiting
    confirmLabel: form.isWaiting ? qsTr("One moment…") : view.isHold ? qsTr("Hold it open (Enter)") : qsTr("Lock the lane (Enter)")
    confirmSign: DeskWords.orderSign(form.order)
    onSaid: text => view.form.say(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()
}
