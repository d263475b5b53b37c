// The words of the desk for what happened in a stay, and for what stands beside it in its timeline.
pragma Singleton
import QtQuick

QtObject {
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
            return DeskMoneyWords.notPriced(code);
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
}
