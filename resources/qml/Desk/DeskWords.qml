// The words of the desk for what Python tells by code: states, phases, faults, accounts, events.
pragma Singleton
import QtQuick

QtObject {
    function use(code: string): string {
        switch (code) {
        case "idle":
            return qsTr("Idle");
        case "reserved":
            return qsTr("Reserved");
        case "occupied":
            return qsTr("Occupied");
        case "not-shared":
            return qsTr("Not shared");
        default:
            return qsTr("Overstayed");
        }
    }

    function stay(code: string): string {
        switch (code) {
        case "pending":
            return qsTr("Not paid yet");
        case "confirmed":
            return qsTr("Expected");
        case "arrived":
            return qsTr("Inside");
        case "settled":
            return qsTr("Leaving");
        case "left":
            return qsTr("Left");
        case "expired":
            return qsTr("Expired");
        case "cancelled":
            return qsTr("Cancelled");
        case "no-show":
            return qsTr("No-show");
        default:
            return qsTr("Overstayed");
        }
    }

    function mark(code: string): string {
        return code === "by-hand" ? qsTr("By hand") : "";
    }

    function group(code: string): string {
        switch (code) {
        case "inside":
            return qsTr("Inside");
        case "expected":
            return qsTr("Expected");
        case "ended":
            return qsTr("Ended");
        default:
            return qsTr("All");
        }
    }

    // What the sign of LaneStrip knows: wait, opening, drive, closing or fault.
    function condition(phase: string): string {
        switch (phase) {
        case "opening":
            return "opening";
        case "open":
        case "passing":
            return "drive";
        case "closing":
        case "boot":
            return "closing";
        case "blind":
        case "fault":
            return "fault";
        default:
            return "wait";
        }
    }

    function phase(code: string): string {
        switch (code) {
        case "boot":
            return qsTr("Starting");
        case "present":
            return qsTr("Car waiting");
        case "opening":
            return qsTr("Opening");
        case "open":
            return qsTr("Open");
        case "passing":
            return qsTr("Car passing");
        case "closing":
            return qsTr("Closing");
        case "blind":
        case "fault":
            return qsTr("Out of order");
        default:
            return qsTr("Closed");
        }
    }

    function loop(code: string): string {
        return code === "on" ? qsTr("Car") : code === "off" ? qsTr("Clear") : qsTr("Unknown");
    }

    function limit(code: string): string {
        return code === "on" ? qsTr("Yes") : code === "off" ? qsTr("No") : qsTr("Unknown");
    }

    function covered(code: string): string {
        return code === "on" ? "covered" : code === "off" ? "clear" : "unknown";
    }

    // A limit that is made is the arm's rest, nothing to look at.
    function known(code: string): string {
        return code === "unknown" ? "unknown" : "clear";
    }

    function alarm(code: string): string {
        switch (code) {
        case "io_lost":
            return qsTr("The lane's relay board does not answer");
        case "arm_not_closed":
            return qsTr("The arm does not report that it is closed");
        case "open_timeout":
            return qsTr("The arm did not open");
        case "close_timeout":
            return qsTr("The arm did not close");
        case "loop_stuck":
            return qsTr("The loop under the arm has been covered for long");
        case "limits_conflict":
            return qsTr("Open and closed are reported at once");
        case "pulse_unconfirmed":
            return qsTr("An open order was not confirmed");
        default:
            return qsTr("Lane fault %1").arg(code);
        }
    }

    function remedy(code: string): string {
        switch (code) {
        case "io_lost":
            return qsTr("Check power and cable of the board. It comes back by itself. No ticket is lost.");
        case "arm_not_closed":
            return qsTr("Look at the arm. Move whatever blocks it, then reset.");
        case "open_timeout":
            return qsTr("Look at the barrier, open it with the key if a car waits, then reset.");
        case "close_timeout":
            return qsTr("Look for a car or a thing under the arm. Clears when the arm is down.");
        case "loop_stuck":
            return qsTr("Look for a standing car. If there is none, call service for the loop.");
        case "limits_conflict":
            return qsTr("Call service: a limit switch is broken. The lane still opens.");
        case "pulse_unconfirmed":
            return qsTr("Look whether the arm is up before you open again.");
        default:
            return qsTr("Look at the lane, then reset.");
        }
    }

    // What to do about a fault of the computer; an unknown one brings its own words.
    function failure(code: string, remedy: string): string {
        switch (code) {
        case "store-full":
            return qsTr("Free space on the data partition; exits stay possible by the desk.");
        case "store-busy":
            return qsTr("Stop the other program that has this site open, then start again.");
        case "store-corrupt":
            return qsTr("Stop, keep the file, restore the latest backup and call support.");
        default:
            return remedy;
        }
    }

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
        default:
            return code;
        }
    }

    function event(code: string): string {
        switch (code) {
        case "reservation.made":
            return qsTr("Space reserved");
        case "reservation.cancelled":
            return qsTr("Reservation cancelled");
        case "reservation.expired":
            return qsTr("Not paid in time");
        case "reservation.missed":
            return qsTr("Did not come");
        case "deposit.paid":
            return qsTr("Deposit paid");
        case "payment.received":
            return qsTr("Payment received");
        case "ticket.presented":
            return qsTr("Ticket presented");
        case "grant.returned":
            return qsTr("No passage: the ticket opens again");
        case "barrier.ordered":
            return qsTr("Barrier opened by hand");
        case "difference.waived":
            return qsTr("What was still due was waived");
        case "window.charged":
            return qsTr("No price: charged as booked");
        case "entry.reported":
            return qsTr("Attendant: the car is inside");
        case "exit.reported":
            return qsTr("Attendant: the car has left");
        case "refund.declined":
            return qsTr("Provider refused the refund");
        case "refund.paid_in_cash":
            return qsTr("Refund paid in cash");
        case "ticket.printed_again":
            return qsTr("Ticket printed again");
        case "entry.passed":
            return qsTr("Drove in");
        case "exit.passed":
            return qsTr("Drove out");
        default:
            return code;
        }
    }

    // What a line of the timeline says beside its event: a code in words, with its amount or number.
    function detail(event: string, code: string, value: string): string {
        switch (event) {
        case "ticket.presented":
            return presented(code, value);
        case "window.charged":
            return notPriced(code);
        case "grant.returned":
            return why(code);
        case "difference.waived":
        case "refund.paid_in_cash":
            return value;
        default:
            return code;
        }
    }

    function presented(code: string, value: string): string {
        switch (code) {
        case "granted":
            return qsTr("good for the entrance");
        case "due":
            return qsTr("%1 still due").arg(value);
        case "receipt":
            return qsTr("receipt %1").arg(value);
        case "StayNotPriced":
            return qsTr("no price");
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

    function why(code: string): string {
        switch (code) {
        case "back_out":
            return qsTr("the car backed out");
        case "abandoned":
            return qsTr("the car did not move");
        case "no_car":
            return qsTr("no car before the barrier");
        case "open_timeout":
            return qsTr("the arm did not open");
        case "arm_closed":
            return qsTr("the arm closed before the car came");
        case "replaced":
            return qsTr("another order came");
        case "restart":
            return qsTr("the computer was started again");
        case "io_lost":
        case "blind":
        case "fault":
        case "not_ready":
            return qsTr("the lane is out of order");
        case "busy":
            return qsTr("the lane was busy");
        default:
            return code;
        }
    }

    // What was just done, for a lane or a plate.
    function said(code: string, of: string): string {
        switch (code) {
        case "ordered":
            return qsTr("%1 was ordered to open").arg(of);
        case "reset":
            return qsTr("%1 was told to reset").arg(of);
        case "inside":
            return qsTr("%1 is inside").arg(of);
        case "left":
            return qsTr("%1 has left").arg(of);
        default:
            return qsTr("Ticket printed at %1").arg(of);
        }
    }

    readonly property list<string> insideReasons: [qsTr("Seen at its space"), qsTr("Seen driving in"), qsTr("Barrier opened with its key"), qsTr("Lane was out of order")]
    readonly property list<string> leftReasons: [qsTr("Its space is empty"), qsTr("Seen driving out"), qsTr("Barrier opened with its key"), qsTr("Lane was out of order")]
    readonly property list<string> reasons: [qsTr("Ticket does not scan, plate checked"), qsTr("Ticket lost, plate checked"), qsTr("Payment does not work"), qsTr("Service or delivery"), qsTr("Breakdown, car must get out"), qsTr("Emergency")]
}
