// On which day and at what time a reservation for later begins (step 1).
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    readonly property real column: (width - 2 * Theme.margin - 6 * Theme.gap) / 7

    objectName: "page_when"
    title: qsTr("When do you come?")
    sign: "calendar"
    step: 1
    split: 0.45

    Words {
        id: whichDay
        y: Theme.gapWide
        width: parent.width
        text: qsTr("Day")
        strong: true
        Accessible.role: Accessible.Heading
    }

    Row {
        id: heads

        anchors.top: whichDay.bottom
        anchors.topMargin: Theme.gap
        width: parent.width
        spacing: Theme.gap

        Repeater {
            model: page.entry.when.weekdays

            Words {
                required property string modelData

                width: page.column
                text: modelData
                size: Theme.label
                strong: true
                color: Theme.inkQuiet
                horizontalAlignment: Text.AlignHCenter
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: Theme.least
                wrapMode: Text.NoWrap
            }
        }
    }

    Grid {
        id: days

        anchors.top: heads.bottom
        anchors.topMargin: Theme.gap
        columns: 7
        spacing: Theme.gap

        Repeater {
            model: page.entry.when.days

            PickTile {
                id: day

                required property string key
                required property string shown
                required property string spoken
                required property bool is_possible
                required property bool is_chosen

                objectName: "day_" + key
                label: spoken
                text: shown
                width: page.column
                enabled: is_possible
                picked: is_chosen
                onActed: page.entry.when.pick_day(day.key)
            }
        }
    }

    Row {
        anchors.top: days.bottom
        anchors.topMargin: Theme.gap
        width: parent.width
        spacing: Theme.gap

        BigButton {
            objectName: "days_back"
            width: (parent.width - parent.spacing) / 2
            height: Theme.touch
            kind: "secondary"
            sign: "left"
            size: Theme.label
            label: qsTr("Days before")
            enabled: page.entry.when.canPageBack
            onActed: page.entry.when.page_back()
        }

        BigButton {
            objectName: "days_forth"
            width: (parent.width - parent.spacing) / 2
            height: Theme.touch
            kind: "secondary"
            forward: true
            size: Theme.label
            label: qsTr("Later days")
            enabled: page.entry.when.canPageForth
            onActed: page.entry.when.page_forth()
        }
    }

    controls: [
        Item {
            anchors.fill: parent

            Words {
                id: whichHour
                width: parent.width
                text: qsTr("Hour")
                strong: true
                Accessible.role: Accessible.Heading
            }

            Grid {
                id: hours

                readonly property real column: (parent.width - 7 * Theme.gap) / 8

                anchors.top: whichHour.bottom
                anchors.topMargin: Theme.gap
                columns: 8
                spacing: Theme.gap

                Repeater {
                    model: page.entry.when.hours

                    PickTile {
                        id: hour

                        required property string key
                        required property string shown
                        required property string spoken
                        required property bool is_possible
                        required property bool is_chosen

                        objectName: "hour_" + key
                        label: spoken
                        text: shown
                        width: hours.column
                        enabled: is_possible
                        picked: is_chosen
                        onActed: page.entry.when.pick_hour(hour.key)
                    }
                }
            }

            Words {
                id: whichQuarter
                anchors.top: hours.bottom
                anchors.topMargin: Theme.margin
                width: parent.width
                text: qsTr("Exact time")
                strong: true
                Accessible.role: Accessible.Heading
            }

            Row {
                anchors.top: whichQuarter.bottom
                anchors.topMargin: Theme.gap
                width: parent.width
                spacing: Theme.gap

                Repeater {
                    model: page.entry.when.quarters

                    PickTile {
                        id: quarter

                        required property string key
                        required property string shown
                        required property bool is_possible
                        required property bool is_chosen

                        objectName: "quarter_" + key
                        label: shown
                        width: (hours.parent.width - 3 * Theme.gap) / 4
                        enabled: is_possible
                        picked: is_chosen
                        onActed: page.entry.when.pick_quarter(quarter.key)
                    }
                }
            }

            BigButton {
                objectName: "come_later"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.margin
                width: parent.width
                size: Theme.title
                sign: "calendar"
                forward: true
                enabled: page.entry.when.isReady
                label: page.entry.when.isReady ? page.entry.when.text : qsTr("Please choose a time that is still to come")
                onActed: page.entry.comeLater()
            }
        }
    ]
}
