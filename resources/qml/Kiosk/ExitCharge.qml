// The lines of a bill's charge and its total, in the words of the tariff.
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
            required property string kind
            required property string count
            required property string unit

            objectName: "line_" + kind
            width: charge.width
            label: kind === "daily-cap" ? qsTr("%1 × day price %2").arg(count).arg(unit) : qsTr("%1 started blocks at %2").arg(count).arg(unit)
        }
    }
}
