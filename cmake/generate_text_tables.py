#!/usr/bin/env python3
"""Checks the small tables of dict/ that rule the analysis and writes them as one C++ source.

usage: generate_text_tables.py DICT_FOLDER OUTPUT.cc
A broken line stops the build with `dict/FILE:LINE: what`.
"""
import pathlib
import sys
import zlib

sys.dont_write_bytecode = True  # the source folder stays as it is

from cpp_source import accessor, array, literal, source  # noqa: E402
from dictionary_files import read  # noqa: E402

CLASSES = {"word": "kWord", "inflected": "kInflected", "numeral": "kNumeral", "counter": "kCounter",
           "stop": "kStop"}
NEGATIONS = {"none": "kNone", "no_matter": "kNoMatter", "none_at_end": "kNoneAtEnd"}


def parts_of_speech(folder):
    rows = read(folder, "parts_of_speech.csv", ["feature", "class"], separator="\t")
    for row in rows:
        row.require(row["class"] in CLASSES, f"the class must be one of {', '.join(CLASSES)}")
    rows.sort(key=lambda row: (-len(row["feature"].encode()), row["feature"]))
    return [f"{{{literal(row['feature'])}, WordClass::{CLASSES[row['class']]}}}" for row in rows]


def variants(folder):
    table = {}
    for row in read(folder, "variant_kanji.csv", ["variants", "character"]):
        row.require(len(row["character"]) == 1, "one character, please")
        for variant in row["variants"]:
            row.require(variant not in table, f"{variant} stands here twice")
            row.require(variant != row["character"], "a variant of itself")
            table[variant] = (row, row["character"])
    for row, character in table.values():
        row.require(character not in table, f"{character} is itself a variant")
    return [f"{{0x{ord(variant):X}, 0x{ord(table[variant][1]):X}}}" for variant in sorted(table)]


def negations(folder):
    rows = read(folder, "negation.csv", ["kind", "text"])
    by_kind = {}
    for row in rows:
        row.require(row["kind"] in (*NEGATIONS, "particle", "adverb", "head", "never", "together"), "no such kind")
        row.require(row["text"] != "", "no text")
        by_kind.setdefault(row["kind"], []).append(row)
    texts = lambda kind: [row["text"] for row in by_kind.get(kind, [])]
    patterns = {}
    for kind, name in NEGATIONS.items():
        for row in by_kind.get(kind, []):
            row.require(row["text"] not in patterns, "stands here twice")
            for particle in ["", *texts("particle")]:
                for adverb in ["", *texts("adverb")]:
                    patterns[particle + adverb + row["text"]] = name
    # One kana or kanji is no pair; the filter then says yes to all that begins so.
    short = [text for text in patterns if len(text.encode()) < 6]
    for row in rows:
        row.require(row["kind"] not in NEGATIONS or row["text"] not in short or row["kind"] == "none_at_end",
                    "a pattern of one character must be of kind none_at_end")
    groups = {}
    for group, row in enumerate(by_kind.get("together", []), 1):
        for word in row["text"].split("|"):
            row.require(len(word) > 1 and word not in groups, f"'{word}' is too short or stands here twice")
            groups[word] = group
    encoded = sorted(patterns, key=lambda text: text.encode("utf-8"))
    heads, never = (sorted(set(texts(kind)), key=lambda text: text.encode("utf-8")) for kind in ("head", "never"))
    return ([f"{{{literal(text)}, NegationKind::{patterns[text]}}}" for text in encoded],
            [literal(text) for text in heads], [literal(text) for text in never], start_filter(encoded),
            [f"{{{literal(word)}, {groups[word]}}}" for word in sorted(groups, key=lambda text: text.encode("utf-8"))],
            start_filter(groups))


def start_filter(patterns):
    """Bits of the hashes of the first two kana or kanji of the texts (negation_matcher.cc has the same hash)."""
    words = [0] * 128
    for text in patterns:
        start = text.encode("utf-8")[:6].ljust(6, b"\0")
        place = (int.from_bytes(start, "little") * 0x9E3779B97F4A7C15 % 2**64) >> 51
        words[place // 64] |= 1 << place % 64
    return [f"0x{word:X}U" for word in words]


def changed_characters(variants):
    """Bits of the characters of the basic plane that spelling.cc may change."""
    words = [0] * 1024
    hyphens = [0x2D, *range(0x2010, 0x2016), 0x2212, 0x2500]
    for code in [*map(ord, "ヴ々ゝヽゞヾヶヵ・♯,"), *hyphens, *variants]:
        if code < 0x10000:
            words[code // 64] |= 1 << code % 64
    return [f"0x{word:X}U" for word in words]


def units(folder):
    rows = read(folder, "units.csv", ["symbol", "term"])
    for row in rows:
        row.require(row["symbol"].isascii() and row["symbol"].islower(), "small ASCII letters, please")
    return [f"{{{literal(row['symbol'])}, {literal(row['term'])}}}"
            for row in sorted(rows, key=lambda row: row["symbol"])]


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    patterns, heads, never, starts, together, together_starts = negations(folder)
    characters = variants(folder)
    changed = changed_characters(int(row.split(",")[0][1:], 16) for row in characters)
    tables = [array("PartOfSpeech kPartsOfSpeech", parts_of_speech(folder)),
              array("CharacterVariant kVariants", characters),
              array("NegationPattern kPatterns", patterns),
              array("std::string_view kHeads", heads),
              array("std::string_view kNever", never),
              array("GroupedWord kTogether", together),
              array("Unit kUnits", units(folder)),
              array("uint64_t kStarts", starts),
              array("uint64_t kTogetherStarts", together_starts),
              array("uint64_t kChanged", changed)]
    functions = [accessor("PartOfSpeech", "PartsOfSpeech", "kPartsOfSpeech"),
                 accessor("CharacterVariant", "CharacterVariants", "kVariants"),
                 accessor("NegationPattern", "NegationPatterns", "kPatterns"),
                 accessor("std::string_view", "NegationHeads", "kHeads"),
                 accessor("std::string_view", "NeverNegated", "kNever"),
                 accessor("GroupedWord", "NegatedTogether", "kTogether"),
                 accessor("Unit", "Units", "kUnits"),
                 accessor("uint64_t", "NegationStarts", "kStarts"),
                 accessor("uint64_t", "NegatedTogetherStarts", "kTogetherStarts"),
                 accessor("uint64_t", "ChangedCharacters", "kChanged"),
                 f"uint64_t TextTablesChecksum() {{ return 0x{zlib.crc32(''.join(tables).encode()):X}; }}\n"]
    output.write_text(source("generate_text_tables.py", ["engine/text/text_tables.h"], "kyujin::text",
                             tables, functions), encoding="utf-8")


if __name__ == "__main__":
    main()
