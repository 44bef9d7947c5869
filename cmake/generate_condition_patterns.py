#!/usr/bin/env python3
"""Compiles dict/condition_patterns.csv (dict/README.md describes it) into one C++ source: a trie of texts and what each
text means to engine/schema/condition_reader.h.

usage: generate_condition_patterns.py DICT_FOLDER OUTPUT.cc
A broken line stops the build with `dict/FILE:LINE: what`.
"""
import hashlib
import itertools
import pathlib
import re
import sys
import unicodedata

sys.dont_write_bytecode = True  # the source folder stays as it is

from cpp_source import array, source  # noqa: E402
from dictionary_files import read  # noqa: E402

FILE = "condition_patterns.csv"
KINDS = {"subject": "kSubject", "phrase": "kPhrase", "within": "kWithin", "skip": "kSkip", "before": "kBefore",
         "affirm": "kAffirm", "deny": "kDeny", "link": "kLink", "join": "kJoin", "cancel": "kCancel"}
# What a reader looks for while nothing has been said yet.
OPENING = {"subject", "phrase", "within", "skip", "before"}
ANSWERS = {"yes": "Tristate::kYes", "no": "Tristate::kNo", "-": "Tristate::kUnknown"}
MAX_TEXTS = 10_000
MAX_LENGTH = 40


def expand(row):
    """`{a|b}c` → ac, bc."""
    pieces = re.split(r"\{([^{}]*)\}", row["text"])
    row.require("{" not in "".join(pieces) and "}" not in "".join(pieces), "brackets that do not match")
    choices = [piece.split("|") if place % 2 else [piece] for place, piece in enumerate(pieces)]
    row.require(all("|" not in piece for piece in pieces[::2]), "'|' outside of brackets")
    texts = ["".join(parts) for parts in itertools.product(*choices)]
    return [text.replace("␣", " ") for text in texts]


def check_text(row, text):
    row.require(text, "an empty text")
    row.require(len(text) <= MAX_LENGTH, f"'{text}' has more than {MAX_LENGTH} characters")
    row.require(text == " " or " " not in text, f"'{text}': spaces are skipped, so no text has one")
    for character in text:
        row.require(ord(character) < 0x10000, f"'{character}' is beyond the first plane")
        folded = unicodedata.normalize("NFKC", character).lower()
        row.require(character in ("〜",) or folded == character, f"'{text}' is not in folded form: '{character}'")


def read_answers(row):
    """What a row says: (affirmed, denied, said, minutes)."""
    answer, kind = row["answer"], row["kind"]
    none = ANSWERS["-"]
    if kind == "subject":
        parts = answer.split("/")
        row.require(len(parts) == 3 and all(part in ANSWERS for part in parts),
                    "the answer of a subject is affirmed/denied/said, each yes, no or -")
        return (*(ANSWERS[part] for part in parts), 0)
    if kind == "phrase":
        row.require(answer in ("yes", "no"), "the answer of a phrase is yes or no")
        return none, none, ANSWERS[answer], 0
    if kind == "within":
        row.require(re.fullmatch(r"[1-9]\d?", answer), "the answer of within is a number of minutes")
        return none, none, none, int(answer)
    row.require(answer == "", f"{kind} has no answer")
    return none, none, none, 0


def read_rules(folder):
    """Text → its rules, each a line of C++; groups in the order of their first row."""
    conditions = [row["code"] for row in read(folder, "conditions.csv", ["code", "label"])]
    rows = read(folder, FILE, ["kind", "group", "text", "condition", "answer"])
    groups, rules, openings, keys = ["*"], {}, set(), []
    for row in rows:
        kind, condition = row["kind"], row["condition"]
        row.require(kind in KINDS, f"unknown kind '{kind}'")
        row.require(condition == "" or condition in conditions, f"unknown condition '{condition}'")
        row.require(condition != "new", "new depends on the day")
        row.require((condition != "") == (kind in ("phrase", "within")) or kind == "subject",
                    f"{kind} {'needs a' if condition == '' else 'has no'} condition")
        group = row["group"] or "*"
        if group not in groups:
            groups.append(group)
        affirmed, denied, said, minutes = read_answers(row)
        number = conditions.index(condition) if condition else "kNoCondition"
        for text in expand(row):
            check_text(row, text)
            keys.append((row, (kind, group, text, condition)))
            rules.setdefault(text, []).append(
                f"{{PatternKind::{KINDS[kind]}, {groups.index(group)}, {number}, {affirmed}, {denied}, {said}, {minutes}}}")
            if kind in OPENING:
                openings.add(text[:2])
    seen = {}
    for row, key in keys:
        row.require(key not in seen, f"'{key[2]}' stands in line {seen.get(key)} already")
        seen[key] = row.line
    rows[-1].require(len(rules) <= MAX_TEXTS, f"{len(rules)} texts")
    return rules, openings


def build_trie(rules):
    """Nodes in the order of a breadth-first walk: the edges of each lie together, ascending."""
    root = {}
    for text in rules:
        node = root
        for character in text:
            node = node.setdefault(character, {})
        node[""] = text
    nodes, edges, lines, queue = [], [], [], [root]
    for node in queue:
        children = sorted(key for key in node if key != "")
        own = rules.get(node.get(""), [])
        nodes.append(f"{{{len(edges)}, {len(lines)}, {len(children)}, {len(own)}}}")
        lines.extend(own)
        for character in children:
            edges.append(f"{{{ord(character)}, {len(queue)}}}")
            queue.append(node[character])
    return nodes, edges, lines


def pattern_pair(first, second):
    """PatternPair of engine/schema/condition_pattern.h."""
    return (ord(first) * 31 ^ ord(second)) & 0xFFFF


def bitmap(bits):
    words = [0] * 1024
    for bit in bits:
        words[bit >> 6] |= 1 << (bit & 63)
    return [f"0x{word:x}U" for word in words]


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rules, openings = read_rules(folder)
    nodes, edges, lines = build_trie(rules)
    version = hashlib.sha256("\n".join(nodes + edges + lines).encode()).hexdigest()[:16]
    pairs = bitmap(pattern_pair(*text) for text in openings if len(text) > 1)
    singles = bitmap(ord(text) for text in openings if len(text) == 1)
    tables = [array("PatternNode kNodes", nodes), array("PatternEdge kEdges", edges),
              array("PatternRule kRules", lines), array("uint64_t kOpeningPairs", pairs),
              array("uint64_t kOpeningSingles", singles)]
    functions = ["ConditionPatterns GetConditionPatterns() {\n"
                 "  return {kNodes, kEdges, kRules, kOpeningPairs, kOpeningSingles};\n}\n",
                 f'std::string_view ConditionPatternsVersion() {{ return "{version}"; }}\n']
    output.write_text(source("generate_condition_patterns.py", ["engine/schema/condition_pattern.h"],
                             "kyujin::schema", tables, functions), encoding="utf-8")


if __name__ == "__main__":
    main()
