// The words of the desk for money: who has it, what a stay's bill and the ledger's journals name.
pragma Singleton
import QtQuick

QtObject {
    function party(code: string): string {
        switch (code) {
        case "escrow":
            return qsTr("In escrow for stays");
        case "refund-due":
            return qsTr("Refunds due");
        case "wallet":
            return qsTr("Drivers' wallets");
        case "owner":
            return qsTr("Owners");
        case "manager":
            return qsTr("Property manager");
        case "commission":
            return qsTr("Commission");
        case "vat":
            return qsTr("VAT on commission");
        case "till":
            return qsTr("Cash in the till");
        case "bank":
            return qsTr("At the bank");
        case "receivable":
            return qsTr("Owed to the site");
        case "other":
            return qsTr("Costs, rounding and all else");
        default:
            return qsTr("Claims on card providers");
        }
    }

    function account(code: string, whose: string): string {
        switch (code) {
        case "escrow":
            return qsTr("Escrow");
        case "refund-due":
            return qsTr("Refund due");
        case "wallet":
            return qsTr("Driver's wallet");
        case "owner":
            return whose === "" ? qsTr("Owner") : qsTr("Owner %1").arg(whose);
        case "manager":
            return qsTr("Property manager");
        case "commission":
            return qsTr("Commission");
        case "vat":
            return qsTr("VAT");
        case "till":
            return qsTr("Till %1").arg(whose);
        case "goodwill":
            return qsTr("Goodwill");
        case "provider-fees":
            return qsTr("Provider's fees");
        case "chargeback-loss":
            return qsTr("Lost chargebacks");
        default:
            return qsTr("Provider %1").arg(whose);
        }
    }

    function bill(code: string): string {
        switch (code) {
        case "block":
            return qsTr("Started blocks");
        case "time":
            return qsTr("Time to the second");
        case "flat":
            return qsTr("Fixed price");
        case "per-entry":
        case "band-minimum":
            return qsTr("Price per entry");
        case "cap":
            return qsTr("Highest price");
        case "free":
            return qsTr("Free time");
        case "validation":
            return qsTr("Paid by a shop");
        case "minimum":
            return qsTr("Up to the lowest price");
        case "promise":
            return qsTr("Not more than promised");
        case "discount":
            return qsTr("Discount");
        case "surcharge":
            return qsTr("Surcharge");
        case "early":
            return qsTr("Before the reserved time");
        case "overstay":
            return qsTr("After the reserved time");
        case "overstay-surcharge":
            return qsTr("Surcharge for overstaying");
        case "lost-ticket":
            return qsTr("Lost ticket");
        case "rounding":
            return qsTr("Rounding");
        case "cash-rounding":
            return qsTr("Rounding for cash");
        case "not-priced":
            return qsTr("This stay has no price: look at it, then open for it.");
        case "total":
            return qsTr("Charge");
        case "added-tax":
            return qsTr("Tax");
        case "tax":
            return qsTr("of which tax");
        case "supplier":
            return qsTr("Supplied by");
        case "deposit":
            return qsTr("Deposit");
        case "due":
            return qsTr("Still due");
        case "refund":
            return qsTr("Refund");
        case "owner":
            return qsTr("Owner");
        case "manager":
            return qsTr("Property manager");
        case "commission":
            return qsTr("Commission");
        case "vat":
            return qsTr("VAT on commission");
        case "waived":
            return qsTr("Waived by the attendant");
        case "later-refund":
            return qsTr("Given back later");
        case "later-goodwill":
            return qsTr("Given back later, goodwill");
        case "chargeback-lost":
            return qsTr("Taken back by a bank");
        case "chargeback-won":
            return qsTr("Won back from the bank");
        case "charge-now":
            return qsTr("Charge after that");
        default:
            return code;
        }
    }

    function journal(code: string): string {
        switch (code) {
        case "top-up":
            return qsTr("Top-up");
        case "deposit":
            return qsTr("Deposit");
        case "due":
            return qsTr("Payment at the exit");
        case "settlement":
            return qsTr("Settlement");
        case "refund":
            return qsTr("Refund");
        case "no-show":
            return qsTr("No-show");
        case "later-refund":
            return qsTr("Later refund");
        case "chargeback":
            return qsTr("Chargeback");
        default:
            return code;
        }
    }

    function notPriced(code: string): string {
        switch (code) {
        case "EntryTooLongAgo":
            return qsTr("it came in more than a year ago");
        case "ExitBeforeEntry":
            return qsTr("by the clock it has not come in yet");
        default:
            return qsTr("its tariff does not price all of it");
        }
    }
}
