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

    // What was just done, for a lane or a plate.
    function said(code: string, of: string): string {
        switch (code) {
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

    readonly property list<string> closeReasons: [qsTr("Broken or dirty"), qsTr("Blocked by a car"), qsTr("Building work"), qsTr("Kept free for an event")]
    readonly property list<string> insideReasons: [qsTr("Seen at its space"), qsTr("Seen driving in"), qsTr("Barrier opened with its key"), qsTr("Lane was out of order")]
    readonly property list<string> leftReasons: [qsTr("Its space is empty"), qsTr("Seen driving out"), qsTr("Barrier opened with its key"), qsTr("Lane was out of order")]
    readonly property list<string> reasons: [qsTr("Ticket does not scan, plate checked"), qsTr("Ticket lost, plate checked"), qsTr("Payment does not work"), qsTr("Service or delivery"), qsTr("Breakdown, car must get out"), qsTr("Emergency")]
}
