// What stands on the glass from the first frame on, while the program behind it is loaded: the
// sign of a car park, without words, because no language is known yet.
import QtQuick
import Parts
import Theme

Window {
    visible: true
    color: Theme.band

    Rectangle {
        anchors.centerIn: parent
        width: Theme.mm(92)
        height: width
        radius: Theme.radius
        color: Theme.accent

        Sign {
            anchors.centerIn: parent
            name: "park"
            colour: Theme.accentInk
            size: Theme.mm(66)
        }
    }
}
