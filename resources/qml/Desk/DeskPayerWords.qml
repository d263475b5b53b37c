// The words of the desk where somebody else pays: a shop, the next driver, or the operator.
pragma Singleton
import QtQuick

QtObject {
    function button(deed: string): string {
        switch (deed) {
        case "validate":
            return qsTr("A shop pays a part…");
        case "hand-over":
            return qsTr("Hand the car over…");
        default:
            return qsTr("Goodwill…");
        }
    }

    function heading(deed: string, plate: string): string {
        switch (deed) {
        case "validate":
            return qsTr("A shop pays a part for %1").arg(plate);
        case "hand-over":
            return qsTr("Hand %1 over").arg(plate);
        case "goodwill":
            return qsTr("Goodwill for a wallet");
        default:
            return qsTr("Done");
        }
    }

    function meaning(deed: string): string {
        switch (deed) {
        case "validate":
            return qsTr("It counts at the exit, never for more than the stay costs. It is written down with your name.");
        case "hand-over":
            return qsTr("The next driver pays from now on, by wallet or fleet pass, and pays a deposit for the booked time that is left. The driver before gets the own rest back at the exit.");
        case "goodwill":
            return qsTr("The car park gives this amount, without a stay. It is written down with your name and the reason.");
        default:
            return "";
        }
    }

    function kind(code: string): string {
        switch (code) {
        case "amount":
            return qsTr("Amount");
        case "minutes":
            return qsTr("Minutes");
        default:
            return qsTr("Percent");
        }
    }

    function amount(kind: string): string {
        switch (kind) {
        case "amount":
            return qsTr("Amount, such as 2 or 2.50");
        case "minutes":
            return qsTr("Minutes that are paid for");
        default:
            return qsTr("Percent of the charge, up to 100");
        }
    }

    function problem(code: string, limit: string): string {
        switch (code) {
        case "":
            return "";
        case "amount-missing":
            return qsTr("Write an amount such as 2 or 2.50. Nothing was done.");
        case "minutes-missing":
            return qsTr("Write whole minutes. Nothing was done.");
        case "percent-missing":
            return qsTr("Write a whole number from 1 to 100. Nothing was done.");
        case "pass-missing":
            return qsTr("Scan or type the pass. Nothing was done.");
        case "reason-missing":
            return qsTr("Write a reason. No money moved.");
        case "driver-pin-missing":
            return qsTr("The next driver types the PIN of the pass. Nothing was done.");
        case "pin-missing":
            return qsTr("Type your PIN again. No money moved.");
        case "wrong-pin":
            return qsTr("The PIN is wrong. No money moved. Type it again.");
        case "locked":
            return qsTr("Too many wrong PINs. No money moved. Wait until %1.").arg(limit);
        case "second-needed":
        case "second-missing":
            return qsTr("So much takes two people: name and PIN of another attendant, and yours again. The operator must have confirmed both. No money moved.");
        case "too-much":
            return qsTr("At most %1 at once. No money moved.").arg(limit);
        case "unknown-pass":
            return qsTr("Nobody has this pass. No money moved. Check the eight signs.");
        case "wallet-low":
            return qsTr("Only %1 is on this wallet: too little for the deposit. No money moved.").arg(limit);
        case "credit-exhausted":
            return qsTr("The credit of this fleet is used up. Nothing was done.");
        case "not-inside":
            return qsTr("This car is not inside any more, or its stay is settled. Nothing was done.");
        case "not-handed-over":
            return qsTr("This car is not inside any more, or this pass pays for it already. No money moved.");
        case "shop-unknown":
            return qsTr("This shop takes part no more. Choose another one.");
        case "changed":
            return qsTr("Another stay is shown by now. Nothing was done.");
        case "busy":
            return qsTr("The computer is busy. Nothing was done. Try again.");
        default:
            return qsTr("Something failed. Nothing was done. See what needs you, then try again.");
        }
    }

    function act(deed: string): string {
        switch (deed) {
        case "validate":
            return qsTr("Write it down (Enter)");
        case "hand-over":
            return qsTr("Hand it over (Enter)");
        case "goodwill":
            return qsTr("Give it (Enter)");
        default:
            return qsTr("Done (Enter)");
        }
    }

    function told(note: string, plate: string): string {
        switch (note) {
        case "validated":
            return qsTr("So much it takes off the bill of %1 now; minutes and percent can be more at the exit.").arg(plate);
        case "handed-over":
            return qsTr("So much the next driver of %1 has paid as deposit.").arg(plate);
        case "goodwill":
            return qsTr("So much is on the wallet now.");
        default:
            return "";
        }
    }
}
