#!/usr/bin/env python3
"""Joins the word lists of dict/ into the rows that kyujin-compile-dictionary reads.

usage: generate_dictionary_rows.py DICT_FOLDER OUTPUT.tsv
A broken line stops the build with `dict/FILE:LINE: what`. dict/README.md describes the files.
"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from dictionary_files import read  # noqa: E402

# Kinds of words and their context id in ipadic (left-id.def, right-id.def: one numbering).
KINDS = {
    "noun": 1285,        # 名詞,一般
    "action": 1283,      # 名詞,サ変接続: takes する
    "occupation": 1285,
    "licence": 1285,
    "condition": 1285,
    "place": 1293,       # 名詞,固有名詞,地域,一般
    "organization": 1292,  # 名詞,固有名詞,組織
    "suffix": 1298,      # 名詞,接尾,一般
    "base": 0,           # the base form of a verb or adjective, which MeCab knows
}
READING = re.compile(r"[ぁ-ゖー]*")
PLACE_SUFFIX = re.compile(r"(.{2,})[都道府県市区町村郡]")


class Rows:
    """Rows by surface; what people wrote stands before what is derived."""

    def __init__(self):
        self.by_surface = {}

    def add(self, row, surface, term, parts, kind):
        known = self.by_surface.get(surface)
        row.require(known is None, f"{surface} stands in {known and known[0]} too")
        self.by_surface[surface] = (f"{row.file}:{row.line}", term, parts, KINDS[kind])

    def derive(self, surface, parts, kind):
        self.by_surface.setdefault(surface, ("derived", surface, parts, KINDS[kind]))

    def write(self, output):
        output.write_text("".join(f"{surface}\t{term}\t{parts}\t{context}\n" for surface, (_, term, parts, context)
                                  in sorted(self.by_surface.items())), encoding="utf-8")


def add_words(folder, rows):
    for file in sorted((folder / "words").glob("*.csv")):
        for row in read(folder, f"words/{file.name}", ["surface", "reading", "kind", "parts"]):
            row.require(row["surface"] != "", "no surface")
            row.require(row["kind"] in KINDS, f"the kind must be one of {', '.join(KINDS)}")
            row.require(READING.fullmatch(row["reading"]), "the reading must be hiragana")
            if row["parts"] not in ("", "-", "!"):
                for part in row["parts"].removeprefix("+").split("|"):
                    row.require(part != "", "an empty part")
            rows.add(row, row["surface"], row["surface"], row["parts"], row["kind"])


def add_spellings(folder, rows):
    for row in read(folder, "spellings.csv", ["term", "spellings", "kind"]):
        row.require(row["kind"] in KINDS, f"the kind must be one of {', '.join(KINDS)}")
        known = rows.by_surface.get(row["term"])
        if known is None:
            rows.add(row, row["term"], row["term"], "", row["kind"])
        else:
            row.require(known[1] == row["term"], f"{row['term']} is a spelling of {known[1]}")
        for spelling in row["spellings"].split("|"):
            row.require(spelling not in ("", row["term"]), "a spelling is empty or the term itself")
            rows.add(row, spelling, row["term"], "", row["kind"])


def add_places(folder, rows):
    names = [row["name"] for row in read(
        folder, "prefectures.csv", ["code", "name", "reading", "latitude", "longitude"])]
    names += [row["name"] for row in read(
        folder, "municipalities.csv", ["code", "name", "parent", "reading", "kind", "county"])]
    names += [row["county"] for row in read(
        folder, "municipalities.csv", ["code", "name", "parent", "reading", "kind", "county"]) if row["county"]]
    for name in names:
        stem = PLACE_SUFFIX.fullmatch(name)
        if name == "北海道" or not stem:
            rows.derive(name, "-", "place")
            continue
        rows.derive(name, stem.group(1), "place")
        rows.derive(stem.group(1), "-", "place")


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rows = Rows()
    add_words(folder, rows)
    add_spellings(folder, rows)
    add_places(folder, rows)
    rows.write(output)


main()
