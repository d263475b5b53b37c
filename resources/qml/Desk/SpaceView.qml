// Asks for how long and why before a space is taken out of use, and tells what became of whom.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

AskCard {
    id: view

    required property SpaceForm form

    function words(code: string): string {
        switch (code) {
        case "reason-missing":
            return qsTr("Give a reason. Nothing was closed.");
        case "past":
            return qsTr("That time is over. Nothing was closed.");
        case "busy":
            return qsTr("The computer is busy. Nothing was changed. Try again.");
        case "failed":
            return qsTr("Something failed. Nothing was changed. See what needs you, then try again.");
        default:
            return "";
        }
    }

    visible: form.isShown
    prefix: "space"
    title: form.deed === "reopen" ? qsTr("Reopen %1").arg(form.space) : form.deed === "closed" ? qsTr("%1 is closed").arg(form.space) : qsTr("Close %1").arg(form.space)
    explanation: form.deed === "reopen" ? qsTr("It is offered again from now on. Whoever was moved stays where he is.") : form.deed === "closed" ? qsTr("These had reserved it. Their tickets stay good and say the new space.") : qsTr("Nobody gets it for so long. Whoever has reserved it gets another space now, or the money back. A car that stands there is not touched.")
    reasons: form.deed === "close" ? DeskWords.closeReasons : []
    reason: form.reason
    problem: view.words(form.problem)
    canConfirm: !form.isWaiting
    canCancel: form.deed !== "closed"
    confirmLabel: form.isWaiting ? qsTr("One moment…") : form.deed === "reopen" ? qsTr("Reopen (Enter)") : form.deed === "closed" ? qsTr("Done (Enter)") : qsTr("Close the space (Enter)")
    confirmSign: form.deed === "close" ? "stop" : "tick"
    onSaid: text => view.form.say(text)
    onConfirmed: view.form.confirm()
    onCancelled: view.form.cancel()

    Row {
        visible: view.form.deed === "close"
        spacing: Theme.gap

        Repeater {
            model: view.form.hours

            Choice {
                required property var modelData

                objectName: "space_hours_" + modelData.hours
                isChosen: modelData.isChosen
                size: Theme.body
                height: Theme.mm(14)
                label: modelData.text
                onActed: view.form.chooseHours(modelData.hours)
            }
        }
    }

    Words {
        objectName: "space_moved"
        visible: text !== ""
        width: parent.width
        text: view.form.moved
        size: Theme.title
        strong: true
    }

    Words {
        objectName: "space_sent_away"
        visible: view.form.sentAway > 0
        width: parent.width
        text: qsTr("No space was left for %1: the money goes back.").arg(view.form.sentAway)
        size: Theme.title
        color: Theme.bad
    }
}
