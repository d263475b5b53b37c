// Asks for what the driver names, or for a choice, before the life of a stay takes another turn.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

AskCard {
    id: view

    required property LifeForm form
    // Only a car that is inside can be let out without any evidence.
    required property bool isInside
    readonly property bool provesNothing: form.deed === "replace" && form.problem.startsWith("evidence")

    signal lostWanted

    function heading(deed: string): string {
        switch (deed) {
        case "replace":
            return qsTr("Replace a lost ticket");
        case "move":
            return qsTr("Another space for %1").arg(view.form.plate);
        case "wrong":
            return qsTr("Where does %1 stand?").arg(view.form.plate);
        case "link":
            return qsTr("Link %1 with its reservation").arg(view.form.plate);
        default:
            return qsTr("No other space for %1").arg(view.form.plate);
        }
    }

    function meaning(deed: string): string {
        switch (deed) {
        case "replace":
            return qsTr("Ask the driver first, and type what you hear. The new paper comes out at %1; the lost one opens nothing any more.").arg(view.form.lane);
        case "move":
            return qsTr("In place of %1. Ticket and price stay.").arg(view.form.space);
        case "wrong":
            return qsTr("Not on %1. Taken when it is shared and can be free; it costs what that space costs, and others get another one.").arg(view.form.space);
        case "link":
            return qsTr("The driver had reserved, and pulled another ticket. The stay takes the terms of the reservation, and everything paid for that one goes back.");
        default:
            return qsTr("No space as good as %1 is free. Everything paid goes back; a car inside leaves at no cost with its ticket.").arg(view.form.space);
        }
    }

    function asks(deed: string): string {
        switch (deed) {
        case "replace":
            return qsTr("Plate or short code that the driver names");
        case "wrong":
            return qsTr("Space where the car stands");
        default:
            return qsTr("Plate or short code of the reservation");
        }
    }

    function words(code: string): string {
        switch (code) {
        case "evidence-missing":
            return qsTr("Type what the driver names. Nothing was printed.");
        case "evidence":
            return qsTr("That does not fit this stay. Nothing was printed.");
        case "choose":
            return qsTr("Choose one. Nothing was changed.");
        case "taken":
            return qsTr("Somebody took this space a moment ago. Choose another one.");
        case "refused":
            return qsTr("That space is not shared, not free for the stay, or too small for the car. Nothing was changed.");
        case "over":
            return qsTr("The booked time is over, or its car is just driving in. Nothing was changed.");
        case "ended":
            return qsTr("This stay has ended, or leaves at no cost already. Nothing was changed.");
        case "same":
            return qsTr("Both are one ticket. Nothing was linked.");
        case "stay-state":
            return qsTr("No car is inside with this ticket, or it is priced already. Nothing was linked.");
        case "reservation-state":
            return qsTr("That reservation is neither waiting nor missed. Nothing was linked.");
        case "other-time":
            return qsTr("The stay and that reservation have no minute in common. Nothing was linked.");
        case "busy":
            return qsTr("The computer is busy. Nothing was changed. Try again.");
        case "failed":
            return qsTr("Something failed. Nothing was changed. See what needs you, then try again.");
        default:
            return "";
        }
    }

    function act(deed: string): string {
        switch (deed) {
        case "replace":
            return qsTr("Replace it (Enter)");
        case "link":
            return qsTr("Link them (Enter)");
        case "displace":
            return qsTr("Give the money back (Enter)");
        default:
            return qsTr("Take this space (Enter)");
        }
    }

    visible: form.isShown
    prefix: "life"
    title: view.heading(form.deed)
    explanation: view.meaning(form.deed)
    asksText: form.deed === "replace" || form.deed === "wrong" || form.deed === "link"
    textLabel: view.asks(form.deed)
    textHint: ""
    reason: form.text
    problem: view.words(form.problem)
    canConfirm: !form.isWaiting
    confirmLabel: form.isWaiting ? qsTr("One moment…") : view.act(form.deed)
    confirmSign: form.deed === "replace" ? "print" : form.deed === "displace" ? "money" : "tick"
    onSaid: text => view.form.say(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()
    below: [
        BigButton {
            objectName: "life_lost"
            visible: view.isInside && view.provesNothing
            width: parent.width
            height: Theme.touch
            kind: "secondary"
            sign: "money"
            size: Theme.label
            label: qsTr("Nothing proves it: price of a lost ticket")
            onActed: view.lostWanted()
        },
        Grid {
            id: choices

            columns: view.form.deed === "link" ? 1 : 4
            spacing: Theme.gap

            Repeater {
                model: view.form.choices

                Choice {
                    required property string key
                    required property string text
                    required property bool is_chosen

                    objectName: "life_choice_" + key
                    isChosen: is_chosen
                    size: Theme.body
                    width: (choices.parent.width - (choices.columns - 1) * Theme.gap) / choices.columns
                    height: Theme.mm(14)
                    label: text
                    onActed: view.form.choose(key)
                }
            }
        }
    ]
}
