"""Makes the fonts of the window from the files of the npm packages @fontsource/inter and @fontsource/jetbrains-mono.

JavaFX uses no OpenType features, so figures of equal width (the feature tnum) must be those of the character map. The
result is renamed: it is not the font of its authors. Needs Python 3 and fonttools. Run once, in the root of the project:

    python3 src/build/fonts/tabular.py <folder of @fontsource/inter> <folder of @fontsource/jetbrains-mono>
"""
import shutil
import sys
from pathlib import Path

from fontTools.ttLib import TTFont

TARGET = Path("src/main/resources/fonts")
FAMILY = "Inter Tabular"


def tabular_figures(font):
    table = font["GSUB"].table
    lookups = [number for record in table.FeatureList.FeatureRecord if record.FeatureTag == "tnum"
               for number in record.Feature.LookupListIndex]
    mapping = {}
    for number in lookups:
        for subtable in table.LookupList.Lookup[number].SubTable:
            mapping.update(getattr(subtable, "ExtSubTable", subtable).mapping)
    return mapping


def make(source, style, weight, target):
    font = TTFont(source)
    figures = tabular_figures(font)
    for cmap in font["cmap"].tables:
        for digit in "0123456789":
            if ord(digit) in cmap.cmap:
                # Two tables may be the same object.
                glyph = cmap.cmap[ord(digit)]
                cmap.cmap[ord(digit)] = figures.get(glyph, glyph)
    names = {1: FAMILY, 2: style, 4: f"{FAMILY} {style}", 6: f"InterTabular-{style}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
    font["name"].names = [record for record in font["name"].names if record.nameID not in (16, 17)]
    bold = style == "Bold"
    font["OS/2"].usWeightClass = weight
    font["OS/2"].fsSelection = font["OS/2"].fsSelection & ~0x61 | (0x20 if bold else 0x40)
    font["head"].macStyle = 1 if bold else 0
    save(font, target)


def save(font, target):
    # JavaFX would unpack WOFF at each start; the jar packs the file anyway.
    font.flavor = None
    font.save(target)


def main():
    inter, mono = Path(sys.argv[1]), Path(sys.argv[2])
    TARGET.mkdir(parents=True, exist_ok=True)
    make(inter / "files/inter-latin-400-normal.woff", "Regular", 400, TARGET / "inter-tabular-regular.ttf")
    # The window's bold is Inter's SemiBold, which is bold enough at 13 px.
    make(inter / "files/inter-latin-600-normal.woff", "Bold", 700, TARGET / "inter-tabular-bold.ttf")
    save(TTFont(mono / "files/jetbrains-mono-latin-400-normal.woff"), TARGET / "jetbrains-mono-regular.ttf")
    shutil.copy(inter / "LICENSE", TARGET / "LICENSE-inter.txt")
    shutil.copy(mono / "LICENSE", TARGET / "LICENSE-jetbrains-mono.txt")


main()
