#!/usr/bin/env python3
"""Checks the synonyms of dict/ and writes them as one C++ source (dict/README.md describes them).

usage: generate_synonyms.py DICT_FOLDER OUTPUT.cc
A broken line stops the build with `dict/FILE:LINE: what`.
"""
import pathlib
import re
import sys
import unicodedata

sys.dont_write_bytecode = True  # the source folder stays as it is

from cpp_source import accessor, array, literal, source  # noqa: E402
from dictionary_files import read  # noqa: E402

RELATIONS = {"same": "kSame", "short": "kShort", "narrower": "kNarrower"}
MAX_WORDS = 12
MIN_KATAKANA = 4  # letters of a katakana word that may lose its last ー; synonym_table.cc agrees


def key_of(word):
    """What a typed word is looked up by; synonym_table.cc makes the same."""
    text = unicodedata.normalize("NFKC", word).casefold()
    text = "".join(c for c in text if c not in " ・-")
    if len(text) >= MIN_KATAKANA and re.fullmatch(r"[ァ-ヺー]+", text) and text.endswith("ー"):
        text = text[:-1]
    return text


def words_of(row, column):
    words = row[column].split("|") if row[column] else []
    for word in words:
        row.require(word and word == word.strip(), "an empty word")
        row.require(key_of(word), f"'{word}' has no letters")
    keys = [key_of(word) for word in words]
    for key in keys:
        row.require(keys.count(key) == 1, f"'{words[keys.index(key)]}' stands twice")
    return words


def read_groups(folder):
    """Returns (relation, keys that lead to the group, words of the group) for each line."""
    groups, seen = [], {}
    for row in read(folder, "synonyms.csv", ["relation", "words", "targets"]):
        relation = row["relation"]
        row.require(relation in RELATIONS, f"unknown relation '{relation}'")
        words, targets = words_of(row, "words"), words_of(row, "targets")
        if relation == "narrower":
            row.require(len(words) == 1 and targets, "narrower takes one word and its targets")
            row.require(key_of(words[0]) not in map(key_of, targets), "a word narrower than itself")
        else:
            row.require(len(words) > 1 and not targets, f"{relation} takes words that are equal, and no targets")
        row.require(len(words) <= MAX_WORDS and len(targets) <= MAX_WORDS, f"more than {MAX_WORDS} words")
        for word in words:
            place = (relation, key_of(word))
            row.require(place not in seen, f"'{word}' stands in line {seen.get(place)} already")
            seen[place] = row.line
        groups.append((relation, [key_of(word) for word in words], targets or words))
    return groups


def check_traps(folder, groups):
    reached = {}
    for _, keys, words in groups:
        for key in keys:
            reached.setdefault(key, set()).update(key_of(word) for word in words)
    for row in read(folder, "synonym_traps.csv", ["word", "other"]):
        word, other = key_of(row["word"]), key_of(row["other"])
        row.require(word != other, "one word")
        for a, b in ((word, other), (other, word)):
            row.require(b not in reached.get(a, ()), f"synonyms.csv lets {a} find {b}")


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    groups = read_groups(folder)
    check_traps(folder, groups)
    words, spans, entries = [], [], []
    for index, (relation, keys, texts) in enumerate(groups):
        spans.append(f"{{Relation::{RELATIONS[relation]}, {len(words)}, {len(texts)}}}")
        words += [f"{{{literal(text)}, {literal(key_of(text))}}}" for text in texts]
        entries += [(key, index) for key in keys]
    entries.sort(key=lambda entry: (entry[0].encode(), entry[1]))
    tables = [array("SynonymWord kWords", words), array("SynonymGroup kGroups", spans),
              array("SynonymEntry kEntries", [f"{{{literal(key)}, {index}}}" for key, index in entries])]
    functions = [accessor("SynonymWord", "SynonymWords", "kWords"),
                 accessor("SynonymGroup", "SynonymGroups", "kGroups"),
                 accessor("SynonymEntry", "SynonymEntries", "kEntries")]
    output.write_text(source("generate_synonyms.py", ["engine/query/synonym_table.h"], "kyujin::query",
                             tables, functions), encoding="utf-8")


if __name__ == "__main__":
    main()
