// The frame of every exit page, tied to the exit's view-model.
import QtQuick
import Kiosk
import Parts

PageFrame {
    id: page

    required property ExitScreen exit

    title: page.exit.siteName
    sign: "leave"
    canGoBack: false
    canCancel: false
    languages: page.exit.session.languages
    language: page.exit.session.language
    onBack: page.exit.back()
    onCancelled: page.exit.cancel()
    onHelpWanted: page.exit.help()
    onLanguageChosen: code => page.exit.session.speak(code)
}
