// Who may sign in at this desk: choose somebody or type a new name, then the own PIN again.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

AskCard {
    id: view

    required property StaffForm form
    readonly property var shown: form.shown
    readonly property bool isTold: shown.page === "told"

    function how(code: string): string {
        switch (code) {
        case "blocked":
            return qsTr("blocked");
        case "alone":
            return qsTr("no second person: not confirmed by the operator");
        case "new":
            return qsTr("has no own PIN yet");
        default:
            return "";
        }
    }

    function words(code: string, limit: string): string {
        switch (code) {
        case "":
            return "";
        case "name-missing":
            return qsTr("Choose somebody, or write a name. Nothing was changed.");
        case "pin-missing":
            return qsTr("Type your PIN again. Nothing was changed.");
        case "name-refused":
            return qsTr("This name is taken, or too long. Nothing was changed.");
        case "own-name":
            return qsTr("Somebody else has to block you. Nothing was changed.");
        case "wrong-pin":
            return qsTr("Your PIN is wrong. Nothing was changed. Type it again.");
        case "locked":
            return qsTr("Too many wrong PINs. Nothing was changed. Wait until %1.").arg(limit);
        case "busy":
            return qsTr("The computer is busy. Nothing was changed. Try again.");
        default:
            return qsTr("Something failed. Nothing was changed. See what needs you, then try again.");
        }
    }

    function act(deed: string): string {
        switch (deed) {
        case "block":
            return qsTr("Block %1 (Enter)").arg(view.shown.chosen);
        case "allow":
            return qsTr("Let %1 in again (Enter)").arg(view.shown.chosen);
        default:
            return view.shown.chosen === "" ? qsTr("Let in (Enter)") : qsTr("New one-time PIN (Enter)");
        }
    }

    visible: form.isShown
    prefix: "staff"
    title: isTold ? qsTr("%1 can sign in").arg(shown.name) : qsTr("Attendants")
    explanation: isTold ? qsTr("With this PIN, once: it is shown only here. Then an own PIN is chosen.") : qsTr("A new attendant gets a one-time PIN. Who is blocked signs in no more and approves nothing. It is written down with your name.")
    asksText: !isTold
    textLabel: qsTr("Name of a new attendant")
    textHint: ""
    reason: shown.name
    problem: view.words(view.shown.problem, view.shown.limit)
    canConfirm: !form.isWaiting
    canCancel: !isTold
    confirmLabel: form.isWaiting ? qsTr("One moment…") : isTold ? qsTr("Done (Enter)") : view.act(view.shown.deed)
    confirmSign: shown.deed === "block" && !isTold ? "stop" : "tick"
    onSaid: text => view.form.typeName(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Words {
        objectName: "staff_one_time_pin"
        visible: view.isTold
        width: parent.width
        text: view.form.oneTimePin
        size: Theme.sign
        strong: true
    }

    GridView {
        id: people

        visible: !view.isTold
        width: parent.width
        height: Math.min(3, Math.ceil(count / 2)) * cellHeight
        cellWidth: width / 2
        cellHeight: Theme.mm(14) + Theme.gap
        clip: true
        model: view.form.attendants
        delegate: Item {
            id: cell

            required property var modelData
            readonly property string said: view.how(modelData.how)

            width: people.cellWidth
            height: people.cellHeight

            Choice {
                objectName: "staff_" + cell.modelData.name
                isChosen: view.shown.chosen === cell.modelData.name
                centred: false
                sign: cell.modelData.how === "blocked" ? "stop" : ""
                size: Theme.body
                width: parent.width - Theme.gap
                height: Theme.mm(14)
                label: cell.said === "" ? cell.modelData.name : qsTr("%1: %2").arg(cell.modelData.name).arg(cell.said)
                onActed: view.form.choose(cell.modelData.name)
            }
        }
    }

    below: [
        Row {
            visible: !view.isTold
            width: parent.width
            spacing: Theme.gapWide

            PinBox {
                objectName: "staff_pin"
                width: Theme.mm(92)
                label: qsTr("Your PIN again")
                length: view.form.pinLength
                onDigit: digit => view.form.typeDigit(digit)
                onErased: view.form.erase()
                onAccepted: view.form.confirm()
            }

            DigitPad {
                objectName: "staff_pad"
                keyWidth: Theme.mm(22)
                keyHeight: Theme.mm(14)
                onDigit: digit => view.form.typeDigit(digit)
                onErased: view.form.erase()
                onAccepted: view.form.confirm()
            }
        }
    ]
}
