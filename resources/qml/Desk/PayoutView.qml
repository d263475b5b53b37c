// Payouts to owners, above everything else: the runs, what one pays to whom, and its next step.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

FocusScope {
    id: view

    required property PayoutForm form
    required property string attendant
    readonly property bool isOpen: form.runState === "proposed" || form.runState === "approved"
    readonly property bool isRejecting: form.rejecting !== ""

    function stateWord(code: string): string {
        switch (code) {
        case "proposed":
            return qsTr("Proposed");
        case "approved":
            return qsTr("Approved");
        case "released":
            return qsTr("Released");
        case "answered":
            return qsTr("Answered");
        default:
            return qsTr("Withdrawn");
        }
    }

    function resultWord(code: string): string {
        switch (code) {
        case "paid":
            return qsTr("Paid");
        case "rejected":
            return qsTr("Sent back");
        case "returned":
            return qsTr("Paid, then sent back");
        default:
            return view.isOpen ? qsTr("To be paid") : qsTr("Waits for the bank");
        }
    }

    function why(code: string): string {
        switch (code) {
        case "negative":
            return qsTr("Carried: more was taken back than released");
        case "below-minimum":
            return qsTr("Carried: less than the minimum");
        case "no-account":
            return qsTr("Left out: the site file names no account");
        case "wrong-account":
            return qsTr("Left out: the account cannot be one");
        case "not-left":
            return qsTr("Held back: the car has not left");
        case "too-young":
            return qsTr("Held back: not 24 hours old");
        case "came-back-later":
            return qsTr("Held back: came back after the cut-off");
        default:
            return qsTr("Held back: disputed");
        }
    }

    function problem(code: string): string {
        switch (code) {
        case "":
            return "";
        case "nothing":
            return qsTr("Nobody is paid at this cut-off.");
        case "known":
            return qsTr("There is such a run already. Nothing new was made.");
        case "ahead":
            return qsTr("This cut-off has not come yet.");
        case "missing":
            return qsTr("It still has to be approved. No money moved.");
        case "outdated":
            return qsTr("What is due has changed for %1. Withdraw this run and propose another.").arg(view.form.problemOf);
        case "no-pain":
            return qsTr("Released. There is no pain.001 file for this money or this operator: export a list of transfers.");
        case "reason-missing":
            return qsTr("Write why the bank has sent it back.");
        case "wrong-pin":
            return view.form.problemOf === "" ? qsTr("The PIN is wrong. Nothing was approved.") : qsTr("The PIN was wrong too often. Try again at %1.").arg(view.form.problemOf);
        case "elsewhere":
            return qsTr("This run stands elsewhere by now. Nothing was changed.");
        case "busy":
            return qsTr("The computer is busy. Nothing was changed. Try again.");
        default:
            return qsTr("Something failed. Nothing was changed. See what needs you, then try again.");
        }
    }

    function takeFocus() {
        if (!view.visible)
            return;
        if (view.isRejecting)
            reasonBox.forceActiveFocus(Qt.PopupFocusReason);
        else if (pinBox.visible)
            pinBox.forceActiveFocus(Qt.PopupFocusReason);
        else
            runs.forceActiveFocus(Qt.PopupFocusReason);
    }

    visible: form.isShown
    onVisibleChanged: Qt.callLater(view.takeFocus)
    onIsRejectingChanged: Qt.callLater(view.takeFocus)

    Rectangle {
        anchors.fill: parent
        color: Theme.ink
        opacity: 0.6
    }

    MouseArea {
        anchors.fill: parent
    }

    Card {
        anchors.centerIn: parent
        width: parent.width - 2 * Theme.mm(40)
        height: parent.height - 2 * Theme.mm(20)
        title: qsTr("Payouts to owners")
        note: qsTr("weekly cut-off %1").arg(view.form.cutoff)

        beside: Row {
            spacing: Theme.gap

            BigButton {
                objectName: "payout_propose"
                kind: "secondary"
                sign: "calendar"
                size: Theme.label
                height: Theme.touch
                enabled: !view.form.isWaiting
                label: qsTr("Propose a run")
                onActed: view.form.propose()
            }

            BigButton {
                objectName: "payout_close"
                kind: "secondary"
                sign: "cross"
                size: Theme.label
                height: Theme.touch
                label: qsTr("Close (Esc)")
                onActed: view.form.cancel()
            }
        }

        DataTable {
            id: runs

            objectName: "payout_runs"
            y: Theme.mm(4)
            width: Math.round(parent.width * 0.42)
            height: parent.height - y
            hasFilter: false
            rows: view.form.runs
            emptyText: qsTr("There is no run yet")
            columns: [
                {
                    role: "key",
                    title: qsTr("Run"),
                    share: 10
                },
                {
                    role: "cutoff",
                    title: qsTr("Cut-off"),
                    share: 38
                },
                {
                    role: "total",
                    title: qsTr("Sum"),
                    share: 24,
                    right: true
                },
                {
                    role: "state",
                    title: qsTr("State"),
                    share: 28,
                    pill: "kind",
                    word: view.stateWord
                }
            ]
            onChosen: key => view.form.choose(key)

            // A run that comes in above the one marked would leave the mark where it was.
            readonly property string marked: view.form.runKey + " of " + view.form.runCount
            onMarkedChanged: runs.mark(view.form.runRow)
        }

        Column {
            id: head

            anchors.left: runs.right
            anchors.leftMargin: Theme.mm(8)
            anchors.right: parent.right
            y: Theme.mm(4)
            spacing: Theme.gap

            Words {
                objectName: "payout_head"
                visible: view.form.runKey !== ""
                width: parent.width
                text: qsTr("Run %1: %2").arg(view.form.runKey).arg(view.form.total)
                size: Theme.figure
                strong: true
            }

            Words {
                objectName: "payout_approved"
                visible: text !== ""
                width: parent.width
                text: view.form.approvedBy === "" ? "" : qsTr("Approved by %1").arg(view.form.approvedBy)
                color: Theme.inkQuiet
            }
        }

        DataTable {
            id: payouts

            objectName: "payout_rows"
            anchors.left: head.left
            anchors.right: head.right
            anchors.top: head.bottom
            anchors.topMargin: Theme.gapWide
            anchors.bottom: owners.top
            anchors.bottomMargin: Theme.gapWide
            hasFilter: false
            rows: view.form.payouts
            emptyText: ""
            columns: [
                {
                    role: "name",
                    title: qsTr("Owner"),
                    share: 30
                },
                {
                    role: "account",
                    title: qsTr("Account"),
                    share: 26
                },
                {
                    role: "amount",
                    title: qsTr("Amount"),
                    share: 18,
                    right: true
                },
                {
                    role: "result",
                    title: qsTr("Bank"),
                    share: 26,
                    pill: "kind",
                    word: view.resultWord
                }
            ]
            onChosen: key => view.form.beginReject(key)
        }

        DataTable {
            id: owners

            objectName: "payout_owners"
            anchors.left: head.left
            anchors.right: head.right
            anchors.bottom: deeds.top
            anchors.bottomMargin: Theme.gapWide
            visible: count > 0
            height: visible ? Math.min(Theme.mm(9 + 10 * count), Theme.mm(50)) : 0
            hasFilter: false
            rows: view.form.owners
            columns: [
                {
                    role: "owner",
                    title: qsTr("Not paid in the last proposal"),
                    share: 30
                },
                {
                    role: "amount",
                    title: qsTr("Amount"),
                    share: 20,
                    right: true
                },
                {
                    role: "why",
                    title: qsTr("Why"),
                    share: 50,
                    word: view.why
                }
            ]
            readonly property int count: view.form.ownerCount
        }

        Column {
            id: deeds

            anchors.left: head.left
            anchors.right: head.right
            anchors.bottom: parent.bottom
            spacing: Theme.gapWide

            Words {
                objectName: "payout_back_hint"
                visible: view.form.canComeBack && !view.isRejecting
                width: parent.width
                text: qsTr("Did the bank send one back? Choose it in the list first.")
                color: Theme.inkQuiet
            }

            PinBox {
                id: pinBox

                objectName: "payout_pin"
                visible: view.form.runState === "proposed"
                width: parent.width
                label: view.form.missing > 1 ? qsTr("PIN of %1, once more. Two attendants must approve so much.").arg(view.attendant) : qsTr("PIN of %1, once more").arg(view.attendant)
                length: view.form.pinLength
                onDigit: digit => view.form.typePin(digit)
                onErased: view.form.erasePin()
                onAccepted: view.form.approve()
            }

            TextBox {
                id: reasonBox

                objectName: "payout_reason"
                visible: view.isRejecting
                width: parent.width
                label: qsTr("Why the bank has sent %1 back").arg(view.form.rejecting)
                hint: qsTr("for example: account closed")
                text: view.form.reason
                mostSigns: 120
                onEdited: text => view.form.say(text)
                onAccepted: view.form.reject()
            }

            Words {
                objectName: "payout_problem"
                visible: text !== ""
                width: parent.width
                text: view.problem(view.form.problem)
                strong: true
                color: view.form.problem === "nothing" || view.form.problem === "known" || view.form.problem === "no-pain" ? Theme.ink : Theme.bad
                Accessible.role: Accessible.AlertMessage
            }

            Item {
                visible: view.isOpen || view.form.runState === "released" || view.isRejecting
                width: parent.width
                height: Theme.mm(14)

                BigButton {
                    objectName: "payout_withdraw"
                    visible: view.isOpen
                    height: parent.height
                    kind: "secondary"
                    sign: "cross"
                    enabled: !view.form.isWaiting
                    label: qsTr("Withdraw")
                    onActed: view.form.withdraw()
                }

                BigButton {
                    objectName: "payout_keep"
                    visible: view.isRejecting
                    height: parent.height
                    kind: "secondary"
                    sign: "back"
                    label: qsTr("It was not sent back")
                    onActed: view.form.beginReject("")
                }

                BigButton {
                    objectName: "payout_go"
                    anchors.right: parent.right
                    height: parent.height
                    kind: "primary"
                    sign: view.form.runState === "approved" ? "money" : "tick"
                    enabled: !view.form.isWaiting
                    label: view.form.isWaiting ? qsTr("One moment…") : view.form.runState === "proposed" ? qsTr("Approve (Enter)") : view.form.runState === "approved" ? qsTr("Release the money") : view.isRejecting ? qsTr("It was sent back (Enter)") : qsTr("All others are paid")
                    onActed: view.form.runState === "proposed" ? view.form.approve() : view.form.runState === "approved" ? view.form.release() : view.isRejecting ? view.form.reject() : view.form.allPaid()
                }
            }
        }
    }

    Shortcut {
        sequence: "Escape"
        enabled: view.visible
        onActivated: view.form.cancel()
    }
}
