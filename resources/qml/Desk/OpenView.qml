// Asks why before a barrier is opened by hand, and at which lane.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

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
        case "fire":
        case "held":
            return qsTr("The arm is up already: a passage is not seen there. Say on the page of the stay who is through (F9).");
        case "due":
            return qsTr("This is still due. Say what happens to it. The barrier was not opened.");
        case "no-cash":
            return qsTr("This car is not inside. Where it is, say so first (F9). No cash was taken.");
        case "shift-closed":
            return qsTr("No shift is open at this till (Ctrl+T). No cash was taken, and the barrier was not opened.");
        case "busy":
            return qsTr("The computer is busy. The barrier was not opened. Try again.");
        case "failed":
            return qsTr("Something failed. The barrier was not opened. See what needs you, then try again.");
        default:
            return "";
        }
    }

    function act(pays: string): string {
        switch (pays) {
        case "cash":
            return qsTr("Cash is in the till: open (Enter)");
        case "later":
            return qsTr("Cash is in the till (Enter)");
        case "waive":
            return qsTr("Waive it and open (Enter)");
        default:
            return qsTr("Open the barrier (Enter)");
        }
    }

    visible: form.isShown
    prefix: "open"
    title: form.plate === "" ? qsTr("Open %1 by hand").arg(DeskWords.lane(form.lane, form.ways[form.lane])) : form.isLost ? qsTr("%1: ticket lost").arg(form.plate) : qsTr("Open for %1").arg(form.plate)
    explanation: form.plate === "" ? qsTr("The order is written down with your name and the reason. It belongs to no stay.") : qsTr("The order is written down with your name and the reason. The passage counts for this stay. At an exit the stay is settled.")
    reasons: DeskWords.reasons
    reason: form.reason
    problem: view.words(form.problem)
    canConfirm: !form.isWaiting && form.lane !== ""
    confirmLabel: form.isWaiting ? qsTr("One moment…") : view.act(form.due === "" ? "" : form.pays)
    confirmSign: "barrier_up"
    onSaid: text => view.form.say(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()
    below: [
        Column {
            objectName: "open_money"
            visible: view.form.price !== ""
            width: parent.width
            spacing: Theme.gap

            MoneyLine {
                width: parent.width
                label: view.form.isLost ? qsTr("A lost ticket costs") : qsTr("The stay costs")
                note: view.form.due === "" ? qsTr("Escrow covers it.") : ""
                amount: view.form.price
            }

            MoneyLine {
                objectName: "open_due"
                visible: view.form.due !== ""
                width: parent.width
                label: qsTr("Still due")
                amount: view.form.due
                total: true
            }

            MoneyLine {
                objectName: "open_cash_due"
                visible: view.form.cashDue !== ""
                width: parent.width
                label: qsTr("In cash, as there are coins")
                amount: view.form.cashDue
            }

            Row {
                visible: view.form.due !== ""
                width: parent.width
                spacing: Theme.gap

                Repeater {
                    id: ways

                    model: [
                        {
                            how: "cash",
                            key: "F7",
                            label: qsTr("F7  Cash, open now")
                        },
                        {
                            how: "later",
                            key: "F8",
                            label: qsTr("F8  Cash, its ticket opens")
                        },
                        {
                            how: "waive",
                            key: "F9",
                            label: qsTr("F9  Waive it")
                        }
                    ]

                    Choice {
                        id: way

                        required property var modelData
                        readonly property bool isOffered: modelData.how !== "later" || !view.form.isLost

                        objectName: "open_" + modelData.how
                        visible: isOffered
                        isChosen: modelData.how === view.form.pays
                        size: Theme.label
                        width: (parent.width - 2 * Theme.gap) / 3
                        height: Theme.mm(14)
                        label: modelData.label
                        onActed: view.form.pay(modelData.how)

                        Shortcut {
                            sequence: way.modelData.key
                            enabled: view.visible && way.visible
                            onActivated: view.form.pay(way.modelData.how)
                        }
                    }
                }
            }
        }
    ]

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
                label: DeskWords.lane(modelData, view.form.ways[modelData])
                onActed: view.form.chooseLane(modelData)
            }
        }
    }
}
