// A QR code, dark on white, whole pixels, at least 0.8 mm a module (ux 42), with its short code.
import QtQuick
import Theme

Item {
    id: picture

    required property string text
    property string code: ""
    property string hint: ""
    property real side: Theme.mm(Theme.desk ? 45 : 110)

    implicitWidth: side
    implicitHeight: side + (code !== "" ? short.implicitHeight : 0) + (hint !== "" ? below.implicitHeight : 0)
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("QR ticket %1").arg(code)

    Rectangle {
        width: picture.side
        height: picture.side
        radius: Theme.radius
        color: "#FFFFFF"
        border.width: Theme.line
        border.color: Theme.rule

        Image {
            objectName: "qr"
            anchors.centerIn: parent
            source: picture.text === "" ? "" : "image://qr/" + encodeURIComponent(picture.text)
            sourceSize: Qt.size(picture.side, picture.side)
            smooth: false
            cache: false
        }
    }

    Words {
        id: short
        y: picture.side
        width: picture.side
        visible: picture.code !== ""
        text: picture.code
        size: Theme.title
        strong: true
        horizontalAlignment: Text.AlignHCenter
        LayoutMirroring.enabled: false
    }

    Words {
        id: below
        anchors.bottom: parent.bottom
        width: picture.side
        visible: picture.hint !== ""
        text: picture.hint
        size: Theme.label
        color: Theme.inkQuiet
        horizontalAlignment: Text.AlignHCenter
    }
}
