// The words of the desk for what happened in a stay, and for what stands beside it in its timeline.
pragma Singleton
import QtQuick

QtObject {
    function event(code: string): string {
        switch (code) {
        case "reservation.made":
            return qsTr("Space reserved");
        case "stay.refunded":
            return qsTr("Given back after the stay");
        case "stay.validated":
            return qsTr("A shop pays a part");
        case "voucher.used":
            return qsTr("Voucher used");
        case "stay.handed_over":
            return qsTr("Car handed over");
        case "correction.printed":
            return qsTr("Corrective receipt printed");
        case "dispute.opened":
            return qsTr("Driver disputes the stay");
        case "dispute.closed":
            return qsTr("Dispute decided");
        case "chargeback.opened":
            return qsTr("A bank took the payment back");
        case "chargeback.won":
            return qsTr("Chargeback won");
        case "chargeback.lost":
            return qsTr("Chargeback lost");
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
        case "due.paid_in_cash":
            return qsTr("What was due was paid in cash");
        case "ticket.printed_again":
            return qsTr("Ticket printed again");
        case "ticket.replaced":
            return qsTr("Lost ticket replaced");
        case "evidence.refused":
            return qsTr("Evidence did not fit");
        case "stay.linked":
            return qsTr("Linked with a reservation");
        case "reservation.linked":
            return qsTr("Another ticket took its place");
        case "change.kept":
            return qsTr("Change waits to be paid");
        case "change.dropped":
            return qsTr("Change given up");
        case "change.expired":
            return qsTr("Change not paid in time");
        case "reservation.changed":
            return qsTr("Time or space changed");
        case "reservation.moved":
            return qsTr("Moved to another space");
        case "reservation.repriced":
            return qsTr("Priced by the new space");
        case "reservation.displaced":
            return qsTr("No space left: money back");
        case "reservation.recalled":
            return qsTr("Its owner took the space back");
        case "surcharge.shared":
            return qsTr("Share of a late car's surcharge");
        case "car.stayed_away":
            return qsTr("Let in again, but no car passed");
        case "entry.passed":
            return qsTr("Drove in");
        case "exit.passed":
            return qsTr("Drove out");
        case "answer.refused":
            return qsTr("A provider's answer cannot be true");
        case "authorisation.expired":
            return qsTr("The card's promise to pay has run out");
        case "capture.declined":
            return qsTr("The provider did not pay the deposit");
        case "capture.done_after_all":
            return qsTr("The provider has paid after all");
        case "debt.lowered":
            return qsTr("A refund lowered the debt");
        case "debt.made":
            return qsTr("Left without paying all");
        case "debt.paid":
            return qsTr("Debt paid");
        case "debt.written_off":
            return qsTr("Debt written off");
        case "deposit.authorised":
            return qsTr("Deposit promised by the card");
        case "desk.rung":
            return qsTr("The driver waits: the desk was rung");
        case "evidence.begun":
            return qsTr("The evidence begins here");
        case "evidence.kept":
            return qsTr("The books were proved");
        case "evidence.lane":
            return qsTr("What the lane saw was kept");
        case "leaving.refused":
            return qsTr("Leaving without paying was refused");
        case "missing.explained":
            return qsTr("Missing payment explained");
        case "refund.done_after_all":
            return qsTr("The provider has paid the refund after all");
        case "refund.partial":
            return qsTr("Only a part of the refund was paid");
        case "release.declined":
            return qsTr("The card's promise could not be given back");
        case "report.missing":
            return qsTr("Not in the provider's report");
        case "suspense.cleared":
            return qsTr("What nobody could explain is explained");
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
            return DeskMoneyWords.notPriced(code);
        case "grant.returned":
            return why(code);
        case "entry.passed":
        case "exit.passed":
            return code === "assumed" ? qsTr("assumed, no loop saw the car") : code;
        case "difference.waived":
        case "due.paid_in_cash":
        case "refund.paid_in_cash":
        case "reservation.cancelled":
        case "change.kept":
        case "surcharge.shared":
        case "reservation.recalled":
        case "reservation.repriced":
        case "stay.refunded":
        case "stay.handed_over":
        case "chargeback.opened":
        case "chargeback.won":
        case "chargeback.lost":
        case "authorisation.expired":
        case "refund.partial":
        case "debt.lowered":
        case "debt.paid":
        case "report.missing":
        case "stay.validated":
        case "voucher.used":
            return value;
        case "answer.refused":
            return value === "" ? code : value;
        case "capture.done_after_all":
        case "refund.done_after_all":
            return qsTr("%1, of which %2 was open").arg(value).arg(code);
        case "debt.made":
            return qsTr("%1: %2").arg(value).arg(unpaid(code));
        case "debt.written_off":
            return code === "" ? value : qsTr("%1: %2").arg(value).arg(code);
        case "leaving.refused":
            return mustPay(code);
        case "dispute.opened":
            return DeskAfterWords.choice(code);
        case "dispute.closed":
            return code === "upheld" ? qsTr("in the right") : qsTr("refused");
        case "reservation.moved":
            return value === "" ? code : qsTr("%1: %2").arg(value).arg(moved(code));
        case "ticket.replaced":
            return evidence(code);
        default:
            return code;
        }
    }

    function moved(code: string): string {
        switch (code) {
        case "space occupied":
            return qsTr("its space was occupied");
        case "space out of order":
            return qsTr("its space is out of order");
        case "wrong space taken":
            return qsTr("it stands there");
        case "made room for a car inside":
            return qsTr("made room for another car");
        case "a car stays too long":
            return qsTr("a car leaves late");
        case "recalled by the owner":
            return qsTr("its owner needs the space");
        default:
            return code;
        }
    }

    function unpaid(code: string): string {
        switch (code) {
        case "declined":
            return qsTr("the card was declined");
        case "in-doubt":
            return qsTr("the provider did not answer");
        case "unreachable":
            return qsTr("the provider could not be reached");
        case "capture-failed":
            return qsTr("the provider did not pay");
        default:
            return code;
        }
    }

    function mustPay(code: string): string {
        switch (code) {
        case "not-tried":
            return qsTr("nobody has tried to pay");
        case "still-asked":
            return qsTr("the provider is still asked");
        case "plate-unknown":
            return qsTr("the plate is not known");
        case "stay-limit":
            return qsTr("too much for one stay");
        case "plate-limit":
            return qsTr("too much is open of this plate");
        case "site-limit":
            return qsTr("too much is open at the site");
        case "doubt-limit":
            return qsTr("too much while the provider is in doubt");
        default:
            return code;
        }
    }

    function evidence(code: string): string {
        return code === "plate" ? qsTr("against the plate") : code === "pass" ? qsTr("against the pass") : qsTr("against the short code");
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
        case "TicketRevoked":
            return qsTr("not good any more");
        case "CarInside":
            return qsTr("its car is inside with another ticket");
        case "TicketEarly":
            return qsTr("too early");
        case "TicketExpired":
            return qsTr("its time is over");
        case "TicketUsed":
            return qsTr("used already");
        case "TicketNotInside":
            return qsTr("no entry is known");
        case "NoCarInLane":
            return qsTr("no car before the barrier");
        case "LaneBusy":
            return qsTr("the lane was busy");
        case "LaneOutOfOrder":
            return qsTr("the lane is out of order");
        default:
            return code;
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
        case "not_taken":
            return qsTr("the lane had too much to do");
        case "attendant_closed":
            return qsTr("an attendant closed the arm");
        case "fire":
            return qsTr("the arm was up for a fire");
        case "stopped":
            return qsTr("an attendant stopped the arm");
        case "held":
            return qsTr("the arm was held open");
        case "locked":
            return qsTr("the lane was locked");
        case "loop_suspect":
            return qsTr("the loop is in doubt");
        case "token_used":
            return qsTr("it had been used already");
        default:
            return code;
        }
    }
}
