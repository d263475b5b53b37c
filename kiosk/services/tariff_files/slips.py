"""Says in a manager's words what is wrong in a line that is not TOML, and what to write instead.

It only looks at the text of the line at which the reader of TOML stopped; what it does not know
keeps the reader's words.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACE = re.compile(r" \(at line (\d+), column (\d+)\)$")
_VALUE = r"[=\[,]\s*"
"""What stands before a value: it is that of a key, or one of a list."""
_END = r"\s*(?:[\]},#].*)?$"
_QUOTES = "“”„‟«»‘’‚‹›"
_UNIT = r"(?:[€$£¥%]|[A-Z]{3}|Euro?)"


def _dated(year: str, month: str, day: str) -> str:
    return f"write dates as year-month-day: {year}-{month:0>2}-{day:0>2}"


_ALONE = "write the number alone: "
_QUOTED = "put text in straight quotes: "
_SLIPS: tuple[tuple[str, str | Callable[[re.Match[str]], str]], ...] = (
    (rf"{_VALUE}(\d\d?)[./](\d\d?)[./](\d{{4}})\b", lambda m: _dated(m[3], m[2], m[1])),
    (rf"{_VALUE}(\d{{4}})-(\d\d?)-(\d\d?)\s*{_END}", lambda m: _dated(m[1], m[2], m[3])),
    (
        rf"{_VALUE}(\d{{4}}-\d\d-\d\d)[ T]+(\d\d:\d\d)",
        r'put a date with a time in quotes: "\1 \2"',
    ),
    (rf"{_VALUE}(\d\d?):(\d\d)\b", lambda m: f'put times in quotes: "{m[1]:0>2}:{m[2]}"'),
    (rf"=\s*(\d{{1,3}})\.(\d{{3}}),(\d+){_END}", r"write a point in numbers: \1\2.\3"),
    (rf"=\s*(\d+),(\d+){_END}", r"write a point in numbers: \1.\2"),
    (rf"=\s*{_UNIT}?\s*(\d+)[.,](\d+)\s*{_UNIT}?{_END}", rf"{_ALONE}\1.\2"),
    (rf"=\s*{_UNIT}\s*(\d+){_END}", rf"{_ALONE}\1"),
    (rf"=\s*(\d+)\s*{_UNIT}{_END}", rf"{_ALONE}\1"),
    (rf"=\s*(\d+)\.{_END}", r"write digits behind the point: \1.00"),
    (rf"=\s*\.(\d+){_END}", r"write a digit before the point: 0.\1"),
    (rf"=\s*0+(\d+){_END}", r"write a number without zeros before it: \1"),
    (
        rf"=\s*(?i:(true|false)){_END}",
        lambda m: f"write it in small letters: {m[1].lower()}",
    ),
    (rf"=\s*(?i:yes|no|on|off){_END}", "write true or false, without quotes"),
    (rf"{_VALUE}[{_QUOTES}]([^{_QUOTES}\"]*)[{_QUOTES}\"]?", rf'{_QUOTED}"\1"'),
    (r'=\s*"([^"]*?)\s*$', r'the end quote is missing: "\1"'),
    (r'=\s*([^"\s\[{][^"]*)"\s*$', r'the first quote is missing: "\1"'),
    (rf"=\s*([^\W\d][^\"'#,\]}}]*?){_END}", rf'{_QUOTED}"\1"'),
    (r"^\s*([\w-]+)\s*:", r"write = behind the key: \1 = "),
    (r"^\s*([\w-]+) +([\w-]+)\s*=", r"write the key without blanks: \1_\2"),
    (r"^\s*\[\[\s*([\w.-]+)\s*\]?\s*(?:#.*)?$", r"write [[\1]] in double brackets"),
    (r"^\s*\[\s*([\w.-]+)\s*(?:#.*)?$", r"write [\1] in brackets"),
)
"""What stands in the line, and the advice; the first that fits holds."""
_DOUBLE: tuple[tuple[str, str], ...] = (
    (
        r"^\s*\[(band|band\.row|cap|day|surcharge|discount|example)\]\s*(?:#.*)?$",
        r"write [[\1]] in double brackets",
    ),
    (r"^\s*\[([^\[\]]+)\]\s*(?:#.*)?$", r"the table [\1] stands twice; put all its keys into one"),
    (
        r"^\s*\[\[([^\[\]]+)\]\]\s*(?:#.*)?$",
        r"[\1] stands there already; write it in the same brackets",
    ),
    (r"^\s*([\w-]+)\s*=", r"the key \1 stands twice in one table; remove one of them"),
)
"""The same for names that are taken."""


def slip_text(text: str, said: str) -> str:
    """The line and what to write in it, with what the reader of TOML said at the end."""
    place = _PLACE.search(said)
    if place is None:
        return f"is not TOML: {said}"
    number, column = int(place[1]), place[2]
    words = f"is not TOML: {said[: place.start()]}, column {column}"
    lines = text.split("\n")
    # Nobody writes longer lines by hand, and the patterns would take long over them.
    advice = _advice(lines[number - 1][:200].rstrip("\r"), said)
    return f"line {number}: {advice} ({words})" if advice else f"line {number}: {words}"


def _advice(line: str, said: str) -> str:
    double = re.match(r"Duplicate inline table key '(.*)'", said)
    if double:
        return f"the key {double[1]} stands twice in one table; remove one of them"
    is_taken = said.startswith(("Cannot overwrite", "Cannot declare"))
    for pattern, advice in _DOUBLE if is_taken else _SLIPS:
        found = re.search(pattern, line)
        if found:
            return found.expand(advice) if isinstance(advice, str) else advice(found)
    return ""
