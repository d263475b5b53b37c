// The words of the desk for its till: the lines of a shift's report.
pragma Singleton
import QtQuick

QtObject {
    function line(code: string): string {
        switch (code) {
        case "float":
            return qsTr("Float at the start");
        case "taken:top-up":
            return qsTr("Wallets topped up");
        case "taken:due":
            return qsTr("Taken for stays");
        case "taken:debt":
            return qsTr("Debts paid");
        case "given:refund":
            return qsTr("Refunds given");
        case "given:pay-out":
            return qsTr("Wallets paid out");
        case "expected":
            return qsTr("Should be in the till");
        case "counted":
            return qsTr("Counted");
        case "over":
            return qsTr("Too much");
        case "short":
            return qsTr("Missing");
        case "even":
            return qsTr("Difference");
        case "banked":
            return qsTr("To the bank");
        case "left":
            return qsTr("Stays in the till");
        default:
            return code.startsWith("taken:") ? qsTr("Taken for other reasons") : qsTr("Given for other reasons");
        }
    }
}
