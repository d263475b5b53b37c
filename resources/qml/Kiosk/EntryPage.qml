// The frame of every entry page, tied to the entry's view-model.
import QtQuick
import Kiosk
import Parts

PageFrame {
    id: page

    required property EntryScreen entry

    title: page.entry.siteName
    sign: "park"
    languages: page.entry.session.languages
    language: page.entry.session.language
    onBack: page.entry.back()
    onCancelled: page.entry.cancel()
    onHelpWanted: page.entry.help()
    onLanguageChosen: code => page.entry.session.speak(code)
}
