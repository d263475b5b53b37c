// One thing that a hand can do in a toy lane.
import QtQuick
import Theme
import Parts

BigButton {
    kind: "secondary"
    size: Theme.label
    implicitHeight: Theme.touch
}
