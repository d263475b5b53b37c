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
        case "bank":
            return qsTr("Bank");
        case "receivable":
            return receivable(whose);
        case "uncollected":
            return qsTr("Left unpaid");
        case "held-by-owner":
            return qsTr("Held by the owner");
        case "payout-in-flight":
            return qsTr("Payout on its way");
        case "voucher":
            return qsTr("Vouchers");
        case "suspense":
            return qsTr("To be explained, %1").arg(whose);
        case "rounding":
            return qsTr("Rounding");
        case "promo":
            return qsTr("Promotions");
        case "bad-debt":
            return qsTr("Bad debts");
        case "cash-over-short":
            return qsTr("Cash over or short");
        default:
            return whose.endsWith(":disputed") ? qsTr("Disputed at %1").arg(whose.split(":")[0]) : qsTr("Provider %1").arg(whose);
        }
    }

    function receivable(whose: string): string {
        const whom = whose.split(":")[0];
        return whom === "fleet" ? qsTr("Owed by a fleet") : whom === "shop" ? qsTr("Owed by a shop") : qsTr("Owed by the driver");
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
        case "capture":
            return qsTr("Collected from the card");
        case "capture-failed":
            return qsTr("Not paid by the provider");
        case "debt":
            return qsTr("Debt paid");
        case "unpaid":
            return qsTr("Left unpaid");
        case "write-off":
            return qsTr("Debt written off");
        case "goodwill":
            return qsTr("Goodwill");
        case "validation":
            return qsTr("Paid by a shop");
        case "link":
            return qsTr("Linked with a reservation");
        case "suspense":
            return qsTr("To be explained");
        case "provider-fee":
            return qsTr("Provider's fee");
        case "cancellation":
            return qsTr("Cancellation");
        case "displacement":
            return qsTr("No space left: money back");
        case "displacement-share":
            return qsTr("Share of a late car's surcharge");
        case "owner-recall":
            return qsTr("Its owner took the space back");
        case "recall-compensation":
            return qsTr("Compensation for a recall");
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
