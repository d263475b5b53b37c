// One pictogram of resources/icons in one colour; never alone where a state is told.
import QtQuick
import Theme

Image {
    required property string name
    property color colour: Theme.ink
    property int size: Theme.mm(10)

    width: size
    height: size
    visible: name !== ""
    source: name === "" ? "" : "image://sign/" + name + "/" + colour.toString().slice(-6)
    sourceSize: Qt.size(size, size)
    fillMode: Image.PreserveAspectFit
    Accessible.ignored: true
}
