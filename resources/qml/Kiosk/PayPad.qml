// How it is paid: a pass with its PIN or, where the site has it, a card; and one button to pay.
import QtQuick
import Kiosk
import Parts
import Theme

Item {
    id: pad

    required property PayForm form
    // What the big button says: "Pay €4.00", "Show my ticket".
    required property string actionLabel
    property string actionSign: "money"
    // False where only a pass says who pays.
    property bool takesCard: true
    readonly property bool asksMethod: takesCard && form.hasCard
    readonly property bool isCard: form.method === "card"

    signal cancelled

    PayChecking {
        anchors.fill: parent
        visible: pad.form.isUnderway
        form: pad.form
    }

    Item {
        anchors.fill: parent
        visible: !pad.form.isUnderway

        Row {
            id: methods

            width: parent.width
            height: pad.asksMethod ? Theme.touch : 0
            visible: pad.asksMethod
            spacing: Theme.gap

            PayMethod {
                objectName: "method_wallet"
                width: (parent.width - parent.spacing) * 0.62
                height: parent.height
                label: qsTr("Wallet or fleet")
                sign: "wallet"
                chosen: !pad.isCard
                onActed: pad.form.choose_wallet()
            }

            PayMethod {
                objectName: "method_card"
                width: (parent.width - parent.spacing) * 0.38
                height: parent.height
                label: qsTr("Card")
                sign: "money"
                chosen: pad.isCard
                onActed: pad.form.choose_card()
            }
        }

        Row {
            id: fields

            anchors.top: methods.bottom
            anchors.topMargin: pad.asksMethod ? Theme.mm(4) : 0
            width: parent.width
            height: Theme.mm(28)
            visible: !pad.isCard
            spacing: Theme.gap

            PayField {
                objectName: "pass_field"
                width: (parent.width - parent.spacing) * 0.56
                height: parent.height
                label: qsTr("Pass: scan or type")
                text: pad.form.passCode
                sign: "wallet"
                active: pad.form.field === "pass"
                onActed: pad.form.ask_pass()
            }

            PayField {
                objectName: "pin_field"
                width: (parent.width - parent.spacing) * 0.44
                height: parent.height
                label: qsTr("PIN")
                text: ""
                dots: Math.max(pad.form.pinLength, pad.form.pinShortest)
                typed: pad.form.pinLength
                sign: "lock"
                active: pad.form.field === "pin"
                onActed: pad.form.ask_pin()
            }
        }

        PayCodeKeys {
            anchors.top: fields.bottom
            anchors.topMargin: Theme.mm(4)
            width: parent.width
            visible: !pad.isCard && pad.form.field === "pass"
            canCorrect: pad.form.passCode !== ""
            onKey: sign => pad.form.press(sign)
            onCorrect: pad.form.correct()
        }

        Keypad {
            anchors.top: fields.bottom
            anchors.topMargin: Theme.mm(4)
            width: parent.width
            keyHeight: Theme.key
            keyWidth: (width - sideWidth - Theme.gapDanger - 2 * Theme.gap) / 3
            visible: !pad.isCard && pad.form.field === "pin"
            canAccept: pad.form.isReady
            onKey: digit => pad.form.press(digit)
            onCorrect: pad.form.correct()
            onCancelled: pad.cancelled()
            onAccepted: pad.form.pay()
        }

        Column {
            anchors.top: methods.bottom
            anchors.topMargin: Theme.margin
            width: parent.width
            visible: pad.isCard
            spacing: Theme.gapWide

            Sign {
                name: "money"
                size: Theme.mm(40)
                colour: Theme.primary
            }

            Words {
                width: parent.width
                text: qsTr("Press the button below, then hold your card to the card reader.")
                size: Theme.title
            }
        }

        BigButton {
            objectName: "pay"
            anchors.bottom: parent.bottom
            width: parent.width
            size: Theme.title
            sign: pad.actionSign
            forward: true
            enabled: pad.form.isReady
            label: pad.actionLabel
            onActed: pad.form.pay()
        }
    }
}
