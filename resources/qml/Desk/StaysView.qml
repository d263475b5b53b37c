// The list of stays: type to find, arrows to move, Enter to open one stay's money.
pragma ComponentBehavior: Bound
import QtQuick
import Theme
import Parts

Card {
    id: view

    required property StaysCard stays

    property bool showsKeys: false

    function find() {
        table.forceActiveFocus(Qt.ShortcutFocusReason);
    }

    title: qsTr("Stays")
    note: stays.isNear ? qsTr("Nothing fits exactly: these are close") : ""

    beside: Row {
        spacing: Theme.gap

        BigButton {
            objectName: "stays_keys"
            kind: "secondary"
            size: Theme.label
            height: Theme.touch
            label: view.showsKeys ? qsTr("Show the plan") : qsTr("Keys on screen")
            onActed: {
                view.showsKeys = !view.showsKeys;
                view.find();
            }
        }

        Repeater {
            model: ["all", "inside", "expected", "ended"]

            Choice {
                required property string modelData

                objectName: "group_" + modelData
                isChosen: view.stays.group === modelData
                width: Theme.mm(26)
                label: DeskWords.group(modelData)
                onActed: view.stays.chooseGroup(modelData)
            }
        }
    }

    DataTable {
        id: table

        objectName: "stays"
        anchors.fill: parent
        focus: true
        rows: view.stays.lines
        filterText: view.stays.filter
        filterHint: qsTr("Plate, short code, debt code or space (F3)")
        emptyText: qsTr("No stay fits")
        countText: qsTr("%1 of %2").arg(view.stays.found).arg(view.stays.all)
        columns: [
            {
                role: "plate",
                title: qsTr("Plate"),
                share: 13,
                strong: true
            },
            {
                role: "code",
                title: qsTr("Short code"),
                share: 11
            },
            {
                role: "condition",
                title: qsTr("State"),
                share: 13,
                pill: "kind",
                word: code => DeskWords.stay(code)
            },
            {
                role: "space",
                title: qsTr("Space"),
                share: 7
            },
            {
                role: "area",
                title: qsTr("Level"),
                share: 9
            },
            {
                role: "window",
                title: qsTr("Booked"),
                share: 17
            },
            {
                role: "entered",
                title: qsTr("In"),
                share: 6
            },
            {
                role: "left",
                title: qsTr("Out"),
                share: 6
            },
            {
                role: "deposit",
                title: qsTr("Deposit"),
                share: 8,
                right: true
            },
            {
                role: "charged",
                title: qsTr("Charged"),
                share: 8,
                right: true
            },
            {
                role: "mark",
                title: "",
                share: 7,
                word: code => DeskWords.mark(code)
            }
        ]
        onFilterEdited: text => view.stays.type(text)
        onChosen: key => view.stays.open(key)
    }
}
