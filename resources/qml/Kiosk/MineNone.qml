// The driver's space is occupied and no other one is left: the money goes back.
import QtQuick
import Parts
import Theme

MinePage {
    id: page

    objectName: "page_none"
    title: qsTr("No other space is free")
    sign: "warning"
    split: 0.5

    Column {
        width: parent.width
        topPadding: Theme.margin
        spacing: Theme.gapWide

        Words {
            width: parent.width
            text: qsTr("We are sorry. No space as good as %1 is free for your time.").arg(page.mine.ticket.space)
            size: Theme.cap(12)
            strong: true
        }

        Words {
            objectName: "none_money"
            width: parent.width
            text: qsTr("Everything that you have paid goes back. A car that is inside already leaves at no cost, with this ticket.")
            size: Theme.title
        }
    }

    controls: [
        BigButton {
            objectName: "none_back"
            anchors.bottom: money.top
            anchors.bottomMargin: Theme.gapDanger
            width: parent.width
            height: Theme.action
            kind: "secondary"
            size: Theme.title
            sign: "back"
            label: qsTr("No, keep my ticket")
            onActed: page.mine.back()
        },
        BigButton {
            id: money
            objectName: "take_money"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Theme.margin
            width: parent.width
            height: Theme.mm(32)
            size: Theme.title
            sign: "money"
            forward: true
            enabled: !page.mine.isBusy
            label: qsTr("Give me my money back")
            onActed: page.mine.takeMoney()
        }
    ]
}
