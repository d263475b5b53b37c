// What needs the attendant now: calls, faults with what to do, passages nobody reported.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property NoticesCard notices
    required property LanesCard lanes

    signal stayWanted(string key)
    signal explainWanted(string key)

    function headline(kind: string, lane: string, code: string): string {
        switch (kind) {
        case "help":
            return qsTr("Help wanted at %1").arg(lane);
        case "fault":
            return qsTr("%1: %2").arg(lane).arg(DeskWords.alarm(code));
        case "failed":
            return qsTr("The computer failed: %1").arg(code);
        case "unreported":
            return qsTr("%1: nobody saw whether this car has passed").arg(lane);
        case "tariff":
            return qsTr("Tariff file %1 is not taken").arg(code);
        case "report":
            return qsTr("%1 reports what cannot be true").arg(code);
        default:
            return code === "paper_low" ? qsTr("%1: the paper roll is near its end").arg(lane) : code === "unverified" ? qsTr("%1: the printer does not tell whether it prints").arg(lane) : qsTr("%1: paper was not printed").arg(lane);
        }
    }

    function advice(kind: string, code: string, plate: string, remedy: string): string {
        switch (kind) {
        case "help":
            return qsTr("Call back or walk there. Open with a reason if the driver is in the right.");
        case "fault":
            return DeskWords.remedy(code);
        case "failed":
            return DeskWords.failure(code, remedy);
        case "unreported":
            return plate === "" ? qsTr("Look whether the car is through.") : qsTr("Look whether %1 is through, then say so on its page (F9). If not, its ticket opens again.").arg(plate);
        case "tariff":
            return qsTr("The old tariff stays in force. Tell the operator: %1").arg(remedy);
        case "report":
            return qsTr("Nothing of it was booked. Ask the provider about %1").arg(remedy);
        default:
            return paperAdvice(code);
        }
    }

    function paperAdvice(code: string): string {
        switch (code) {
        case "paper_low":
            return qsTr("It still prints. Put in a new roll soon.");
        case "unverified":
            return qsTr("Look whether paper comes out. Drivers are asked to take a photo.");
        case "lost":
            return qsTr("Check the printer's cable and power. Money and ticket are safe on the screen.");
        case "offline":
            return qsTr("Check the cover, and for a jam. Then print the ticket again: nothing is charged twice.");
        default:
            return qsTr("Check the paper roll. Money and ticket are safe on the screen.");
        }
    }

    function isMoney(kind: string): bool {
        return ["dispute", "chargeback", "debt", "capture-failed", "refund-refused", "suspense-more", "suspense-less", "missing", "missing-refund", "unanswered"].includes(kind);
    }

    function isExplained(kind: string): bool {
        return ["suspense-more", "suspense-less", "missing", "missing-refund"].includes(kind);
    }

    title: qsTr("Needs you")

    ListView {
        id: list

        objectName: "notices"
        anchors.fill: parent
        clip: true
        spacing: Theme.gap
        boundsBehavior: Flickable.StopAtBounds
        model: view.notices.lines

        Row {
            anchors.centerIn: parent
            visible: list.count === 0
            spacing: Theme.gap

            Sign {
                name: "tick"
                colour: Theme.good
                size: Theme.mm(7)
            }

            Words {
                height: Theme.mm(7)
                text: qsTr("Nothing is waiting for you")
                color: Theme.inkQuiet
                wrapMode: Text.NoWrap
            }
        }

        delegate: Rectangle {
            id: line

            required property string key
            required property string kind
            required property string lane
            required property string code
            required property string at
            required property string cleared
            required property string plate
            required property string stay
            required property string remedy
            required property string way
            required property string obstacle
            readonly property bool isCleared: cleared !== ""
            readonly property bool isBad: kind === "failed" || (kind === "fault" && !isCleared)
            readonly property color on: kind === "help" ? Theme.attentionInk : isBad ? Theme.badSoftInk : Theme.neutralSoftInk

            width: list.width
            height: Math.max(words.implicitHeight, keys.height) + Theme.mm(4)
            radius: Theme.radius
            color: kind === "help" ? Theme.attention : isBad ? Theme.badSoft : Theme.neutralSoft
            Accessible.role: Accessible.AlertMessage
            Accessible.name: head.text + ". " + advice.text

            Sign {
                id: picture
                x: Theme.mm(3)
                y: Theme.mm(3)
                name: line.isCleared ? "tick" : line.kind === "help" ? "help" : line.isBad ? "warning" : line.kind === "paper" ? "print" : "notice"
                colour: line.on
                size: Theme.mm(6)
            }

            Column {
                id: words

                anchors.left: picture.right
                anchors.right: keys.left
                anchors.leftMargin: Theme.mm(3)
                anchors.rightMargin: Theme.gapWide
                anchors.verticalCenter: parent.verticalCenter

                Words {
                    id: head
                    width: parent.width
                    text: view.isMoney(line.kind) ? DeskAfterWords.headline(line.kind, line.plate, line.code, line.remedy) : view.headline(line.kind, line.way === "" ? line.lane : DeskWords.lane(line.lane, line.way), line.code)
                    strong: true
                    color: line.on
                    Accessible.ignored: true
                }

                Words {
                    id: advice
                    width: parent.width
                    text: line.isCleared ? qsTr("Raised %1, gone since %2").arg(line.at).arg(line.cleared) : line.at + "  " + (view.isMoney(line.kind) ? DeskAfterWords.advice(line.kind, line.remedy) : view.advice(line.kind, line.code, line.plate, line.remedy)) + (line.obstacle === "" ? "" : " " + qsTr("No reset now: %1.").arg(DeskWords.obstacle(line.obstacle)))
                    size: Theme.label
                    color: line.on
                    Accessible.ignored: true
                }
            }

            Row {
                id: keys

                anchors.right: parent.right
                anchors.rightMargin: Theme.mm(3)
                anchors.verticalCenter: parent.verticalCenter
                height: Theme.touch
                spacing: Theme.gap

                BigButton {
                    objectName: "notice_open_" + line.kind + "_" + (view.isMoney(line.kind) ? line.stay : line.lane)
                    visible: line.kind === "help" || line.kind === "unreported" || (view.isMoney(line.kind) && line.stay !== "")
                    kind: "secondary"
                    size: Theme.label
                    label: line.stay === "" ? qsTr("Open…") : qsTr("Show stay")
                    onActed: line.stay === "" ? view.lanes.open(line.lane) : view.stayWanted(line.stay)
                }

                BigButton {
                    objectName: "notice_explain_" + line.kind
                    visible: view.isExplained(line.kind)
                    kind: "secondary"
                    size: Theme.label
                    label: qsTr("Explain…")
                    onActed: view.explainWanted(line.key)
                }

                BigButton {
                    objectName: "notice_reset_" + line.lane
                    visible: line.kind === "fault" && !line.isCleared
                    enabled: line.obstacle === ""
                    kind: "secondary"
                    size: Theme.label
                    label: qsTr("Reset lane")
                    onActed: view.lanes.reset(line.lane)
                }

                BigButton {
                    objectName: "notice_done_" + line.kind + "_" + line.lane
                    visible: (line.kind !== "fault" || line.isCleared) && !view.isMoney(line.kind)
                    kind: "secondary"
                    size: Theme.label
                    label: line.kind === "help" ? qsTr("Answered") : qsTr("Seen")
                    onActed: view.notices.done(line.key)
                }
            }
        }
    }
}
