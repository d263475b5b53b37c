// Cash out of a wallet, another PIN for it, or a new pass for one that was lost.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property WalletDeeds deeds
    required property Window window
    readonly property string step: deeds.step
    readonly property bool asksPin: step === "pin" || step === "repeat"

    function problem(code: string): string {
        switch (code) {
        case "pass-missing":
            return qsTr("Write or scan the pass code.");
        case "amount-missing":
            return qsTr("Write an amount such as 20 or 20.50, or nothing for all.");
        case "name-missing":
            return qsTr("Write the name and the phone number that the driver left.");
        case "pin-refused":
            return qsTr("At least %1 digits, and not all the same. Choose again.").arg(view.deeds.shortestDigits);
        case "differs":
            return qsTr("The two PINs differ. Choose again.");
        case "unknown-pass":
            return qsTr("No wallet has this pass code. Nothing was changed. Check the eight signs.");
        case "wrong-pin":
            return qsTr("The PIN is wrong. Nothing was changed.");
        case "locked":
            return qsTr("Too many wrong PINs: this wallet waits until %1. Nothing was changed.").arg(view.deeds.lockedUntil);
        case "not-found":
            return qsTr("Nobody of this name and phone number has a wallet, or several have. Nothing was changed.");
        case "wallet-low":
            return qsTr("The wallet holds only %1. No money moved.").arg(view.deeds.told);
        case "wallet-empty":
            return qsTr("The wallet is empty. No money moved.");
        case "till-low":
            return qsTr("Only %1 lies in the till by the books. No money moved.").arg(view.deeds.told);
        case "shift-closed":
            return qsTr("No shift is open at this till (Ctrl+T). No money moved.");
        case "busy":
            return qsTr("The computer is busy. Type the PIN again: nothing is paid twice.");
        case "failed":
            return qsTr("Something failed and nothing was changed. Type the PIN again: nothing is paid twice.");
        default:
            return "";
        }
    }

    function act(): string {
        if (view.deeds.isWaiting)
            return qsTr("One moment…");
        if (view.step === "done")
            return view.deeds.deed === "pay-out" ? qsTr("Cash is given (Enter)") : qsTr("Next driver (Enter)");
        if (view.deeds.deed === "pay-out" && view.step === "pin")
            return qsTr("Pay out (Enter)");
        return qsTr("Next (Enter)");
    }

    function begin() {
        if (!view.visible)
            return;
        const first = [passBox, nameBox, pinBox].find(box => box.visible);
        (first ?? nextKey).forceActiveFocus(Qt.TabFocusReason);
    }

    title: deeds.deed === "pay-out" ? qsTr("Pay a wallet out in cash") : deeds.deed === "pin" ? qsTr("Another PIN for a wallet") : qsTr("New pass for a lost one")
    onVisibleChanged: Qt.callLater(view.begin)
    onStepChanged: Qt.callLater(view.begin)

    beside: BigButton {
        objectName: "wallet_deed_back"
        kind: "secondary"
        sign: "back"
        size: Theme.label
        height: Theme.touch
        label: qsTr("Back to the wallets")
        onActed: view.deeds.wipe()
    }

    Column {
        id: form

        x: Theme.mm(6)
        y: Theme.mm(8)
        width: Theme.mm(140)
        spacing: Theme.gapWide

        TextBox {
            id: passBox
            objectName: "deed_pass"
            visible: view.step === "form" && view.deeds.deed !== "lost"
            width: parent.width
            label: qsTr("Pass code of the wallet, typed or scanned")
            hint: qsTr("8 signs")
            size: Theme.title
            text: view.deeds.passCode
            mostSigns: 16
            onEdited: text => view.deeds.typePass(text)
            onAccepted: view.deeds.deed === "pay-out" ? amountBox.forceActiveFocus(Qt.TabFocusReason) : view.deeds.confirm()
        }

        TextBox {
            id: amountBox
            objectName: "deed_cash"
            visible: view.step === "form" && view.deeds.deed === "pay-out"
            width: parent.width
            label: qsTr("Amount; nothing pays all that the wallet holds")
            size: Theme.title
            text: view.deeds.amount
            mostSigns: 9
            onEdited: text => view.deeds.typeAmount(text)
            onAccepted: view.deeds.confirm()
        }

        TextBox {
            id: nameBox
            objectName: "deed_name"
            visible: view.step === "form" && view.deeds.deed === "lost"
            width: parent.width
            label: qsTr("Driver's name")
            size: Theme.title
            text: view.deeds.driverName
            onEdited: text => view.deeds.typeName(text)
            onAccepted: phoneBox.forceActiveFocus(Qt.TabFocusReason)
        }

        TextBox {
            id: phoneBox
            objectName: "deed_phone"
            visible: view.step === "form" && view.deeds.deed === "lost"
            width: parent.width
            label: qsTr("Phone number that the driver left with the wallet")
            size: Theme.title
            text: view.deeds.phone
            mostSigns: 24
            onEdited: text => view.deeds.typePhone(text)
            onAccepted: view.deeds.confirm()
        }

        Words {
            visible: view.asksPin
            width: parent.width
            text: qsTr("Turn to the driver: the PIN is the driver's own and nobody else sees it.")
        }

        PinBox {
            id: pinBox
            objectName: "deed_pin"
            visible: view.asksPin
            width: parent.width
            label: view.deeds.deed !== "pin" ? qsTr("PIN of the wallet") : view.step === "pin" ? qsTr("New PIN, at least %1 digits").arg(view.deeds.shortestDigits) : qsTr("The same PIN once more")
            length: view.deeds.pinLength
            onDigit: digit => view.deeds.typeDigit(digit)
            onErased: view.deeds.erase()
            onAccepted: view.deeds.confirm()
        }

        Words {
            visible: view.step === "done" && view.deeds.deed === "pay-out"
            width: parent.width
            text: qsTr("Give the driver this cash")
            size: Theme.title
            strong: true
        }

        Words {
            objectName: "deed_paid"
            visible: view.step === "done" && view.deeds.deed === "pay-out"
            width: parent.width
            text: view.deeds.cash
            size: Theme.sign
            strong: true
        }

        MoneyLine {
            visible: view.step === "done" && view.deeds.deed === "pay-out"
            width: parent.width
            label: qsTr("The wallet now holds")
            amount: view.deeds.balance
            total: true
        }

        Words {
            visible: view.step === "done" && view.deeds.deed === "pin"
            width: parent.width
            text: qsTr("The wallet has its new PIN.")
            size: Theme.title
            strong: true
        }

        Words {
            visible: view.step === "done" && view.deeds.deed === "lost"
            width: parent.width
            text: qsTr("The lost pass opens nothing any more. This new pass code is shown once: let the driver take a picture of it, or write it down.")
        }

        Words {
            objectName: "wallet_deed_problem"
            visible: text !== ""
            width: parent.width
            text: view.problem(view.deeds.problem)
            strong: true
            color: Theme.bad
            Accessible.role: Accessible.AlertMessage
        }

        BigButton {
            id: nextKey
            objectName: "wallet_deed_next"
            kind: "primary"
            width: parent.width
            height: Theme.mm(16)
            centred: true
            enabled: !view.deeds.isWaiting
            label: view.act()
            onActed: view.deeds.confirm()
        }
    }

    LetterKeys {
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        visible: view.step === "form"
        width: Theme.mm(220)
        window: view.window
    }

    DigitPad {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(20)
        y: form.y
        visible: view.asksPin
        keyWidth: Theme.mm(36)
        keyHeight: Theme.mm(28)
        onDigit: digit => view.deeds.typeDigit(digit)
        onErased: view.deeds.erase()
        onAccepted: view.deeds.confirm()
    }

    Column {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(24)
        y: form.y
        visible: view.step === "done" && view.deeds.deed === "lost"
        spacing: Theme.gapWide

        QrPicture {
            text: view.deeds.passQr
            side: Theme.mm(125)
        }

        Words {
            objectName: "deed_pass_text"
            width: Theme.mm(125)
            text: view.deeds.passText
            size: Theme.sign
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
