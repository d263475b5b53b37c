// Asks once more before something is written down, above everything else: a card with what will
// happen, a reason by one key or in the attendant's words where one is wanted, and two buttons.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

FocusScope {
    id: view

    // What the names of its buttons begin with.
    required property string prefix
    required property string title
    required property string explanation
    property list<string> reasons: []
    // What is typed: the reason, or whatever the card asks for instead.
    property bool asksText: reasons.length > 0
    property string textLabel: qsTr("Reason")
    property string textHint: qsTr("or in your own words")
    property string reason: ""
    property string problem: ""
    property bool canConfirm: true
    property bool canCancel: true
    required property string confirmLabel
    property string confirmSign: "tick"
    default property alias extra: extraRoom.data
    property alias below: belowRoom.data

    signal said(string text)
    signal confirmed
    signal cancelled

    function takeFocus() {
        if (view.visible && view.asksText)
            reasonBox.forceActiveFocus(Qt.PopupFocusReason);
        else if (view.visible)
            card.forceActiveFocus(Qt.PopupFocusReason);
    }

    onVisibleChanged: Qt.callLater(view.takeFocus)

    Rectangle {
        anchors.fill: parent
        color: Theme.ink
        opacity: 0.6
    }

    MouseArea {
        anchors.fill: parent
    }

    Rectangle {
        id: card

        anchors.centerIn: parent
        width: Theme.mm(190)
        height: content.implicitHeight + 2 * Theme.mm(10)
        radius: Theme.radius
        color: Theme.card
        Keys.onReturnPressed: view.confirmed()
        Keys.onEnterPressed: view.confirmed()

        Column {
            id: content

            x: Theme.mm(10)
            y: Theme.mm(10)
            width: parent.width - 2 * x
            spacing: Theme.gapWide

            Words {
                objectName: view.prefix + "_title"
                width: parent.width
                text: view.title
                size: Theme.figure
                strong: true
                Accessible.role: Accessible.Heading
            }

            Words {
                width: parent.width
                text: view.explanation
                color: Theme.inkQuiet
            }

            Column {
                id: extraRoom
                width: parent.width
            }

            Grid {
                visible: view.reasons.length > 0
                columns: 2
                spacing: Theme.gap

                Repeater {
                    model: view.reasons

                    Choice {
                        id: choice

                        required property int index
                        required property string modelData

                        objectName: "reason_" + (index + 1)
                        isChosen: modelData === view.reason
                        centred: false
                        size: Theme.body
                        width: (content.width - Theme.gap) / 2
                        height: Theme.mm(14)
                        label: qsTr("F%1  %2").arg(index + 1).arg(modelData)
                        onActed: view.said(modelData)

                        Shortcut {
                            sequence: "F" + (choice.index + 1)
                            enabled: view.visible
                            onActivated: view.said(choice.modelData)
                        }
                    }
                }
            }

            TextBox {
                id: reasonBox
                objectName: "reason"
                visible: view.asksText
                width: parent.width
                label: view.textLabel
                hint: view.textHint
                text: view.reason
                mostSigns: 120
                onEdited: text => view.said(text)
                onAccepted: view.confirmed()
            }

            Column {
                id: belowRoom
                width: parent.width
            }

            Words {
                objectName: view.prefix + "_problem"
                visible: text !== ""
                width: parent.width
                text: view.problem
                strong: true
                color: Theme.bad
                Accessible.role: Accessible.AlertMessage
            }

            Item {
                width: parent.width
                height: Theme.mm(16)

                BigButton {
                    objectName: view.prefix + "_cancel"
                    visible: view.canCancel
                    width: Theme.mm(50)
                    height: parent.height
                    kind: "secondary"
                    sign: "cross"
                    label: qsTr("Cancel (Esc)")
                    onActed: view.cancelled()
                }

                BigButton {
                    objectName: view.prefix + "_confirm"
                    anchors.right: parent.right
                    width: Theme.mm(90)
                    height: parent.height
                    kind: "primary"
                    sign: view.confirmSign
                    enabled: view.canConfirm
                    label: view.confirmLabel
                    onActed: view.confirmed()
                }
            }
        }
    }

    Shortcut {
        sequence: "Escape"
        enabled: view.visible
        onActivated: view.cancelled()
    }
}
