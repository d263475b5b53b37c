// A wallet filled by card: the choice between card and cash, and what the provider is doing.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Column {
    id: part

    required property WalletForm wallet
    readonly property bool chooses: part.wallet.page === "top-up" && part.wallet.takesCards
    readonly property string order: qsTr("Take it by card (Enter)")
    readonly property string help: qsTr("The card pays the site's provider. Nothing goes into the till, and no shift has to be open.")

    function problem(code: string): string {
        return code === "card-declined" ? qsTr("The card was declined. Nothing was added. Take another card, or cash.") : qsTr("The provider of cards cannot be reached. Nothing was added. Take cash, or try again later.");
    }

    visible: part.chooses || part.wallet.page === "card" || part.wallet.page === "doubt"
    spacing: Theme.gapWide

    Row {
        visible: part.chooses
        spacing: Theme.gap

        Repeater {
            model: [
                {
                    name: "pay_cash",
                    isCard: false,
                    sign: "money",
                    label: qsTr("Cash")
                },
                {
                    name: "pay_card",
                    isCard: true,
                    sign: "receipt",
                    label: qsTr("Card")
                }
            ]

            Choice {
                required property var modelData

                objectName: modelData.name
                isChosen: part.wallet.isCard === modelData.isCard
                width: (part.width - Theme.gap) / 2
                sign: modelData.sign
                label: modelData.label
                onActed: part.wallet.chooseCard(modelData.isCard)
            }
        }
    }

    Words {
        objectName: "card_state"
        visible: !part.chooses
        width: parent.width
        text: part.wallet.page === "doubt" ? qsTr("It is not known yet whether the card has paid %1.").arg(part.wallet.added) : qsTr("The provider is asked for %1.").arg(part.wallet.added)
        size: Theme.title
        strong: true
    }

    Words {
        visible: !part.chooses
        width: parent.width
        text: part.wallet.page === "doubt" ? qsTr("Do not take it again. The provider is asked what became of it; what it took is added to the wallet by itself.") : qsTr("The answer comes by itself. What the card pays is added to the wallet, even when you leave this page.")
    }
}
