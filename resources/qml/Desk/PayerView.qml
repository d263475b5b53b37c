// Asks who else pays, and how much: a shop for a part, the next driver, the operator as goodwill.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

AskCard {
    id: view

    required property PayerForm form
    readonly property var shown: form.shown
    readonly property string deed: shown.deed
    readonly property bool asksAmount: deed === "validate" || deed === "goodwill"
    readonly property bool asksPass: deed === "hand-over" || deed === "goodwill"

    function begin() {
        const first = [passBox, amountBox].find(box => box.visible);
        if (view.visible && first)
            first.forceActiveFocus(Qt.PopupFocusReason);
    }

    visible: form.isShown
    onDeedChanged: Qt.callLater(view.begin)
    prefix: "payer"
    title: DeskPayerWords.heading(view.deed, view.shown.plate)
    explanation: DeskPayerWords.meaning(view.deed)
    asksText: view.deed === "goodwill"
    textHint: ""
    reason: shown.reason
    problem: DeskPayerWords.problem(view.shown.problem, view.shown.limit)
    canConfirm: !form.isWaiting
    canCancel: deed !== "told"
    confirmLabel: form.isWaiting ? qsTr("One moment…") : DeskPayerWords.act(view.deed)
    confirmSign: deed === "goodwill" || deed === "hand-over" ? "money" : "tick"
    onSaid: text => view.form.say("reason", text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Column {
        visible: view.deed === "told"
        width: parent.width
        spacing: Theme.gap

        Words {
            objectName: "payer_amount_told"
            width: parent.width
            text: view.shown.limit
            size: Theme.sign
            strong: true
        }

        Words {
            width: parent.width
            text: DeskPayerWords.told(view.shown.note, view.shown.plate)
            strong: true
        }
    }

    GridView {
        id: shops

        objectName: "payer_shops"
        visible: view.deed === "validate"
        width: parent.width
        height: Math.min(3, Math.ceil(count / 2)) * cellHeight
        cellWidth: width / 2
        cellHeight: Theme.mm(14) + Theme.gap
        clip: true
        model: view.form.shops
        delegate: Item {
            id: cell

            required property var modelData

            width: shops.cellWidth
            height: shops.cellHeight

            Choice {
                objectName: "payer_shop_" + cell.modelData.key
                isChosen: view.shown.shop === cell.modelData.key
                centred: false
                size: Theme.body
                width: parent.width - Theme.gap
                height: Theme.mm(14)
                label: cell.modelData.name || qsTr("The car park itself")
                onActed: view.form.say("shop", cell.modelData.key)
            }
        }
    }

    Row {
        visible: view.deed === "validate"
        topPadding: Theme.gap
        spacing: Theme.gap

        Repeater {
            model: ["amount", "minutes", "percent"]

            Choice {
                required property string modelData

                objectName: "payer_kind_" + modelData
                isChosen: view.shown.kind === modelData
                size: Theme.body
                width: Theme.mm(54)
                height: Theme.mm(14)
                label: DeskPayerWords.kind(modelData)
                onActed: view.form.say("kind", modelData)
            }
        }
    }

    TextBox {
        id: passBox
        objectName: "payer_pass"
        visible: view.asksPass
        width: parent.width
        label: view.deed === "goodwill" ? qsTr("Pass code of the wallet, typed or scanned") : qsTr("Wallet or fleet pass of the next driver, typed or scanned")
        hint: qsTr("8 signs")
        text: view.shown.pass_code
        mostSigns: 16
        onEdited: text => view.form.say("pass_code", text)
        onAccepted: {
            if (view.asksAmount)
                amountBox.forceActiveFocus(Qt.TabFocusReason);
            else
                proofRow.takeFocus();
        }
    }

    below: [
        ProofRow {
            id: proofRow

            visible: view.deed !== "told"
            prefix: view.prefix
            proof: view.form.proof
            asksPin: view.asksPass
            pinLabel: view.deed === "goodwill" ? qsTr("Your PIN again") : qsTr("PIN of the pass: the next driver types it")
            onDigit: digit => view.form.typeDigit(digit)
            onErased: view.form.erase()
            onAccepted: view.form.confirm()

            TextBox {
                id: amountBox
                objectName: "payer_amount"
                visible: view.asksAmount
                width: parent.width
                label: DeskPayerWords.amount(view.shown.kind)
                text: view.shown.amount
                mostSigns: 9
                onActiveFocusChanged: if (activeFocus)
                    view.form.proof.point("amount")
                onEdited: text => view.form.say("amount", text)
                onAccepted: view.form.confirm()
            }
        }
    ]
}
