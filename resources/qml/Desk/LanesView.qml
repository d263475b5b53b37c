// Every lane: its arm, its loops and limits, its alarms, and what can be ordered of it now.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

ListView {
    id: view

    required property LanesCard lanes

    objectName: "lanes"

    implicitHeight: contentHeight
    spacing: Theme.gap
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    model: lanes.rows

    // The first order that would be refused, and why; a lane that is blind or up for a fire
    // says so by itself.
    function refused(orders: var): string {
        const first = orders.find(each => !["", "blind", "fire"].includes(each.obstacle));
        return first === undefined ? "" : qsTr("%1: %2").arg(DeskWords.order(first.order).replace("…", "")).arg(DeskWords.obstacle(first.obstacle));
    }

    function hint(alarms: var, orders: var, shortcut: string): string {
        const opens = alarms.length > 0 || shortcut === "" ? "" : qsTr("%1 opens").arg(shortcut);
        return [...alarms.slice(0, 1).map(each => DeskWords.alarm(each)), view.refused(orders) || opens].filter(each => each !== "").join("\n");
    }

    delegate: LaneStrip {
        required property string lane
        required property string phase
        required property string arming
        required property string under_arm
        required property string open_limit
        required property string closed_limit
        required property var alarms
        required property string shortcut
        required property bool is_locked
        required property var orders
        required plate

        objectName: "lane_" + lane
        width: view.width
        name: lane
        title: DeskWords.lane(lane, direction)
        condition: DeskWords.condition(phase)
        conditionText: DeskWords.phase(phase)
        lockText: is_locked ? qsTr("Locked") : ""
        lastEvent: view.hint(alarms, orders, shortcut)
        keys: orders.map(each => ({
                    order: each.order,
                    canDo: each.obstacle === "",
                    label: DeskWords.order(each.order),
                    sign: DeskWords.orderSign(each.order)
                }))
        loops: [
            {
                name: qsTr("Before"),
                condition: DeskWords.covered(arming),
                word: DeskWords.loop(arming)
            },
            {
                name: qsTr("Under"),
                condition: DeskWords.covered(under_arm),
                word: DeskWords.loop(under_arm)
            },
            {
                name: qsTr("Is open"),
                condition: DeskWords.known(open_limit),
                word: DeskWords.limit(open_limit)
            },
            {
                name: qsTr("Is closed"),
                condition: DeskWords.known(closed_limit),
                word: DeskWords.limit(closed_limit)
            }
        ]
        onOrdered: order => view.lanes.order(lane, order)
    }
}
