#!/usr/bin/env python3
"""Checks the interpretation lexicons of dict/ and writes them as one C++ source (dict/README.md
describes them).

usage: generate_interpretation.py DICT_FOLDER OUTPUT.cc
A broken line stops the build with `dict/FILE:LINE: what`.
"""
import itertools
import pathlib
import re
import sys
import unicodedata

sys.dont_write_bytecode = True  # the source folder stays as it is

from cpp_source import accessor, array, literal, source  # noqa: E402
from dictionary_files import read  # noqa: E402
from generate_code_tables import check_form, check_unique, read_tree  # noqa: E402

PHRASE_COLUMNS = ["pattern", "parameter", "value", "minimum", "maximum", "glue"]
PARAMETERS = {
    "conditions", "employment", "dispatch", "full_part", "kind", "pref", "city", "holiday_weekdays",
    "walk_max", "overtime_max", "holidays_min", "employees_min", "age", "monthly_min", "hourly_min",
    "daily_min", "yearly_min", "wage_basis", "start_from", "end_by",
}
GLUES = {"any": "kAny", "known": "kKnown", "alone": "kAlone", "": "kAlone"}
PLACE_USES = {"place": "kPlace", "word": "kWord", "offer": "kOffer"}
TEMPLATE = re.compile(r"\{(\d)(\*\d+)?(\+\d+)?(/\d+)?(t?)\}")
UNBOUNDED = 2**63
MAX_PHRASES_PER_LINE = 4000


def fold(text):
    """What the interpreter does to typed words before it looks them up."""
    return "".join(c.lower() if c.isascii() else c for c in unicodedata.normalize("NFKC", text))


def expand(row, pattern, macros):
    """All texts that a pattern stands for."""
    for name in re.findall(r"<[^<>]*>", pattern):
        row.require(name in macros, f"nothing is known as {name}")
    while True:  # a macro may stand inside braces: its alternatives join theirs
        known = next((name for name in macros if name in pattern), None)
        if known is None:
            break
        start = pattern.index(known)
        inside = pattern.count("{", 0, start) > pattern.count("}", 0, start)
        text = "|".join(macros[known])
        pattern = pattern.replace(known, text if inside else "{" + text + "}", 1)
    pieces = []
    for piece in re.split(r"(\{[^{}]*\})", pattern):
        if re.fullmatch(r"\{[^{}]*\}", piece):
            pieces.append(piece[1:-1].split("|"))
        elif piece:
            row.require(not re.search(r"[{}|<>]", piece), "braces do not match")
            pieces.append([piece])
    count = 1
    for piece in pieces:
        count *= len(piece)
    row.require(count <= MAX_PHRASES_PER_LINE, f"stands for {count} texts")
    return dict.fromkeys(fold("".join(choice)) for choice in itertools.product(*pieces))


def read_limits(row):
    for column in ("minimum", "maximum"):
        row.require(re.fullmatch(r"\d*", row[column]), f"{column} '{row[column]}' is no number")
    low = int(row["minimum"] or 0)
    high = int(row["maximum"] or UNBOUNDED)
    row.require(low <= high, "minimum above maximum")
    return low, high


def check_meaning(row, texts):
    names, values = row["parameter"].split("&"), row["value"].split("&")
    row.require(row["glue"] in GLUES, f"unknown glue '{row['glue']}'")
    if row["parameter"] == "":
        row.require(row["value"] == "" and row["glue"] == "", "no parameter, so no value and no glue")
        return
    row.require(row["glue"] != "", "no glue")
    row.require(len(names) == len(values), "as many values as parameters")
    for name, value in zip(names, values):
        row.require(name in PARAMETERS, f"unknown parameter '{name}'")
        row.require(value, "no value")
        numbers = [int(number[0]) for number in TEMPLATE.findall(value)]
        row.require(not re.search(r"[{}]", TEMPLATE.sub("", value)), f"value '{value}'")
        for text in texts:
            row.require(max(numbers, default=0) <= text.count("#"), f"'{text}' has too few numbers")


def check_unambiguous(phrases):
    """Equal texts must be told apart by the range of their first number."""
    for (text, (_, row)), (other, (_, other_row)) in itertools.pairwise(phrases):
        if text != other or row is other_row:
            continue
        low, high = read_limits(row)
        other_low, other_high = read_limits(other_row)
        first, second = sorted((row, other_row), key=lambda r: r.line)
        second.require("#" in text and (high < other_low or other_high < low),
                       f"'{text}' stands in line {first.line} already")


def read_phrases(folder):
    macros, meanings, phrases = {}, [], []
    for row in read(folder, "interpretation_phrases.csv", PHRASE_COLUMNS):
        if row["parameter"] == "=":
            row.require(re.fullmatch(r"<[^<>|{}]+>", row["pattern"]), "a name is <name>")
            row.require(row["pattern"] not in macros, f"{row['pattern']} is known already")
            macros[row["pattern"]] = row["value"].split("|")
            continue
        row.require(row["pattern"], "no pattern")
        texts = expand(row, row["pattern"], macros)
        row.require("" not in texts, "stands for an empty text")
        check_meaning(row, texts)
        low, high = read_limits(row)
        phrases += [(text, (len(meanings), row)) for text in texts]
        meanings.append(f"{{{literal(row['parameter'])}, {literal(row['value'])}, {low}U, {high}U, "
                        f"Glue::{GLUES[row['glue']]}}}")
    phrases.sort(key=lambda phrase: (phrase[0].encode(), read_limits(phrase[1][1])))
    check_unambiguous(phrases)
    return meanings, [f"{{{literal(text)}, {index}}}" for text, (index, _) in phrases]


def read_occupations(folder):
    middles = {row["code"] for row in
               read_tree(folder, "occupations.csv", r"\d{2,3}", lambda code: 0 if len(code) == 2 else 2)}
    names = {}
    for row in read(folder, "interpretation_occupations.csv", ["names", "code", "glue"]):
        row.require(row["code"] in middles, f"unknown code {row['code']}")
        row.require(row["glue"] in ("known", "alone"), f"unknown glue '{row['glue']}'")
        for name in dict.fromkeys(fold(name) for name in row["names"].split("|")):
            row.require(name, "an empty name")
            row.require(name not in names, f"'{name}' stands in line {names.get(name, (0, row))[1].line} already")
            names[name] = (f"{{{literal(name)}, {literal(row['code'])}, Glue::{GLUES[row['glue']]}}}", row)
    return [names[name][0] for name in sorted(names, key=str.encode)]


def read_places(folder):
    rows = read(folder, "interpretation_places.csv", ["name", "meaning"])
    check_form(rows, "meaning", "|".join(PLACE_USES))
    check_unique(rows, lambda row: row["name"], "name")
    return [f"{{{literal(row['name'])}, BarePlaceUse::{PLACE_USES[row['meaning']]}}}"
            for row in sorted(rows, key=lambda row: row["name"].encode())]


def read_stations(folder):
    prefectures = {row["code"] for row in read(folder, "prefectures.csv",
                                               ["code", "name", "reading", "latitude", "longitude"])}
    rows = read(folder, "interpretation_stations.csv", ["name", "prefectures", "meaning"])
    check_form(rows, "meaning", "|".join(PLACE_USES))
    stations = {}
    for row in rows:
        names = row["name"].split("|")
        for code in row["prefectures"].split("|"):
            row.require(code in prefectures, f"unknown prefecture '{code}'")
        for name in names:
            row.require(name and not name.endswith("駅"), "a name without 駅")
            row.require(name not in stations, f"name '{name}' stands twice")
            others = "|".join(other for other in names if other != name)
            stations[name] = (f"{{{literal(name)}, {literal(row['prefectures'])}, "
                              f"BarePlaceUse::{PLACE_USES[row['meaning']]}, {literal(others)}}}")
    return [stations[name] for name in sorted(stations, key=str.encode)]


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    meanings, phrases = read_phrases(folder)
    occupations, places, stations = read_occupations(folder), read_places(folder), read_stations(folder)
    tables = [array("PhraseMeaning kMeanings", meanings), array("Phrase kPhrases", phrases),
              array("OccupationName kOccupationNames", occupations),
              array("BarePlaceName kBarePlaceNames", places), array("StationName kStationNames", stations)]
    functions = [accessor("PhraseMeaning", "PhraseMeanings", "kMeanings"),
                 accessor("Phrase", "Phrases", "kPhrases"),
                 accessor("OccupationName", "OccupationNames", "kOccupationNames"),
                 accessor("BarePlaceName", "BarePlaceNames", "kBarePlaceNames"),
                 accessor("StationName", "StationNames", "kStationNames")]
    output.write_text(source("generate_interpretation.py", ["engine/query/interpretation_table.h"],
                             "kyujin::query", tables, functions), encoding="utf-8")


if __name__ == "__main__":
    main()
