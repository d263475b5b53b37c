// The locked desk: who are you, and your PIN; calls for help are shown here too.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

FocusScope {
    id: view

    required property SignInForm signIn
    required property NoticesCard notices
    required property string siteName
    required property string time
    required property var names
    required property var languages
    required property string language
    required property Window window

    signal languageChosen(string code)

    function problem(code: string): string {
        switch (code) {
        case "wrong-pin":
            return qsTr("Name and PIN do not fit. Try again.");
        case "wait":
            return qsTr("Too many wrong PINs. Try again at %1.").arg(view.signIn.lockedUntil);
        case "pin-refused":
            return qsTr("At least %1 digits, and not all the same.").arg(view.signIn.shortestDigits);
        case "differs":
            return qsTr("The two PINs differ. Choose again.");
        case "name-missing":
            return qsTr("Write your name first.");
        case "busy":
            return qsTr("The computer is busy. Try again.");
        case "failed":
            return qsTr("Something failed. Try again, or call support.");
        default:
            return "";
        }
    }

    function begin() {
        (nameBox.visible && view.signIn.name === "" ? nameBox : pinBox).forceActiveFocus(Qt.TabFocusReason);
    }

    onVisibleChanged: if (visible)
        Qt.callLater(view.begin)
    Component.onCompleted: Qt.callLater(view.begin)

    Rectangle {
        anchors.fill: parent
        color: Theme.band
    }

    Column {
        id: greeting

        x: Theme.mm(50)
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: view.names.length === 0 ? -Theme.mm(45) : 0
        width: Theme.mm(190)
        spacing: Theme.mm(8)

        Rectangle {
            width: Theme.mm(34)
            height: width
            radius: Theme.radius
            color: Theme.accent

            Sign {
                anchors.centerIn: parent
                name: "park"
                colour: Theme.accentInk
                size: Theme.mm(24)
            }
        }

        Words {
            width: parent.width
            text: view.siteName
            size: Theme.sign
            strong: true
            color: Theme.bandInk
            lineHeight: 0.95
        }

        Words {
            width: parent.width
            text: qsTr("Desk  ·  %1").arg(view.time)
            size: Theme.figure
            color: Theme.bandInkQuiet
        }

        Rectangle {
            objectName: "locked_call"
            visible: view.notices.hasCall
            width: call.implicitWidth + Theme.mm(24)
            height: Theme.mm(16)
            radius: Theme.radius
            color: Theme.attention
            Accessible.role: Accessible.AlertMessage
            Accessible.name: call.text

            Sign {
                x: Theme.mm(5)
                anchors.verticalCenter: parent.verticalCenter
                name: "help"
                colour: Theme.attentionInk
                size: Theme.mm(9)
            }

            Words {
                id: call
                x: Theme.mm(18)
                height: parent.height
                text: qsTr("Help is wanted at a lane. Sign in to see which.")
                size: Theme.title
                strong: true
                color: Theme.attentionInk
                wrapMode: Text.NoWrap
                Accessible.ignored: true
            }
        }
    }

    Rectangle {
        anchors.right: parent.right
        anchors.rightMargin: Theme.mm(50)
        anchors.verticalCenter: parent.verticalCenter
        width: Theme.mm(160)
        height: form.implicitHeight + 2 * Theme.mm(12)
        radius: Theme.radius
        color: Theme.card

        Column {
            id: form

            x: Theme.mm(14)
            y: Theme.mm(12)
            width: parent.width - 2 * x
            spacing: Theme.mm(5)

            Words {
                width: parent.width
                text: view.signIn.page === "pin" ? qsTr("Sign in") : view.signIn.page === "choose" ? qsTr("Choose your own PIN") : qsTr("Your new PIN once more")
                size: Theme.figure
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                visible: view.signIn.page === "choose"
                text: qsTr("The one-time PIN was right. From now on only your own PIN opens this desk: at least %1 digits, not all the same.").arg(view.signIn.shortestDigits)
            }

            Flow {
                width: parent.width
                visible: view.signIn.page === "pin" && view.names.length > 0
                spacing: Theme.gap

                Repeater {
                    model: view.names

                    Choice {
                        required property string modelData

                        objectName: "name_" + modelData
                        isChosen: view.signIn.name === modelData
                        sign: "person"
                        height: Theme.action
                        size: Theme.body
                        label: modelData
                        onActed: view.signIn.typeName(modelData)
                    }
                }
            }

            TextBox {
                id: nameBox
                objectName: "attendant_name"
                visible: view.signIn.page === "pin"
                width: parent.width
                label: qsTr("Name")
                size: Theme.title
                text: view.signIn.name
                onEdited: text => view.signIn.typeName(text)
                onAccepted: pinBox.forceActiveFocus(Qt.TabFocusReason)
            }

            PinBox {
                id: pinBox
                objectName: "attendant_pin"
                width: parent.width
                label: view.signIn.page === "pin" ? qsTr("PIN") : qsTr("New PIN")
                length: view.signIn.pinLength
                onDigit: digit => view.signIn.typeDigit(digit)
                onErased: view.signIn.erase()
                onAccepted: view.signIn.confirm()
            }

            DigitPad {
                width: parent.width
                keyWidth: Math.floor((parent.width - 2 * Theme.gap) / 3)
                keyHeight: Theme.mm(15)
                onDigit: digit => view.signIn.typeDigit(digit)
                onErased: view.signIn.erase()
                onAccepted: view.signIn.confirm()
            }

            Words {
                objectName: "sign_in_problem"
                width: parent.width
                height: Theme.mm(8)
                text: view.problem(view.signIn.problem)
                strong: true
                color: Theme.bad
                Accessible.role: Accessible.AlertMessage
            }

            BigButton {
                objectName: "sign_in"
                width: parent.width
                height: Theme.mm(16)
                kind: "primary"
                centred: true
                enabled: !view.signIn.isWaiting
                label: view.signIn.isWaiting ? qsTr("One moment…") : view.signIn.page === "pin" ? qsTr("Unlock (Enter)") : view.signIn.page === "choose" ? qsTr("Next (Enter)") : qsTr("Use this PIN (Enter)")
                onActed: view.signIn.confirm()
            }
        }
    }

    LetterKeys {
        anchors.left: greeting.left
        anchors.bottom: parent.bottom
        anchors.bottomMargin: Theme.mm(20)
        visible: view.names.length === 0 && view.signIn.page === "pin"
        width: Theme.mm(190)
        window: view.window
    }

    LanguageSwitch {
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: Theme.margin
        width: Theme.mm(80)
        choices: view.languages
        current: view.language
        onChosen: code => view.languageChosen(code)
    }
}
