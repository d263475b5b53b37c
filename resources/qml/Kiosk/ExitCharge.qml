// The lines of a bill's charge, in the words of its tariff.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Parts

Column {
    id: charge

    required property BillText bill

    Repeater {
        model: charge.bill.lines

        MoneyLine {
            required property string key
            required note

            objectName: "line_" + key
            width: charge.width
            compact: charge.bill.isLong
        }
    }
}
