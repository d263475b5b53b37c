// The PIN again, name and PIN of a second person where two are needed, and a pad for fingers.
pragma ComponentBehavior: Bound
import QtQuick
import Theme

Row {
    id: row

    // What the names of its boxes begin with.
    required property string prefix
    required property ProofEntry proof
    property bool asksPin: true
    property string pinLabel: qsTr("Your PIN again")
    // Lines of the card itself stand above the PIN.
    default property alias above: aboveRoom.data

    // A key of the pad, for wherever digits go.
    signal digit(string digit)
    signal erased
    signal accepted

    function takeFocus() {
        pinBox.forceActiveFocus(Qt.TabFocusReason);
    }

    width: parent.width
    spacing: Theme.gapWide

    Column {
        width: Theme.mm(92)
        spacing: Theme.gap

        Column {
            id: aboveRoom
            width: parent.width
            spacing: Theme.gap
        }

        PinBox {
            id: pinBox
            objectName: row.prefix + "_pin"
            visible: row.asksPin
            width: parent.width
            label: row.pinLabel
            length: row.proof.pinLength
            onActiveFocusChanged: if (activeFocus)
                row.proof.point("pin")
            onDigit: digit => row.proof.typeDigit(digit)
            onErased: row.proof.erase()
            onAccepted: row.accepted()
        }

        TextBox {
            objectName: row.prefix + "_second"
            visible: row.proof.needsSecond
            width: parent.width
            label: qsTr("Name of a second attendant")
            text: row.proof.second
            mostSigns: 40
            onEdited: text => row.proof.nameSecond(text)
            onAccepted: row.accepted()
        }

        PinBox {
            objectName: row.prefix + "_second_pin"
            visible: row.proof.needsSecond
            width: parent.width
            label: qsTr("PIN of the second attendant")
            length: row.proof.secondLength
            onActiveFocusChanged: if (activeFocus)
                row.proof.point("second")
            onDigit: digit => row.proof.typeDigit(digit)
            onErased: row.proof.erase()
            onAccepted: row.accepted()
        }
    }

    DigitPad {
        objectName: row.prefix + "_pad"
        keyWidth: Theme.mm(22)
        keyHeight: Theme.mm(14)
        onDigit: digit => row.digit(digit)
        onErased: row.erased()
        onAccepted: row.accepted()
    }
}
