// The desk has been rung, told on the entry's glass.
import Kiosk

HelpPage {
    id: page

    required property EntryScreen entry

    objectName: "page_help"
    languages: page.entry.session.languages
    language: page.entry.session.language
    phone: page.entry.helpPhone
    kioskNumber: page.entry.kioskNumber
    onBack: page.entry.back()
    onHelpWanted: page.entry.help()
    onLanguageChosen: code => page.entry.session.speak(code)
}
