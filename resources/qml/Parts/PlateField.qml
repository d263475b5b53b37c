// The plate as it grows, on a plate: always left to right, 15 mm capitals (ux 5, 44).
import QtQuick
import Theme

Rectangle {
    id: field

    required property string plate
    property string country: "latin"
    property string hint: qsTr("Your number plate")

    implicitHeight: Theme.mm(Theme.desk ? 16 : 42)
    implicitWidth: Theme.mm(180)
    radius: Theme.mm(Theme.desk ? 1.5 : 4)
    color: country === "CN" ? "#0A4DA2" : "#FFFFFF"
    border.width: Theme.mm(Theme.desk ? 0.6 : 1.6)
    border.color: country === "CN" ? "#FFFFFF" : "#0B1B2B"
    Accessible.role: Accessible.EditableText
    Accessible.name: plate === "" ? hint : plate

    Words {
        objectName: "plate"
        anchors.fill: parent
        anchors.margins: Theme.mm(3)
        text: field.plate === "" ? field.hint : field.plate
        size: field.plate === "" ? Theme.body : Theme.cap(Theme.desk ? 7 : 21)
        strong: field.plate !== ""
        color: field.country === "CN" ? "#FFFFFF" : field.plate === "" ? "#2C3A48" : "#0B1B2B"
        font.letterSpacing: field.plate === "" ? 0 : Theme.mm(Theme.desk ? 0.6 : 1.6)
        horizontalAlignment: Text.AlignHCenter
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.least
        wrapMode: Text.NoWrap
        LayoutMirroring.enabled: false
        Accessible.ignored: true
    }
}
