// Another start or another end: two dials, and one button that asks for it.
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_change"
    title: page.mine.keepsStart ? qsTr("Until when?") : qsTr("When shall it be?")
    sign: "clock"
    split: 0.62

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gapWide

        Words {
            width: parent.width
            text: qsTr("Booked: %1").arg(page.mine.ticket.window)
            size: Theme.title
        }

        MineDial {
            width: parent.width
            visible: !page.mine.keepsStart
            name: "start"
            title: qsTr("From")
            text: page.mine.wantedFrom
            canLess: page.mine.steps.includes("start_earlier")
            canMore: page.mine.steps.includes("start_later")
            onLess: page.mine.step("start_earlier")
            onMore: page.mine.step("start_later")
        }

        MineDial {
            width: parent.width
            name: "end"
            title: qsTr("Until")
            text: page.mine.wantedUntil
            canLess: page.mine.steps.includes("end_earlier")
            canMore: page.mine.steps.includes("end_later")
            onLess: page.mine.step("end_earlier")
            onMore: page.mine.step("end_later")
        }

        Words {
            objectName: "wanted_duration"
            width: parent.width
            text: page.mine.wantedDuration
            size: Theme.title
            strong: true
        }

        Words {
            width: parent.width
            text: page.mine.ticket.latest === "" ? qsTr("If it costs more, you pay the rest on the next page. If it costs less, the rest goes back.") : qsTr("The space can be yours until %1 at the latest. What it costs more, you pay on the next page.").arg(page.mine.ticket.latest)
            color: Theme.inkQuiet
        }
    }

    controls: [
        BigButton {
            objectName: "change_it"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.mm(32)
            size: Theme.title
            sign: "clock"
            forward: true
            enabled: page.mine.isChanged && !page.mine.isBusy
            label: page.mine.isChanged ? qsTr("Ask for this time") : qsTr("Please choose another time")
            onActed: page.mine.change()
        }
    ]
}
