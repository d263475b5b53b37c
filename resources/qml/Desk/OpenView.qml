// Asks why before a barrier is opened by hand, and at which lane.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

AskCard {
    id: view

    required property OpenForm form

    function words(code: string): string {
        switch (code) {
        case "reason-missing":
            return qsTr("Give a reason. The barrier was not opened.");
        case "passing":
            return qsTr("A car is passing. The barrier was not opened: wait until it is through.");
        case "out-of-order":
            return qsTr("This lane is out of order. The barrier was not opened: use its key.");
        case "busy":
            return qsTr("The computer is busy. The barrier was not opened. Try again.");
        case "failed":
            return qsTr("Something failed. The barrier was not opened. See what needs you, then try again.");
        default:
            return "";
        }
    }

    visible: form.isShown
    prefix: "open"
    title: form.plate === "" ? qsTr("Open %1 by hand").arg(form.lane) : qsTr("Open for %1").arg(form.plate)
    explanation: form.plate === "" ? qsTr("The order is written down with your name and the reason. It belongs to no stay.") : qsTr("The order is written down with your name and the reason. The passage counts for this stay. At an exit, what escrow does not cover is waived.")
    reasons: DeskWords.reasons
    reason: form.reason
    problem: view.words(form.problem)
    canConfirm: !form.isWaiting && form.lane !== ""
    confirmLabel: form.isWaiting ? qsTr("One moment…") : qsTr("Open the barrier (Enter)")
    confirmSign: "barrier_up"
    onSaid: text => view.form.say(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Row {
        visible: view.form.lanes.length > 1 || view.form.plate !== ""
        spacing: Theme.gap

        Repeater {
            model: view.form.lanes

            Choice {
                required property string modelData

                objectName: "open_lane_" + modelData
                isChosen: modelData === view.form.lane
                height: Theme.action
                size: Theme.body
                label: modelData
                onActed: view.form.chooseLane(modelData)
            }
        }
    }
}
