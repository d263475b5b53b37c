"""What became of money at providers is said at the desk in words, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication

from kiosk.domain.ids import ReservationId
from kiosk.services.events import ReportImpossible
from kiosk.services.views import OpenCase
from kiosk.ui.format import Language
from kiosk.ui.translate import Translations
from tests.ui.desk_looks import words
from tests.ui.desk_stage import NOW, DeskStage, desk_stage, desk_view, euro

STAY = ReservationId(4)
CASES = tuple(
    OpenCase(
        kind=kind,
        key=f"{kind} 1",
        reservation_id=stay,
        plate="" if stay is None else "DDAB1234",
        at=NOW,
        words=provider,
        amount=euro(700),
        until=NOW + timedelta(hours=72) if kind == "capture-failed" else None,
    )
    for kind, stay, provider in (
        ("capture-failed", STAY, ""),
        ("refund-refused", STAY, "simulator"),
        ("suspense-more", None, "simulator"),
        ("suspense-less", None, "simulator"),
        ("missing", STAY, "simulator"),
        ("missing-refund", STAY, "simulator"),
        ("unanswered", STAY, "simulator"),
    )
)


@pytest.fixture
def desk(qapp: object) -> Iterator[DeskStage]:
    with desk_stage(with_window=True) as stage:
        stage.sign_in()
        yield stage


@pytest.fixture
def translations(qapp: QGuiApplication) -> Iterator[Translations]:
    """Both languages; English again afterwards."""
    home = QObject()
    both = Translations(qapp, home)
    yield both
    both.speak_at_desk("en", [])
    home.deleteLater()


SAID: dict[Language, tuple[str, ...]] = {
    "en": (
        "€7.00 was not collected from DDAB1234",
        "simulator does not give €7.00 back",
        "simulator reports €7.00 more than our books",
        "simulator reports €7.00 less than our books",
        "simulator knows nothing of €7.00",
        "simulator knows nothing of the refund of €7.00",
        "simulator does not answer about €7.00",
    ),
    "zh_CN": (
        "未能从 DDAB1234 收取 €7.00",
        "simulator 不退还 €7.00",
        "simulator 的报告比我们的账目多 €7.00",
        "simulator 的报告比我们的账目少 €7.00",
        "simulator 没有 €7.00 的记录",
        "simulator 没有 €7.00 退款的记录",
        "simulator 对 €7.00 的询问没有答复",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_each_is_said_in_words_and_stands_until_it_is_over(
    desk: DeskStage, language: Language, translations: Translations
) -> None:
    assert desk.engine is not None
    translations.speak_at_desk(language, [desk.engine])
    desk.screen.speak(language)
    notices = desk.screen._notices
    for case, said in zip(CASES, SAID[language], strict=True):
        notices.show(replace(desk_view(), cases=(case,)))
        QGuiApplication.processEvents()
        notices.done(case.key)

        assert said in {str(each.property("text")) for each in words(desk)}
        assert [line.kind for line in notices._lines.rows] == [case.kind]


IMPOSSIBLE: dict[Language, tuple[str, str]] = {
    "en": (
        "simulator reports what cannot be true",
        "Nothing of it was booked. Ask the provider about 2026-11-22: unreadable: {}",
    ),
    "zh_CN": (
        "simulator 的报告含有不可能的内容",
        "这些内容均未入账。请向支付机构查询 2026-11-22: unreadable: {}",
    ),
}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_report_of_what_cannot_be_is_said_in_words(
    desk: DeskStage, language: Language, translations: Translations
) -> None:
    assert desk.engine is not None
    translations.speak_at_desk(language, [desk.engine])
    desk.screen.speak(language)

    desk.screen.on_published(ReportImpossible("simulator", NOW.date(), ("unreadable: {}",)))
    QGuiApplication.processEvents()

    headline, advice = IMPOSSIBLE[language]
    said = [str(each.property("text")) for each in words(desk)]
    assert headline in said
    assert any(each.endswith(f"  {advice}") for each in said)
