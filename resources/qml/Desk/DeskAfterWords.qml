// The words of the desk for deeds after a settlement: refunds, disputes, chargebacks, debts.
pragma Singleton
import QtQuick

QtObject {
    function button(deed: string): string {
        switch (deed) {
        case "give-back":
            return qsTr("Refund…");
        case "dispute":
            return qsTr("Driver disputes…");
        case "uphold":
            return qsTr("Uphold the dispute…");
        case "refuse":
            return qsTr("Refuse the dispute…");
        case "chargeback":
            return qsTr("Chargeback…");
        case "lost":
            return qsTr("Chargeback lost");
        case "won":
            return qsTr("Chargeback won");
        case "debt-cash":
            return qsTr("Take the debt in cash");
        default:
            return qsTr("Write the debt off…");
        }
    }

    function heading(deed: string, plate: string): string {
        switch (deed) {
        case "give-back":
            return qsTr("Refund %1").arg(plate);
        case "dispute":
            return qsTr("%1 disputes its stay").arg(plate);
        case "uphold":
            return qsTr("%1 is in the right").arg(plate);
        case "refuse":
            return qsTr("Refuse the dispute of %1").arg(plate);
        case "chargeback":
            return qsTr("A bank took the payment of %1 back").arg(plate);
        case "lost":
            return qsTr("The chargeback of %1 is lost").arg(plate);
        case "won":
            return qsTr("The chargeback of %1 is won").arg(plate);
        case "debt-cash":
            return qsTr("%1 pays its debt").arg(plate);
        case "debt-give-up":
            return qsTr("Write off the debt of %1").arg(plate);
        default:
            return qsTr("%1 gets money back").arg(plate);
        }
    }

    function meaning(deed: string, most: string): string {
        switch (deed) {
        case "give-back":
        case "uphold":
            return qsTr("At most %1 can go back, to whoever paid. A corrective receipt names the receipt. It is written down with your name and the reason.").arg(most);
        case "dispute":
            return qsTr("In time within 24 hours when the driver could not park, and 28 days for the charges. Its owner is not paid out before you decide.");
        case "refuse":
            return qsTr("Nothing goes back, and the owner is paid out. The driver gets your words.");
        case "chargeback":
            return qsTr("Copy what the provider writes. The parties keep their shares until it is lost.");
        case "lost":
            return qsTr("%1 stays with the driver's bank. Owner, manager and operator each lose their part.").arg(most);
        case "won":
            return qsTr("The provider gives %1 back. The parties keep their shares, or have them again.").arg(most);
        case "debt-cash":
            return qsTr("Take %1. It goes into the till of this desk, and everyone gets the share.").arg(most);
        case "debt-give-up":
            return qsTr("%1 is given up. Nobody gets a share of it. It is written down with your name.").arg(most);
        default:
            return qsTr("A wallet has it already. A card gets it as soon as its provider says so.");
        }
    }

    function asks(deed: string): string {
        return deed === "chargeback" ? qsTr("Number of the case at the provider") : deed === "dispute" ? qsTr("What the driver says") : qsTr("Reason");
    }

    function choice(code: string): string {
        switch (code) {
        case "could-not-park":
            return qsTr("Could not park");
        case "charges":
            return qsTr("The price is wrong");
        case "parties":
            return qsTr("Each gives its part");
        default:
            return qsTr("Goodwill: the operator pays");
        }
    }

    function problem(code: string, limit: string): string {
        switch (code) {
        case "":
            return "";
        case "amount-missing":
            return qsTr("Write an amount such as 2 or 2.50. No money moved.");
        case "reason-missing":
            return qsTr("Write in the line what it asks for. Nothing was done.");
        case "pin-missing":
            return qsTr("Type your PIN again. No money moved.");
        case "wrong-pin":
            return qsTr("A PIN is wrong. No money moved. Type it again.");
        case "locked":
            return qsTr("Too many wrong PINs. No money moved. Wait until %1.").arg(limit);
        case "second-needed":
        case "second-missing":
            return qsTr("So much takes two people: name and PIN of another attendant, and yours again. The operator must have confirmed both. No money moved.");
        case "too-much":
            return qsTr("That is nothing, or more than can go back: at most %1. No money moved.").arg(limit);
        case "too-late":
            return qsTr("Too late: this had to be said before %1. Nothing was written.").arg(limit);
        case "disputed-already":
            return qsTr("This stay is disputed already. Nothing was written.");
        case "decided-already":
            return qsTr("This was decided before. Nothing was changed.");
        case "nothing-paid":
            return qsTr("Nobody has paid for this stay. Nothing was written.");
        case "no-shift":
            return qsTr("Open a shift with a counted till first. No money moved.");
        case "no-debt":
            return qsTr("This debt is paid or written off by now. No money moved.");
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
        case "give-back":
        case "uphold":
            return qsTr("Give it back (Enter)");
        case "refuse":
            return qsTr("Refuse it (Enter)");
        case "debt-cash":
            return qsTr("Cash is in the till (Enter)");
        case "debt-give-up":
            return qsTr("Write it off (Enter)");
        case "given":
            return qsTr("Done (Enter)");
        default:
            return qsTr("Write it down (Enter)");
        }
    }

    function said(code: string, of: string): string {
        switch (code) {
        case "disputed":
            return qsTr("%1: dispute written down").arg(of);
        case "refused":
            return qsTr("%1: dispute refused").arg(of);
        case "charged-back":
            return qsTr("%1: chargeback written down").arg(of);
        case "lost":
            return qsTr("%1: chargeback lost").arg(of);
        case "won":
            return qsTr("%1: chargeback won").arg(of);
        case "debt-paid":
            return qsTr("%1: debt paid").arg(of);
        case "debt-given-up":
            return qsTr("%1: debt written off").arg(of);
        case "explained":
            return qsTr("%1: explained").arg(of);
        default:
            return "";
        }
    }

    function headline(kind: string, plate: string, amount: string, words: string): string {
        switch (kind) {
        case "capture-failed":
            return qsTr("%1 was not collected from %2").arg(amount).arg(plate);
        case "refund-refused":
            return qsTr("%1 does not give %2 back").arg(words).arg(amount);
        case "suspense-more":
            return qsTr("%1 reports %2 more than our books").arg(words).arg(amount);
        case "suspense-less":
            return qsTr("%1 reports %2 less than our books").arg(words).arg(amount);
        case "missing":
            return qsTr("%1 knows nothing of %2").arg(words).arg(amount);
        case "missing-refund":
            return qsTr("%1 knows nothing of the refund of %2").arg(words).arg(amount);
        case "unanswered":
            return qsTr("%1 does not answer about %2").arg(words).arg(amount);
        case "dispute":
            return qsTr("%1 disputes its stay").arg(plate);
        case "chargeback":
            return qsTr("A bank took %1 of %2 back").arg(amount).arg(plate);
        default:
            return qsTr("%1 owes %2").arg(plate).arg(amount);
        }
    }

    function advice(kind: string, words: string): string {
        switch (kind) {
        case "refund-refused":
            return qsTr("Pay it to the driver in cash, on the page of the stay.");
        case "suspense-more":
        case "suspense-less":
            return qsTr("Ask the provider what it was, then explain it here.");
        case "missing":
        case "missing-refund":
            return qsTr("It goes when a report has it. If none does, ask the provider, then explain it here.");
        case "unanswered":
            return qsTr("It is asked again by itself. If it stays, call the provider.");
        case "dispute":
            return qsTr("“%1” Decide on its page; its owner is not paid out before.").arg(words);
        case "chargeback":
            return words === "" ? qsTr("Send the evidence, then write on its page who has won.") : qsTr("Send the evidence until %1, then write on its page who has won.").arg(words);
        default:
            return qsTr("To be paid until %1: in cash on its page, or with its code.").arg(words);
        }
    }
}
