// Where, when and for how long (step 1).
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_find"
    title: qsTr("Where and how long?")
    step: 1
    split: areaPages.visible ? 0.485 : 0.52

    Column {
        id: areas

        width: parent.width
        topPadding: Theme.gapWide
        spacing: Theme.gapWide

        Repeater {
            model: page.entry.find.areas

            AreaCard {
                id: card

                required property int key
                required property string rate
                required property bool is_full
                required property bool is_counted
                required property bool is_chosen

                objectName: "area_" + key
                width: areas.width
                countWord: !is_counted ? qsTr("not bookable") : page.entry.needs.count > 0 ? qsTr("suitable for %1").arg(page.entry.find.duration) : qsTr("free for %1").arg(page.entry.find.duration)
                fullWord: page.entry.needs.count > 0 ? qsTr("none suitable") : qsTr("none free")
                counted: is_counted
                full: is_full
                selected: is_chosen
                note: card.rate
                height: areaPages.visible ? Theme.mm(51) : Theme.mm(53)
                onActed: page.entry.find.choose(card.key)
            }
        }
    }

    controls: [
        Item {
            anchors.fill: parent

            Row {
                id: areaPages

                width: parent.width
                height: visible ? Theme.touch : 0
                visible: page.entry.find.canPageBack || page.entry.find.canPageForth
                spacing: Theme.gap

                BigButton {
                    objectName: "areas_back"
                    width: (parent.width - parent.spacing) / 2
                    height: Theme.touch
                    kind: "secondary"
                    sign: "left"
                    label: qsTr("Areas before")
                    enabled: page.entry.find.canPageBack
                    onActed: page.entry.find.page_back()
                }

                BigButton {
                    objectName: "areas_forth"
                    width: (parent.width - parent.spacing) / 2
                    height: Theme.touch
                    kind: "secondary"
                    forward: true
                    label: qsTr("More areas")
                    enabled: page.entry.find.canPageForth
                    onActed: page.entry.find.page_forth()
                }
            }

            Row {
                id: when

                readonly property real third: (width - 2 * spacing) / 3

                anchors.bottom: howLong.top
                anchors.bottomMargin: Theme.gapWide
                width: parent.width
                height: Theme.key
                spacing: Theme.gap

                PickTile {
                    objectName: "when_now"
                    width: when.third * 0.72
                    height: parent.height
                    sign: "clock"
                    label: qsTr("Now")
                    picked: !page.entry.find.isLater
                    onActed: page.entry.find.come_now()
                }

                PickTile {
                    objectName: "when_later"
                    width: when.third * 0.95
                    height: parent.height
                    sign: "calendar"
                    label: page.entry.find.isLater ? page.entry.find.startText : qsTr("Later")
                    picked: page.entry.find.isLater
                    onActed: page.entry.askWhen()
                }

                PickTile {
                    objectName: "car_needs"
                    width: when.third * 1.33
                    height: parent.height
                    isSwitch: true
                    sign: "car"
                    caption: qsTr("My car needs")
                    text: page.entry.needs.count === 0 ? qsTr("nothing special") : page.entry.needs.count > 1 ? qsTr("%1 things").arg(page.entry.needs.count) : page.entry.needs.charger ? qsTr("a charger") : page.entry.needs.accessible ? qsTr("an accessible space") : qsTr("room for its height")
                    label: qsTr("%1: %2").arg(caption).arg(text)
                    picked: page.entry.needs.count > 0
                    onActed: page.entry.askCar()
                }
            }

            DurationChooser {
                id: howLong
                anchors.bottom: search.top
                anchors.bottomMargin: Theme.gapDanger
                width: parent.width
                durationText: page.entry.find.duration
                untilText: page.entry.find.window
                presets: page.entry.find.presets
                canShorten: page.entry.find.canShorten
                canLengthen: page.entry.find.canLengthen
                onShortened: page.entry.find.shorten()
                onLengthened: page.entry.find.lengthen()
                onPresetChosen: key => page.entry.find.take_preset(key)
            }

            BigButton {
                id: search
                objectName: "search"
                anchors.bottom: parent.bottom
                anchors.bottomMargin: Theme.margin
                width: parent.width
                size: Theme.title
                forward: true
                enabled: page.entry.find.isReady && !page.entry.isBusy
                label: page.entry.find.isFull ? qsTr("Show what comes nearest") : page.entry.find.isReady ? qsTr("Show spaces for %1").arg(page.entry.find.price) : qsTr("Please choose an area")
                onActed: page.entry.search()
            }
        }
    ]
}
