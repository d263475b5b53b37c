"""`kiosk scenario FILE...`: stories about a car park, told in virtual time, and their books."""

from __future__ import annotations

import argparse
from pathlib import Path

from kiosk.app.arguments import capitalised
from kiosk.app.errors import ConfigError
from kiosk.app.exit_codes import DONE, REFUSED


def add_to(
    commands: argparse._SubParsersAction[argparse.ArgumentParser], *, default_site: Path
) -> None:
    """Give the command line `scenario`."""
    about = "tell stories about a car park in virtual time, and where every cent went"
    command = commands.add_parser(
        "scenario",
        help=about,
        description=f"{capitalised(about)}. docs/scenarios.md describes the files. Exit 1 when "
        "something else came than a story expects, or escrow or the ledger is not at zero.",
    )
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--json", action="store_true", help="one JSON document on stdout")
    command.add_argument(
        "--beside",
        action="store_true",
        help="write each report beside its file, as NAME.out.txt, or with --json as NAME.out.json",
    )
    command.set_defaults(command=_scenario)


def _scenario(options: argparse.Namespace) -> int:
    from kiosk.app.scenario_file import read_scenario
    from kiosk.app.scenario_report import stories_json, story_text
    from kiosk.app.scenario_run import tell

    scenarios, wrong = [], []
    for path in options.files:
        try:
            scenarios.append(read_scenario(path))
        except ConfigError as error:
            wrong.append(str(error))
    if wrong:
        raise ConfigError("\n".join(wrong))
    stories = [tell(scenario) for scenario in scenarios]
    if options.beside:
        for path, story in zip(options.files, stories, strict=True):
            if options.json:
                text = stories_json([story]) + "\n"
                path.with_suffix(".out.json").write_text(text, encoding="utf-8")
            else:
                path.with_suffix(".out.txt").write_text(story_text(story), encoding="utf-8")
    elif options.json:
        print(stories_json(stories))
    else:
        print("\n".join(story_text(story) for story in stories), end="")
    return DONE if all(story.is_good for story in stories) else REFUSED
