// The page that a view-model names, from its own file, which is compiled when it is first shown: a
// page that nobody has opened yet costs the start no time and the kiosk no memory.
import QtQuick

Loader {
    id: root

    required property string page
    // The file of each page, and what its root is given; no name, no page.
    required property var files
    required property var given

    function show(): void {
        if (page === "")
            source = "";
        else
            setSource(Qt.resolvedUrl(`${files[page]}.qml`), given);
    }

    onPageChanged: show()
    Component.onCompleted: show()
}
