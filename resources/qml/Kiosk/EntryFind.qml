// Where and for how long (step 1).
pragma ComponentBehavior: Bound
import QtQuick
import Parts
import Theme

EntryPage {
    id: page

    objectName: "page_find"
    title: qsTr("Where and how long?")
    step: 1
    split: 0.52

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
                required property bool is_chosen

                objectName: "area_" + key
                width: areas.width
                full: is_full
                selected: is_chosen
                note: card.rate
                height: Theme.mm(53)
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

            DurationChooser {
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
                label: page.entry.find.isReady ? qsTr("Show spaces for %1").arg(page.entry.find.price) : qsTr("Please choose an area")
                onActed: page.entry.search()
            }
        }
    ]
}
