// What the site owes to each party and what lies in till and at providers, by the books.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property MoneyCard money
    required property PayoutForm payouts
    required property StaffForm staff

    title: qsTr("Money")
    note: qsTr("by the books, now")
    implicitHeight: lines.implicitHeight + Theme.mm(19)

    beside: Row {
        spacing: Theme.gap

        BigButton {
            objectName: "staff"
            kind: "secondary"
            sign: "lock"
            size: Theme.label
            height: Theme.touch
            label: qsTr("Attendants")
            onActed: view.staff.open()
        }

        BigButton {
            objectName: "payouts"
            kind: "secondary"
            sign: "owner"
            size: Theme.label
            height: Theme.touch
            label: qsTr("Payouts (Ctrl+P)")
            onActed: view.payouts.open()
        }
    }

    Flickable {
        id: room

        objectName: "money_room"
        anchors.fill: parent
        contentHeight: lines.implicitHeight
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        interactive: contentHeight > height

        Column {
            id: lines

            width: room.width - (room.interactive ? Theme.mm(3) : 0)

            Repeater {
                model: view.money.parties

                MoneyLine {
                    required property string party
                    required property bool is_ours

                    objectName: "money_" + party
                    width: lines.width
                    label: DeskMoneyWords.party(party)
                    sign: is_ours ? "money" : party === "escrow" ? "lock" : party === "wallet" ? "wallet" : party === "owner" ? "owner" : party === "manager" ? "manager" : "receipt"
                }
            }
        }
    }

    // How far down the list is, while not all of it has room.
    Rectangle {
        objectName: "money_bar"
        visible: room.interactive
        anchors.right: parent.right
        y: room.y + room.visibleArea.yPosition * room.height
        width: Theme.mm(1)
        height: room.visibleArea.heightRatio * room.height
        radius: width / 2
        color: Theme.control
    }
}
