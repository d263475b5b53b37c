// The words of the desk for what Python tells by code: states, phases, faults, deeds.
pragma Singleton
import QtQuick

QtObject {
    // A lane by its name; a language that does not share the letters says the way, too.
    function lane(name: string, way: string): string {
        return way === "in" ? qsTr("%1", "the name of an entrance").arg(name) : qsTr("%1", "the name of an exit").arg(name);
    }

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
        case "closed":
            return qsTr("Closed");
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
        case "substituted":
            return qsTr("Linked");
        case "displaced":
            return qsTr("Sent away");
        case "owner-recalled":
            return qsTr("Recalled");
        default:
            return qsTr("Overstayed");
        }
    }

    // In a list; the page of a stay says it in full.
    function mark(code: string): string {
        return code === "by-hand" ? qsTr("By hand") : code === "assumed" ? qsTr("Assumed") : code === "both" ? qsTr("By hand, assumed") : "";
    }

    function markInFull(code: string): string {
        switch (code) {
        case "by-hand":
            return qsTr("By hand");
        case "assumed":
            return qsTr("Passage assumed: no loop saw the car");
        case "both":
            return qsTr("By hand; passage assumed: no loop saw the car");
        default:
            return "";
        }
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
        case "held":
            return "drive";
        case "closing":
        case "boot":
            return "closing";
        case "blind":
        case "fault":
        case "forced":
        case "stopped":
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
        case "forced":
            return qsTr("Open for fire");
        case "held":
            return qsTr("Held open");
        case "stopped":
            return qsTr("Stopped");
        default:
            return qsTr("Closed");
        }
    }

    function order(code: string): string {
        switch (code) {
        case "open":
            return qsTr("Open…");
        case "close":
            return qsTr("Close");
        case "stop":
            return qsTr("Stop");
        case "hold":
            return qsTr("Hold open…");
        case "release":
            return qsTr("Release");
        case "lock":
            return qsTr("Lock…");
        default:
            return qsTr("Unlock");
        }
    }

    function orderSign(code: string): string {
        switch (code) {
        case "open":
            return "barrier_up";
        case "close":
            return "barrier";
        case "stop":
            return "stop";
        case "hold":
            return "up";
        case "release":
            return "down";
        case "lock":
            return "lock";
        default:
            return "tick";
        }
    }

    // Why a lane does not obey an order now.
    function obstacle(code: string): string {
        switch (code) {
        case "blind":
            return qsTr("the lane does not answer");
        case "fire":
            return qsTr("a fire is reported");
        case "held":
            return qsTr("held open, release it first");
        case "car":
            return qsTr("something is under the arm");
        case "loop-suspect":
            return qsTr("the loop is in doubt, reset first");
        case "unknown":
            return qsTr("nobody knows what is under the arm");
        case "wired":
            return qsTr("the lane has no relay for it");
        default:
            return qsTr("the lane has too much to do, try again");
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
        case "fire":
            return qsTr("Fire: the arm is kept up");
        case "stopped":
            return qsTr("Stopped by an attendant");
        case "loop_suspect":
            return qsTr("The loops may not see the cars");
        case "output_stuck":
            return qsTr("A relay does not obey: the lane is locked");
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
        case "fire":
            return qsTr("Follow the fire plan. The arm stays up until the fire is over and you reset.");
        case "stopped":
            return qsTr("Look at the lane. Reset when nobody is near the arm. No ticket opens before.");
        case "loop_suspect":
            return qsTr("Look whether the car is through and say so on its page. Check the loops, then reset.");
        case "output_stuck":
            return qsTr("Call service for the relay board. Then reset and unlock the lane.");
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

    // What was just done, for a lane or a plate; not-... and why when it was not.
    function said(code: string, of: string): string {
        if (code.startsWith("not-"))
            return qsTr("%1, not done: %2").arg(of).arg(obstacle(code.slice(4)));
        const after = DeskAfterWords.said(code, of);
        if (after !== "")
            return after;
        switch (code) {
        case "paper":
            return qsTr("Paper comes out at %1").arg(of);
        case "staff-blocked":
            return qsTr("%1 signs in no more").arg(of);
        case "staff-allowed":
            return qsTr("%1 may sign in again").arg(of);
        case "close":
            return qsTr("%1 was ordered to close").arg(of);
        case "stop":
            return qsTr("%1 was stopped").arg(of);
        case "hold":
            return qsTr("%1 is held open").arg(of);
        case "release":
            return qsTr("%1 is released").arg(of);
        case "lock":
            return qsTr("%1 is locked").arg(of);
        case "unlock":
            return qsTr("%1 is unlocked").arg(of);
        case "ordered":
            return qsTr("%1 was ordered to open").arg(of);
        case "cash":
            return qsTr("%1 taken in cash").arg(of);
        case "reset":
            return qsTr("%1 was told to reset").arg(of);
        case "inside":
            return qsTr("%1 is inside").arg(of);
        case "left":
            return qsTr("%1 has left").arg(of);
        case "replaced":
            return qsTr("New ticket printed at %1").arg(of);
        case "linked":
            return qsTr("Linked; %1 goes back").arg(of);
        case "moved":
            return qsTr("Moved to %1").arg(of);
        case "displaced":
            return qsTr("Money back: %1").arg(of);
        case "closed":
            return qsTr("%1 is closed").arg(of);
        case "reopened":
            return qsTr("%1 is open again").arg(of);
        default:
            return qsTr("Ticket printed at %1").arg(of);
        }
    }

    readonly property list<string> holdReasons: [qsTr("Many cars at once"), qsTr("Event"), qsTr("Delivery or removal"), qsTr("Barrier is broken")]
    readonly property list<string> lockReasons: [qsTr("Work in the lane"), qsTr("Accident or obstacle"), qsTr("Ice or water"), qsTr("Service asked for it")]
    readonly property list<string> closeReasons: [qsTr("Broken or dirty"), qsTr("Blocked by a car"), qsTr("Building work"), qsTr("Kept free for an event")]
    readonly property list<string> insideReasons: [qsTr("Seen at its space"), qsTr("Seen driving in"), qsTr("Barrier opened with its key"), qsTr("Lane was out of order")]
    readonly property list<string> leftReasons: [qsTr("Its space is empty"), qsTr("Seen driving out"), qsTr("Barrier opened with its key"), qsTr("Lane was out of order")]
    readonly property list<string> reasons: [qsTr("Ticket does not scan, plate checked"), qsTr("Ticket lost, plate checked"), qsTr("Payment does not work"), qsTr("Service or delivery"), qsTr("Breakdown, car must get out"), qsTr("Emergency")]
}
