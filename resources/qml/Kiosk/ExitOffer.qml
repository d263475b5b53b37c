// Offered to a driver who stands before the barrier and does nothing (ux 25).
import QtQuick
import Parts

Banner {
    property bool isOffered: false

    objectName: "help_offered"
    visible: isOffered
    height: visible ? implicitHeight : 0
    kind: "notice"
    text: qsTr("Can we help you?")
    detail: qsTr("Press Help below. Your price stays as it is.")
}
