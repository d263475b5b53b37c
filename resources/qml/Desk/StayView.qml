// One stay's money: the bill, every transfer, the balances and what happened, side by side.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property StayDetail detail
    required property StayForm form
    required property LifeForm life
    required property AfterForm after
    required property PayerForm payer
    readonly property var stay: detail.stay

    signal closed
    signal closeSpaceWanted

    title: detail.isShown ? qsTr("Stay %1").arg(view.stay.code) : qsTr("Loading the stay")

    beside: BigButton {
        objectName: "stay_back"
        kind: "secondary"
        sign: "back"
        size: Theme.label
        height: Theme.touch
        label: qsTr("Back (Esc)")
        onActed: view.closed()
    }

    Rectangle {
        id: facts

        visible: view.detail.isShown
        width: parent.width
        height: Theme.mm(32)
        radius: Theme.radius
        color: Theme.ground

        Words {
            id: plate
            x: Theme.mm(8)
            height: parent.height
            text: view.stay.plate ?? ""
            size: Theme.sign
            strong: true
            wrapMode: Text.NoWrap
        }

        Column {
            anchors.left: plate.right
            anchors.leftMargin: Theme.mm(8)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.gap

            StatusPill {
                kind: view.stay.kind ?? ""
                text: view.detail.isShown ? DeskWords.stay(view.stay.condition) : ""
                size: Theme.body
            }

            StatusPill {
                visible: (view.stay.mark ?? "") !== ""
                kind: "neutral"
                sign: "barrier_up"
                text: DeskWords.markInFull(view.stay.mark ?? "")
                size: Theme.body
            }
        }

        Row {
            anchors.right: parent.right
            anchors.rightMargin: Theme.mm(8)
            anchors.verticalCenter: parent.verticalCenter
            spacing: Theme.mm(11)

            Repeater {
                model: [
                    {
                        word: qsTr("Space"),
                        text: (view.stay.space ?? "") + "  " + (view.stay.area ?? "")
                    },
                    {
                        word: qsTr("Booked"),
                        text: view.stay.window ?? ""
                    },
                    {
                        word: qsTr("In"),
                        text: view.stay.entered || "–"
                    },
                    {
                        word: qsTr("Out"),
                        text: view.stay.left || "–"
                    },
                    {
                        word: qsTr("Receipt"),
                        text: view.detail.receipt || "–"
                    }
                ]

                Column {
                    id: fact

                    required property var modelData

                    spacing: Theme.mm(1)

                    Words {
                        text: fact.modelData.word
                        size: Theme.label
                        color: Theme.inkQuiet
                        wrapMode: Text.NoWrap
                    }

                    Words {
                        text: fact.modelData.text
                        size: Theme.title
                        strong: true
                        wrapMode: Text.NoWrap
                    }
                }
            }
        }
    }

    Flow {
        id: verbs

        anchors.top: facts.bottom
        anchors.topMargin: Theme.gapWide
        width: parent.width
        spacing: Theme.gap

        BigButton {
            objectName: "stay_open"
            kind: view.detail.isEnded ? "secondary" : "primary"
            sign: "barrier_up"
            size: Theme.label
            height: Theme.touch
            enabled: view.detail.isShown
            label: qsTr("Open barrier for this stay (F2)")
            onActed: view.detail.openBarrier()
        }

        Repeater {
            model: [
                {
                    deed: "inside",
                    sign: "enter",
                    label: qsTr("Car is inside (F9)")
                },
                {
                    deed: "left",
                    sign: "leave",
                    label: qsTr("Car has left (F9)")
                },
                {
                    deed: "refund",
                    sign: "money",
                    label: qsTr("Pay refund in cash (F10)")
                },
                {
                    deed: "print",
                    sign: "print",
                    label: qsTr("Print ticket again (F11)")
                }
            ]

            BigButton {
                required property var modelData

                objectName: "stay_" + modelData.deed
                visible: view.form.deeds.includes(modelData.deed)
                kind: "secondary"
                sign: modelData.sign
                size: Theme.label
                height: Theme.touch
                label: modelData.label
                onActed: view.form.begin(modelData.deed)
            }
        }

        Repeater {
            model: [
                {
                    deed: "replace",
                    sign: "ticket",
                    label: qsTr("Ticket lost: replace it")
                },
                {
                    deed: "move",
                    sign: "car",
                    label: qsTr("Another space")
                },
                {
                    deed: "wrong",
                    sign: "level",
                    label: qsTr("Stands elsewhere")
                },
                {
                    deed: "link",
                    sign: "calendar",
                    label: qsTr("Has a reservation")
                }
            ]

            BigButton {
                required property var modelData

                objectName: "life_" + modelData.deed
                visible: view.life.deeds.includes(modelData.deed)
                kind: "secondary"
                sign: modelData.sign
                size: Theme.label
                height: Theme.touch
                label: modelData.label
                onActed: view.life.begin(modelData.deed)
            }
        }

        Repeater {
            model: view.payer.deeds

            BigButton {
                required property string modelData

                objectName: "payer_" + modelData
                kind: "secondary"
                sign: modelData === "validate" ? "money" : "wallet"
                size: Theme.label
                height: Theme.touch
                label: DeskPayerWords.button(modelData)
                onActed: view.payer.begin(modelData)
            }
        }

        Repeater {
            model: view.after.deeds

            BigButton {
                required property string modelData

                objectName: "after_" + modelData
                kind: "secondary"
                sign: modelData === "dispute" || modelData === "chargeback" ? "notice" : modelData === "refuse" || modelData === "lost" ? "cross" : modelData === "won" ? "tick" : "money"
                size: Theme.label
                height: Theme.touch
                label: DeskAfterWords.button(modelData)
                onActed: view.after.begin(modelData)
            }
        }

        BigButton {
            objectName: "stay_close_space"
            visible: view.detail.isShown
            kind: "secondary"
            sign: "stop"
            size: Theme.label
            height: Theme.touch
            label: qsTr("Close or reopen %1").arg(view.stay.space ?? "")
            onActed: view.closeSpaceWanted()
        }
    }

    Item {
        id: columns

        readonly property real gutter: Theme.mm(8)
        readonly property real third: Math.floor((width - 2 * gutter) / 3)

        anchors.top: verbs.bottom
        anchors.topMargin: Theme.mm(6)
        anchors.bottom: parent.bottom
        width: parent.width

        LinesView {
            id: bill

            width: columns.third
            height: Math.min(implicitHeight, Math.round(columns.height * 0.62))
            title: qsTr("Bill")
            lines: view.detail.bill
            emptyText: qsTr("The bill is made when the ticket is presented at the exit.")
            row: MoneyLine {
                required property string kind
                required property string detail
                required property bool is_sum

                width: bill.width
                label: DeskMoneyWords.bill(kind)
                note: kind === "not-priced" ? DeskMoneyWords.notPriced(detail) : detail
                total: is_sum
            }
        }

        LinesView {
            id: shares

            anchors.top: bill.bottom
            anchors.topMargin: Theme.gapWide
            anchors.bottom: parent.bottom
            width: columns.third
            title: qsTr("Who gets the charge")
            lines: view.detail.shares
            emptyText: qsTr("Nobody yet.")
            row: MoneyLine {
                required property string kind

                width: shares.width
                label: DeskMoneyWords.bill(kind)
            }
        }

        LinesView {
            id: transfers

            x: columns.third + columns.gutter
            width: columns.third
            height: Math.min(implicitHeight, Math.round(columns.height * 0.62))
            title: qsTr("Every transfer")
            lines: view.detail.transfers
            emptyText: qsTr("No money has moved.")
            row: MoneyLine {
                required property string at
                required property string journal
                required property string debit
                required property string debit_of
                required property string credit
                required property string credit_of

                width: transfers.width
                label: qsTr("%1 → %2").arg(DeskMoneyWords.account(debit, debit_of)).arg(DeskMoneyWords.account(credit, credit_of))
                note: at + "  " + DeskMoneyWords.journal(journal)
            }
        }

        LinesView {
            id: balances

            x: transfers.x
            anchors.top: transfers.bottom
            anchors.topMargin: Theme.gapWide
            anchors.bottom: parent.bottom
            width: columns.third
            title: qsTr("What is left on the accounts")
            lines: view.detail.balances
            emptyText: qsTr("No account has been used.")
            row: MoneyLine {
                required property string account
                required property string account_of
                required property string debits
                required property string credits
                required property string owed

                width: balances.width
                label: DeskMoneyWords.account(account, account_of)
                note: qsTr("in %1, out %2").arg(credits).arg(debits)
                amount: owed
            }
        }

        LinesView {
            id: timeline

            x: 2 * (columns.third + columns.gutter)
            width: columns.third
            height: columns.height
            title: qsTr("What happened")
            lines: view.detail.timeline
            row: MoneyLine {
                required property string at
                required property string actor
                required property string action
                required property string detail
                required property string value

                width: timeline.width
                label: DeskTimelineWords.event(action)
                note: detail === "" && value === "" ? actor : qsTr("%1: %2").arg(actor).arg(DeskTimelineWords.detail(action, detail, value))
                amount: at
            }
        }
    }
}
