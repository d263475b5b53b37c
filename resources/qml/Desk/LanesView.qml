// Every lane: its arm, its loops and limits, its alarms with what to do, and the way to open it.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

ListView {
    id: view

    required property LanesCard lanes

    implicitHeight: contentHeight
    spacing: Theme.gap
    clip: true
    boundsBehavior: Flickable.StopAtBounds
    model: lanes.rows

    delegate: LaneStrip {
        required property string lane
        required property string phase
        required property string arming
        required property string under_arm
        required property string open_limit
        required property string closed_limit
        required property var alarms
        required property string shortcut
        required plate

        objectName: "lane_" + lane
        width: view.width
        name: lane
        condition: DeskWords.condition(phase)
        conditionText: DeskWords.phase(phase)
        lastEvent: alarms.length > 0 ? DeskWords.alarm(alarms[0]) : shortcut === "" ? "" : qsTr("%1 opens").arg(shortcut)
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
        onOpenWanted: view.lanes.open(lane)
    }
}
