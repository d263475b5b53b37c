"""Recipe of the bundled fonts: Noto Sans and Noto Sans SC merged into one family, two weights.

One family means no fallback, one line height and tabular digits beside Chinese signs. Noto Sans
gives Latin, Noto Sans SC the signs of GB 2312. The result is renamed `Kiosk Sans`, because a
changed font must not carry a reserved name (OFL, section 3).

Run it by hand in a throwaway environment; the set-up of the product never does:

    npm pack @fontsource/noto-sans@5.3.0 @fontsource/noto-sans-sc@5.3.0
    python -m venv v && v/bin/pip install fonttools==4.68.0 brotli==1.2.1
    v/bin/python make_fonts.py FOLDER_OF_THE_TWO_TGZ
"""

import hashlib
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import merge, subset
from fontTools.ttLib import TTFont

SOURCES = {
    "fontsource-noto-sans-5.3.0.tgz": (
        "f62f8ed40e378f15134e32bed2fd5718d81e9ec7a5603d1022d7b385e2297abc"
    ),
    "fontsource-noto-sans-sc-5.3.0.tgz": (
        "05a7abac78a6cac4bd1361e7b24c680ee820fcc2f22cf5cc92673f4cd12771c5"
    ),
}
FAMILY = "Kiosk Sans"
WEIGHTS = {400: "Regular", 600: "SemiBold"}
HERE = Path(__file__).parent
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2032, 0x2033]
LATIN += [0x2039, 0x203A, 0x2044, 0x20AC, 0x2122, 0x2212, 0x1E9E]
CHINESE_PUNCTUATION = [*range(0x3000, 0x3018), *range(0xFF01, 0xFF5F), 0xFFE5]
ARROW = 0x2192  # the only arrow that the packages carry


def hanzi_of_gb2312() -> set[int]:
    """The 6,763 signs of rows 16 to 87; the rows before hold symbols that no screen uses."""
    signs = set()
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                signs.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return signs


def cut(source: Path, *, keep: set[int], target: Path) -> None:
    """Keep these characters with kerning and mark positions, drop what a screen never needs."""
    options = subset.Options(
        layout_features=["kern", "mark", "ccmp"], hinting=False, notdef_outline=True
    )
    options.drop_tables += ["STAT", "BASE", "vhea", "vmtx", "GDEF"]
    font = TTFont(source)
    font.flavor = None
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=keep)
    cutter.subset(font)
    font.save(target)


def rename(font: TTFont, *, weight: int, style: str) -> None:
    """Give the merged font its own name, so that Qt finds both weights under one family."""
    table = font["name"]
    rights = [str(n) for n in table.names if n.nameID == 0]
    table.names = []
    texts = {
        0: f"{rights[0]} Merged and renamed.",
        1: FAMILY if weight == 400 else f"{FAMILY} {style}",
        2: "Regular",
        3: f"{FAMILY} {style} 1",
        4: f"{FAMILY} {style}",
        5: "Version 1.000",
        6: f"{FAMILY.replace(' ', '')}-{style}",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "https://openfontlicense.org",
        16: FAMILY,
        17: style,
    }
    for name_id, text in texts.items():
        table.setName(text, name_id, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight


def measure_as_latin(font: TTFont) -> None:
    """Keep the heights of Noto Sans: merging takes the larger ones, the theme counts capitals."""
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 1069, -293, 0
    sizes = font["OS/2"]
    sizes.sTypoAscender, sizes.sTypoDescender, sizes.sTypoLineGap = 1069, -293, 0
    sizes.usWinAscent, sizes.usWinDescent = 1069, 293
    sizes.sCapHeight, sizes.sxHeight = 714, 536


def unpack(folder: Path, *, into: Path) -> None:
    """Check the hash of both packages, then unpack them side by side."""
    for name, expected in SOURCES.items():
        content = (folder / name).read_bytes()
        found = hashlib.sha256(content).hexdigest()
        if found != expected:
            raise SystemExit(f"{name}: sha256 {found}, expected {expected}")
        with tarfile.open(folder / name) as archive:
            archive.extractall(into / name, filter="data")


def pieces(unpacked: Path, *, weight: int) -> list[tuple[Path, set[int]]]:
    """The files to cut and what each gives: Latin first, then signs not given before."""
    latin, chinese = (unpacked / name / "package" / "files" for name in SOURCES)
    wanted = [(latin / f"noto-sans-latin-{weight}-normal.woff2", set(LATIN))]
    wanted.append((latin / f"noto-sans-latin-ext-{weight}-normal.woff2", set(LATIN)))
    signs = hanzi_of_gb2312() | {*CHINESE_PUNCTUATION, ARROW}
    big = chinese / f"noto-sans-sc-chinese-simplified-{weight}-normal.woff2"
    wanted.append((big, signs))
    numbered = sorted(chinese.glob(f"noto-sans-sc-[0-9]*-{weight}-normal.woff2"))
    wanted += [(path, signs) for path in numbered]
    seen: set[int] = set()
    chosen = []
    for path, characters in wanted:
        new = (set(TTFont(path).getBestCmap()) & characters) - seen
        if new:
            chosen.append((path, new))
            seen |= new
    # The packages leave out 33 rare signs of GB 2312; the test of glyphs watches what screens use.
    print("in no source:", "".join(map(chr, sorted(hanzi_of_gb2312() - seen))))
    return chosen


def main(folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        unpack(folder, into=Path(scratch))
        for weight, style in WEIGHTS.items():
            parts = []
            for number, (path, characters) in enumerate(pieces(Path(scratch), weight=weight)):
                part = Path(scratch) / f"{weight}-{number}.ttf"
                cut(path, keep=characters, target=part)
                parts.append(str(part))
            font = merge.Merger().merge(parts)
            rename(font, weight=weight, style=style)
            measure_as_latin(font)
            target = HERE / f"KioskSans-{style}.ttf"
            font.save(target)
            print(
                target.name, target.stat().st_size, "bytes,", len(font.getBestCmap()), "characters"
            )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
