"""What screens and printers were given, told at that moment to somebody who lives on."""

from __future__ import annotations

import base64
import os
import pickle
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from kiosk.services.events import LaneChanged
from tests.fakes.stage import Stage


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: an answer to a command, a published event, or a paper."""

    at: datetime
    words: Any
    command: Any = None
    """What it answers; None for what was said unasked."""


def tell_all(stage: Stage, descriptor: int) -> None:
    """From now on everything that the site says goes out here too, each at once."""
    site = stage.site
    publish, print_paper, do = site.core.publish, site.core.print_paper, site.do

    def say(words: object, command: object = None) -> None:
        line = base64.b64encode(pickle.dumps(Said(stage.now, words, command))) + b"\n"
        while line:
            line = line[os.write(descriptor, line) :]

    def told(event: Any) -> None:
        publish(event)
        if not isinstance(event, LaneChanged):
            say(event)

    def printed(lane: Any, paper: Any) -> None:
        print_paper(lane, paper)
        say(paper)

    def done(command: Any) -> Any:
        answer = do(command)
        say(answer, command)
        return answer

    site.core.publish, site.core.print_paper = told, printed
    site.do = done  # type: ignore[method-assign]


def heard(line: bytes) -> Said | None:
    """A sentence; None for one that was cut off, which nobody has read."""
    if not line.endswith(b"\n"):
        return None
    said = pickle.loads(base64.b64decode(line))
    assert isinstance(said, Said)
    return said
