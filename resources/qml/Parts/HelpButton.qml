// Rings the attendant; stands in the same place on every screen (ux 20, 36).
import QtQuick
import Theme

BigButton {
    objectName: "help"
    kind: "secondary"
    sign: "help"
    size: Theme.label
    label: qsTr("Help")
}
