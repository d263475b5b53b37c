// Wallets: cash into one, or a new one with the PIN that the driver types here unseen.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property WalletForm wallet
    required property PayerForm payer
    required property Window window
    readonly property string page: wallet.page
    readonly property bool asksPin: wallet.page === "pin" || wallet.page === "repeat"

    signal closed

    function problem(code: string): string {
        switch (code) {
        case "name-missing":
            return qsTr("Write the driver's name.");
        case "pin-refused":
            return qsTr("At least %1 digits, and not all the same. Choose again.").arg(view.wallet.shortestDigits);
        case "differs":
            return qsTr("The two PINs differ. Choose again.");
        case "pass-missing":
            return qsTr("Write or scan the pass code.");
        case "amount-missing":
            return qsTr("Write an amount such as 20 or 20.50.");
        case "unknown-pass":
            return qsTr("No wallet has this pass code. No money was booked. Check the eight signs.");
        case "amount-refused":
            return qsTr("At most %1 at once. No money was booked.").arg(view.wallet.most);
        case "shift-closed":
            return qsTr("No shift is open at this till (Ctrl+T). No money was booked.");
        case "card-declined":
        case "card-unavailable":
            return card.problem(code);
        case "busy":
            return qsTr("The computer is busy. Press again: nothing is booked twice.");
        case "failed":
            return qsTr("Something failed and nothing was booked. Press again: nothing is booked twice.");
        default:
            return "";
        }
    }

    function begin() {
        const first = [passBox, nameBox, pinBox].find(box => box.visible);
        (first ?? nextKey).forceActiveFocus(Qt.TabFocusReason);
    }

    title: ["top-up", "card", "doubt", "topped-up"].includes(wallet.page) ? qsTr("Top up a wallet") : qsTr("New wallet")
    onVisibleChanged: if (visible)
        Qt.callLater(view.begin)
    onPageChanged: if (visible)
        Qt.callLater(view.begin)

    beside: Row {
        spacing: Theme.gap

        BigButton {
            objectName: "wallet_new"
            visible: view.wallet.page === "top-up"
            kind: "secondary"
            sign: "wallet"
            size: Theme.label
            height: Theme.touch
            label: qsTr("New wallet (F2)")
            onActed: view.wallet.openNew()
        }

        Repeater {
            model: [
                {
                    deed: "pay-out",
                    sign: "money",
                    label: qsTr("Pay out")
                },
                {
                    deed: "pin",
                    sign: "lock",
                    label: qsTr("PIN forgotten")
                },
                {
                    deed: "lost",
                    sign: "search",
                    label: qsTr("Pass lost")
                }
            ]

            BigButton {
                required property var modelData

                objectName: "wallet_" + modelData.deed
                visible: view.wallet.page === "top-up"
                kind: "secondary"
                sign: modelData.sign
                size: Theme.label
                height: Theme.touch
                label: modelData.label
                onActed: view.wallet.deeds.begin(modelData.deed)
            }
        }

        BigButton {
            objectName: "payer_goodwill"
            visible: view.wallet.page === "top-up"
            kind: "secondary"
            sign: "money"
            size: Theme.label
            height: Theme.touch
            label: DeskPayerWords.button("goodwill")
            onActed: view.payer.begin("goodwill")
        }

        BigButton {
            objectName: "wallet_back"
            kind: "secondary"
            sign: "back"
            size: Theme.label
            height: Theme.touch
            label: qsTr("Back (Esc)")
            onActed: view.closed()
        }
    }

    Column {
        id: form

        x: Theme.mm(6)
        y: Theme.mm(8)
        width: Theme.mm(140)
        spacing: Theme.gapWide

        TextBox {
            id: passBox
            objectName: "pass_code"
            visible: view.wallet.page === "top-up"
            width: parent.width
            label: qsTr("Pass code of the wallet, typed or scanned")
            hint: qsTr("8 signs")
            size: Theme.title
            text: view.wallet.passCode
            mostSigns: 16
            onEdited: text => view.wallet.typePass(text)
            onAccepted: amountBox.forceActiveFocus(Qt.TabFocusReason)
        }

        Words {
            visible: view.wallet.page === "top-up" && !view.wallet.takesCards
            text: qsTr("Cash that the driver hands over")
            size: Theme.label
            color: Theme.inkQuiet
        }

        WalletCardPart {
            id: card
            width: parent.width
            wallet: view.wallet
        }

        Row {
            visible: view.wallet.page === "top-up"
            spacing: Theme.gap

            Repeater {
                model: view.wallet.quickAmounts

                Choice {
                    required property string modelData

                    objectName: "amount_" + modelData
                    isChosen: view.wallet.amount === modelData
                    width: (form.width - 3 * Theme.gap) / 4
                    height: Theme.mm(16)
                    size: Theme.title
                    label: modelData
                    onActed: view.wallet.typeAmount(modelData)
                }
            }
        }

        TextBox {
            id: amountBox
            objectName: "amount"
            visible: view.wallet.page === "top-up"
            width: parent.width
            label: qsTr("Amount in %1").arg(view.wallet.currency)
            size: Theme.title
            text: view.wallet.amount
            mostSigns: 9
            onEdited: text => view.wallet.typeAmount(text)
            onAccepted: view.wallet.confirm()
        }

        TextBox {
            id: nameBox
            objectName: "driver_name"
            visible: view.wallet.page === "driver"
            width: parent.width
            label: qsTr("Driver's name")
            size: Theme.title
            text: view.wallet.driverName
            onEdited: text => view.wallet.typeName(text)
            onAccepted: phoneBox.forceActiveFocus(Qt.TabFocusReason)
        }

        TextBox {
            id: phoneBox
            objectName: "driver_phone"
            visible: view.wallet.page === "driver"
            width: parent.width
            label: qsTr("Phone number, if the driver wants to leave one")
            size: Theme.title
            text: view.wallet.phone
            mostSigns: 24
            onEdited: text => view.wallet.typePhone(text)
            onAccepted: view.wallet.confirm()
        }

        Words {
            visible: view.asksPin
            width: parent.width
            text: qsTr("Turn to the driver: the PIN is the driver's own and nobody else sees it.")
        }

        PinBox {
            id: pinBox
            objectName: "driver_pin"
            visible: view.asksPin
            width: parent.width
            label: view.wallet.page === "pin" ? qsTr("PIN, at least %1 digits").arg(view.wallet.shortestDigits) : qsTr("The same PIN once more")
            length: view.wallet.pinLength
            onDigit: digit => view.wallet.typeDigit(digit)
            onErased: view.wallet.erase()
            onAccepted: view.wallet.confirm()
        }

        Words {
            visible: view.wallet.page === "opened"
            width: parent.width
            text: qsTr("The wallet is open and holds nothing yet.")
            size: Theme.title
            strong: true
        }

        Words {
            visible: view.wallet.page === "opened"
            width: parent.width
            text: qsTr("This pass code is shown once. Let the driver take a picture of it, or write it down. With the PIN it pays at every screen.")
        }

        Words {
            visible: view.wallet.page === "topped-up"
            width: parent.width
            text: qsTr("%1 added to the wallet").arg(view.wallet.added)
            size: Theme.title
            strong: true
        }

        MoneyLine {
            visible: view.wallet.page === "topped-up"
            width: parent.width
            label: qsTr("The wallet now holds")
            note: view.wallet.passText
            amount: view.wallet.balance
            total: true
        }

        Words {
            objectName: "wallet_problem"
            visible: text !== ""
            width: parent.width
            text: view.problem(view.wallet.problem)
            strong: true
            color: Theme.bad
            Accessible.role: Accessible.AlertMessage
        }

        BigButton {
            id: nextKey
            objectName: "wallet_next"
            kind: "primary"
            width: parent.width
            height: Theme.mm(16)
            centred: true
            enabled: !view.wallet.isWaiting
            label: view.wallet.isWaiting ? qsTr("One moment…") : view.wallet.page === "top-up" && view.wallet.isCard ? card.order : view.wallet.page === "top-up" ? qsTr("Cash is in the till: add it (Enter)") : view.wallet.page === "opened" ? qsTr("Top it up now (Enter)") : view.wallet.page === "topped-up" || view.wallet.page === "doubt" ? qsTr("Next driver (Enter)") : qsTr("Next (Enter)")
            onActed: view.wallet.confirm()
        }
    }

    LetterKeys {
        anchors.bottom: parent.bottom
        anchors.horizontalCenter: parent.horizontalCenter
        visible: view.wallet.page === "top-up" || view.wallet.page === "driver"
        width: Theme.mm(220)
        window: view.window
    }

    Rectangle {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(20)
        anchors.right: parent.right
        y: form.y
        height: help.implicitHeight + 2 * Theme.mm(8)
        visible: view.wallet.page === "top-up" || view.wallet.page === "driver" || view.wallet.page === "topped-up"
        radius: Theme.radius
        color: Theme.ground

        Column {
            id: help

            x: Theme.mm(8)
            y: Theme.mm(8)
            width: parent.width - 2 * x
            spacing: Theme.mm(5)

            Repeater {
                model: [
                    {
                        sign: "wallet",
                        text: qsTr("A wallet pays deposits at every screen with its pass code and PIN. It belongs to the driver.")
                    },
                    {
                        sign: "money",
                        text: view.wallet.isCard ? card.help : qsTr("Count the cash first. What you add is in the till of this desk, under your name.")
                    },
                    {
                        sign: "lock",
                        text: qsTr("Nobody needs the PIN for a top-up. Never ask a driver for it.")
                    }
                ]

                Row {
                    id: hint

                    required property var modelData

                    width: help.width
                    spacing: Theme.mm(5)

                    Sign {
                        name: hint.modelData.sign
                        colour: Theme.inkQuiet
                        size: Theme.mm(9)
                    }

                    Words {
                        width: parent.width - Theme.mm(14)
                        text: hint.modelData.text
                    }
                }
            }
        }
    }

    DigitPad {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(20)
        y: form.y
        visible: view.asksPin
        keyWidth: Theme.mm(36)
        keyHeight: Theme.mm(28)
        onDigit: digit => view.wallet.typeDigit(digit)
        onErased: view.wallet.erase()
        onAccepted: view.wallet.confirm()
    }

    Column {
        anchors.left: form.right
        anchors.leftMargin: Theme.mm(24)
        y: form.y
        visible: view.wallet.page === "opened"
        spacing: Theme.gapWide

        QrPicture {
            text: view.wallet.passQr
            side: Theme.mm(125)
        }

        Words {
            objectName: "pass_text"
            width: Theme.mm(125)
            text: view.wallet.passText
            size: Theme.sign
            strong: true
            horizontalAlignment: Text.AlignHCenter
        }
    }
}
