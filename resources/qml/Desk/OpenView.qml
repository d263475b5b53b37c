// Asks why before a barrier is opened by hand: a reason by one key, or in the attendant's words.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

FocusScope {
    id: view

    required property OpenForm form

    function problem(code: string): string {
        switch (code) {
        case "reason-missing":
            return qsTr("Give a reason. The barrier was not opened.");
        case "out-of-order":
            return qsTr("This lane is out of order. The barrier was not opened: use its key.");
        case "busy":
            return qsTr("The computer is busy. The barrier was not opened. Try again.");
        default:
            return "";
        }
    }

    visible: form.isShown
    onVisibleChanged: if (visible)
        reasonBox.forceActiveFocus(Qt.PopupFocusReason)

    Rectangle {
        anchors.fill: parent
        color: Theme.ink
        opacity: 0.6
    }

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        anchors.centerIn: parent
        width: Theme.mm(190)
        height: content.implicitHeight + 2 * Theme.mm(10)
        radius: Theme.radius
        color: Theme.card

        Column {
            id: content

            x: Theme.mm(10)
            y: Theme.mm(10)
            width: parent.width - 2 * x
            spacing: Theme.gapWide

            Words {
                width: parent.width
                text: view.form.plate === "" ? qsTr("Open %1 by hand").arg(view.form.lane) : qsTr("Open for %1").arg(view.form.plate)
                size: Theme.figure
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                text: view.form.plate === "" ? qsTr("The order is written down with your name and the reason. It belongs to no stay.") : qsTr("The order is written down with your name and the reason. The passage counts for this stay. At an exit, what escrow does not cover is waived.")
                color: Theme.inkQuiet
            }

            Row {
                visible: view.form.lanes.length > 1 || view.form.plate !== ""
                spacing: Theme.gap

                Repeater {
                    model: view.form.lanes

                    Choice {
                        required property string modelData

                        objectName: "open_lane_" + modelData
                        isChosen: modelData === view.form.lane
                        height: Theme.action
                        size: Theme.body
                        label: modelData
                        onActed: view.form.chooseLane(modelData)
                    }
                }
            }

            Grid {
                columns: 2
                spacing: Theme.gap

                Repeater {
                    model: DeskWords.reasons

                    Choice {
                        id: choice

                        required property int index
                        required property string modelData

                        objectName: "reason_" + (index + 1)
                        isChosen: modelData === view.form.reason
                        centred: false
                        size: Theme.body
                        width: (content.width - Theme.gap) / 2
                        height: Theme.mm(14)
                        label: qsTr("F%1  %2").arg(index + 1).arg(modelData)
                        onActed: view.form.say(modelData)

                        Shortcut {
                            sequence: "F" + (choice.index + 1)
                            enabled: view.visible
                            onActivated: view.form.say(choice.modelData)
                        }
                    }
                }
            }

            TextBox {
                id: reasonBox
                objectName: "reason"
                width: parent.width
                focus: true
                label: qsTr("Reason")
                hint: qsTr("or in your own words")
                text: view.form.reason
                mostSigns: 120
                onEdited: text => view.form.say(text)
                onAccepted: view.form.confirm()
            }

            Words {
                objectName: "open_problem"
                visible: text !== ""
                width: parent.width
                text: view.problem(view.form.problem)
                strong: true
                color: Theme.bad
                Accessible.role: Accessible.AlertMessage
            }

            Item {
                width: parent.width
                height: Theme.mm(16)

                BigButton {
                    objectName: "open_cancel"
                    width: Theme.mm(50)
                    height: parent.height
                    kind: "secondary"
                    sign: "cross"
                    label: qsTr("Cancel (Esc)")
                    onActed: view.form.cancel()
                }

                BigButton {
                    objectName: "open_confirm"
                    anchors.right: parent.right
                    width: Theme.mm(90)
                    height: parent.height
                    kind: "primary"
                    sign: "barrier_up"
                    enabled: !view.form.isWaiting && view.form.lane !== ""
                    label: view.form.isWaiting ? qsTr("One moment…") : qsTr("Open the barrier (Enter)")
                    onActed: view.form.confirm()
                }
            }
        }
    }

    Shortcut {
        sequence: "Escape"
        enabled: view.visible
        onActivated: view.form.cancel()
    }
}
