#!/usr/bin/env python3
"""Joins the word lists of dict/ and of Debian's dictionaries into the rows that kyujin-compile-dictionary reads.

usage: generate_dictionary_rows.py DICT_FOLDER IPADIC_SOURCE_FOLDER SKK_STATIONS ROWS.tsv READINGS.tsv
A broken line stops the build with `dict/FILE:LINE: what`. dict/README.md describes the files.
"""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import system_words  # noqa: E402
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
PLACE_SUFFIX_READING = re.compile(r"(.{2,}?)(と|どう|ふ|けん|し|く|ちょう|まち|むら|そん|ぐん)")
SCHOOL = re.compile(r"(.{2,}?)(大学|大学院|高校|高等学校)")
VERB_LIKE = re.compile(f"[{system_words.KANJI}].*[いきぎしちじにびみりけげせぜてでべめれえ]")
NO_WORD = 0  # context id: MeCab knows the word already, or may not know it


TO_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


class Rows:
    """Rows by surface; what people wrote stands before what is derived."""

    def __init__(self):
        self.by_surface = {}
        self.readings = set()

    def read(self, surface, hiragana):
        if hiragana:
            self.readings.add((hiragana.translate(TO_KATAKANA), surface))

    def add(self, row, surface, term, parts, kind):
        known = self.by_surface.get(surface)
        row.require(known is None, f"{surface} stands in {known and known[0]} too")
        self.by_surface[surface] = (f"{row.file}:{row.line}", term, parts, KINDS[kind])

    def derive(self, surface, parts, context, term=None):
        self.by_surface.setdefault(surface, ("derived", term or surface, parts, context))

    def in_order(self):
        """What people wrote first: of spellings that the analyzer folds to one, the first row counts."""
        return sorted(self.by_surface.items(), key=lambda item: (item[1][0] == "derived", item[0]))

    def write(self, output, readings):
        output.write_text("".join(f"{surface}\t{term}\t{parts}\t{context}\n" for surface, (_, term, parts, context)
                                  in self.in_order()), encoding="utf-8")
        readings.write_text("".join(f"{reading}\t{surface}\n" for reading, surface in sorted(self.readings)),
                            encoding="utf-8")


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
            rows.read(row["surface"], row["reading"])


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
    places = read(folder, "prefectures.csv", ["code", "name", "reading", "latitude", "longitude"])
    places += read(folder, "municipalities.csv", ["code", "name", "parent", "reading", "kind", "county"])
    names = [(row["name"], row["reading"]) for row in places]
    names += [(row["county"], "") for row in places if row.fields.get("county")]
    for name, reading in names:
        rows.read(name, reading)
        stem = PLACE_SUFFIX.fullmatch(name)
        if name == "北海道" or not stem:
            rows.derive(name, "-", KINDS["place"])
            continue
        rows.derive(name, stem.group(1), KINDS["place"])
        rows.derive(stem.group(1), "-", KINDS["place"])
        stem_reading = PLACE_SUFFIX_READING.fullmatch(reading)
        if stem_reading:
            rows.read(stem.group(1), stem_reading.group(1))


def add_licences(folder, rows):
    for row in read(folder, "licences.csv", ["code", "name", "reading"]):
        rows.derive(row["name"], "", KINDS["licence"])
        rows.read(row["name"], row["reading"])


def add_system_words(source, rows):
    """What ipadic knows but does not say: one word in several spellings, parts of its compounds."""
    words = list(system_words.words(source))
    surfaces = {word.surface for word in words}
    for group in system_words.spellings(words):
        term = next((rows.by_surface[word.surface][1] for word in group if word.surface in rows.by_surface),
                    group[0].surface)
        for word in group:
            rows.derive(word.surface, "", NO_WORD, term)
    for word in words:
        if "cut" in word.uses and system_words.COMPOUND.fullmatch(word.surface):
            school = SCHOOL.fullmatch(word.surface)
            if school and word.context == KINDS["organization"]:
                rows.derive(word.surface, "|".join(school.groups()), word.context)
            else:
                rows.derive(word.surface, "/", NO_WORD)
        elif "cut" in word.uses and system_words.KATAKANA.fullmatch(word.surface):
            rows.derive(word.surface, "-", NO_WORD)
        elif "cut" in word.uses and VERB_LIKE.fullmatch(word.surface):
            rows.derive(word.surface, "-", NO_WORD)
        if "cut" in word.uses and system_words.HAS_KANJI.search(word.surface):
            rows.derive(word.surface, "?", NO_WORD)
        doubled = re.sub("(.)々", r"\1\1", word.surface)
        if "read" in word.uses and "base" not in word.uses and doubled != word.surface and doubled not in surfaces:
            rows.derive(doubled, "-", word.context, word.surface)
        if "read" in word.uses:
            rows.readings.add((word.reading, word.surface))


def add_stations(file, source, rows):
    """Their readings; and 東浦和, which is another place than 浦和."""
    places = {word.surface for word in system_words.words(source) if word.context == KINDS["place"]}
    for surface, reading in system_words.stations(file):
        rows.read(surface, reading)
        name = surface.removesuffix("駅")
        if re.fullmatch("[東西南北中新上下].{2,}", name) and name[1:] in places:
            rows.derive(name, "-", KINDS["place"])


def main():
    folder, source, stations, output, readings = map(pathlib.Path, sys.argv[1:])
    rows = Rows()
    add_words(folder, rows)
    add_spellings(folder, rows)
    add_licences(folder, rows)
    add_places(folder, rows)
    add_system_words(source, rows)
    add_stations(stations, source, rows)
    rows.write(output, readings)


main()
