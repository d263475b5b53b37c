// Where every cent of a charge went: one bar of all parties, and who they are.
pragma ComponentBehavior: Bound
import QtQuick
import Kiosk
import Parts
import Theme

Column {
    id: shares

    required property BillText bill

    function word(party: string): string {
        switch (party) {
        case "owner":
            return qsTr("Owner of the space");
        case "manager":
            return qsTr("Property manager");
        case "commission":
            return qsTr("Commission");
        default:
            return qsTr("VAT on it");
        }
    }

    function tint(party: string): color {
        switch (party) {
        case "owner":
            return Theme.primary;
        case "manager":
            return Theme.accent;
        case "commission":
            return Theme.good;
        default:
            return Theme.control;
        }
    }

    spacing: Theme.mm(4.5)
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Where every cent went")

    Words {
        width: parent.width
        text: qsTr("Where every cent went")
        strong: true
    }

    Row {
        id: bar

        objectName: "share_bar"
        width: parent.width
        height: Theme.mm(13)
        spacing: Theme.line

        Repeater {
            model: shares.bill.shares

            Rectangle {
                required property string party
                required property int permille

                objectName: "bar_" + party
                width: Math.max(Theme.line, Math.round((bar.width - 3 * bar.spacing) * permille / 1000))
                height: bar.height
                color: shares.tint(party)
            }
        }
    }

    Grid {
        width: parent.width
        columns: 2
        columnSpacing: Theme.gapWide
        rowSpacing: Theme.gap

        Repeater {
            model: shares.bill.shares

            Item {
                id: share

                required property string party
                required property string amount

                objectName: "share_" + party
                width: (shares.width - Theme.gapWide) / 2
                height: Math.max(name.implicitHeight, figure.implicitHeight)
                Accessible.role: Accessible.StaticText
                Accessible.name: name.text + " " + amount

                Rectangle {
                    id: dot
                    width: Theme.mm(5)
                    height: width
                    anchors.verticalCenter: parent.verticalCenter
                    color: shares.tint(share.party)
                }

                Words {
                    id: name
                    anchors.left: dot.right
                    anchors.right: figure.left
                    anchors.leftMargin: Theme.gap
                    anchors.rightMargin: Theme.gap
                    anchors.verticalCenter: parent.verticalCenter
                    text: shares.word(share.party)
                    size: Theme.label
                    Accessible.ignored: true
                }

                Words {
                    id: figure
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: share.amount
                    size: Theme.label
                    strong: true
                    wrapMode: Text.NoWrap
                    Accessible.ignored: true
                }
            }
        }
    }
}
