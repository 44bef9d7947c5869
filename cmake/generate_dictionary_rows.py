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
# 小野市役所 holds 市役所, of which 役所 is no part.
OFFICES = {"市": "役所", "区": "役所", "町": "役場", "村": "役場"}
SCHOOL = re.compile(r"(.{2,}?)(大学|大学院|高校|高等学校)")
# Names of houses: what kind of house it is is a word (山本ビル).
BUILDING = re.compile(f"[{system_words.KANJI}]{{2,}}(ビル|ホテル|ホール|マンション|センター|タワー|プラザ|病院|会館|工場|学園)")
VERB_LIKE = re.compile(f"[{system_words.KANJI}].*[いきぎしちじにびみりけげせぜてでべめれえ]")
STEM_END = "いきぎしちじにびみりえけげせぜてでべめれっ"
OKURIGANA = re.compile(f"([{system_words.KANJI}])([{STEM_END}]{{1,2}})([{system_words.KANJI}])([ぁ-ん]{{1,3}})")
OKURIGANA_FIRST = re.compile(f"([{system_words.KANJI}])([{STEM_END}]{{1,2}})([{system_words.KANJI}]+)")
OKURIGANA_LAST = re.compile(f"([{system_words.KANJI}]{{2,}})([ぁ-ん]?)([{STEM_END}])")
# Numerals before what is counted in names: 二級建築士, 第二種, 週休二日制, 三交替.
COUNTED = "級種類次交日年階型号直部等個件枚倍新週休"
KANJI_NUMERAL = re.compile(f"[一二三四五六七八九](?=[{COUNTED}])|(?<=[乙甲丙])[一二三四五六]$")
DIGIT = re.compile(f"(?<![0-9０-９])[0-9０-９](?=[{COUNTED}])|(?<=[乙甲丙])[1-6１-６]$")
# Of three morae and a last ー, which may be left out: コーヒ.
LONG_KATAKANA = re.compile("(?:[ァ-ヴー][ァィゥェォャュョ]?){3,}(?<!ー)ー")
COUNTED_WORD = re.compile("([一二三四五六七八九])([級種類次個件枚等倍人位輪食泊時])")
# Not so many of them: 一時 is for a while, 七輪 a stove.
NO_NUMBERS = {"七種", "一時", "一輪", "五輪", "七輪", "九輪"}
MONTH = re.compile("(十?[一二三四五六七八九]|十)(月)")
# In front of the name of a place they make another place of it: 東浦和, 武蔵浦和.
PLACE_PREFIX = re.compile("([東西南北中新上下本]|武蔵|相模|信濃|越後|伊勢|尾張|三河|近江|播磨|備前|備中|備後|安芸|筑前|筑後|豊前|豊後"
                          "|肥前|肥後|日向|薩摩|大隅|陸前|陸中|羽前|羽後|岩代|磐城|常陸|下総|上総|安房|下野|甲斐|駿河|美濃|飛騨"
                          "|越前|越中|加賀|能登|若狭|丹波|丹後|但馬|因幡|伯耆|出雲|石見|美作|紀伊|阿波|讃岐|伊予|土佐|大和|河内"
                          "|和泉|摂津|山城)(.{2,})")
# Places whose names begin like numbers: 八日市, 二子玉川.
NUMERAL_NAME = re.compile(f"[一二三四五六七八九十][{system_words.KANJI}ノの]{{2,}}")
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
    for surface, (_, term, _, _) in list(rows.by_surface.items()):
        if surface != term and LONG_KATAKANA.fullmatch(surface):
            rows.derive(surface[:-1], "", NO_WORD, term)


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
        office = OFFICES.get(name[-1])
        if office:
            rows.derive(name + office, f"+{name}|{name[-1]}{office}", KINDS["organization"])
        stem_reading = PLACE_SUFFIX_READING.fullmatch(reading)
        if stem_reading:
            rows.read(stem.group(1), stem_reading.group(1))


def add_licences(folder, rows):
    for row in read(folder, "licences.csv", ["code", "name", "reading"]):
        rows.derive(row["name"], "", KINDS["licence"])
        rows.read(row["name"], row["reading"])


def okurigana(surface):
    """Yields the spellings of a noun with less kana: 組立て, 組立 of 組み立て; 積降し of 積み降ろし; 箱詰 of 箱詰め."""
    two, first, last = (p.fullmatch(surface) for p in (OKURIGANA, OKURIGANA_FIRST, OKURIGANA_LAST))
    if two:
        a, after_a, b, after_b = two.groups()
        for first_kana in (after_a, ""):
            for last_kana in (after_b, after_b[-1], ""):
                yield a + first_kana + b + last_kana
    elif first:
        yield first.group(1) + first.group(3)
    elif last:
        yield last.group(1) + last.group(3)
        yield last.group(1)


def add_unlisted_spellings(words, rows):
    """Okurigana left out as no dictionary lists it. What is a word by itself stays it: 生物 is not 生き物."""
    known = {word.surface for word in words}
    nouns = [(word.surface, word.context) for word in words if "spell" in word.uses]
    ours = [(surface, context) for surface, (_, _, parts, context) in rows.by_surface.items()
            if context != NO_WORD and not parts.startswith(("+", "!"))]
    for surface, context in ours + nouns:
        term = rows.by_surface[surface][1] if surface in rows.by_surface else surface
        for spelling in okurigana(surface):
            if spelling not in known and spelling != term and len(spelling) > 1:
                rows.derive(surface, "=", NO_WORD)
                rows.derive(spelling, "=", context, term)


def add_polite_nouns(words, rows):
    """お世話 is 世話; お茶 is more than 茶."""
    nouns = {word.surface for word in words if "spell" in word.uses}
    for surface in sorted(nouns):
        bare = surface[1:]
        if surface[0] in "おご御" and len(bare) > 1 and system_words.HAS_KANJI.search(bare) and bare in nouns:
            term = rows.by_surface[bare][1] if bare in rows.by_surface else bare
            rows.derive(surface, "=", NO_WORD, term)


def add_variants(rows):
    """Numerals in figures and in kanji, and a word in all its spellings inside the compounds of dict/."""
    groups = {}
    for surface, (_, term, _, _) in rows.by_surface.items():
        if len(surface) > 1 and surface != term:
            groups.setdefault(term, {term}).add(surface)
    groups = [{s for s in group if len(s) > 1 and system_words.HAS_KANJI.search(s)} for group in groups.values()]
    inside = {spelling: group for group in groups for spelling in group}
    for surface, (_, term, parts, context) in list(rows.by_surface.items()):
        if context == NO_WORD or parts.startswith(("+", "!")):
            continue
        variants = {KANJI_NUMERAL.sub(lambda m: str("一二三四五六七八九".index(m[0]) + 1), surface),
                    DIGIT.sub(lambda m: "〇一二三四五六七八九"[int(m[0])], surface)}
        for begin in range(len(surface)):
            for end in range(begin + 2, len(surface) + 1):
                if end - begin < len(surface):
                    variants.update(surface[:begin] + other + surface[end:] for other in inside.get(surface[begin:end], ()))
        for variant in variants - {surface}:
            rows.derive(variant, "-" if parts == "-" else "=", context, term)


def add_system_words(source, rows):
    """What ipadic knows but does not say: one word in several spellings, parts of its compounds."""
    words = list(system_words.words(source))
    for group in system_words.spellings(words):
        term = next((rows.by_surface[word.surface][1] for word in group if word.surface in rows.by_surface),
                    group[0].surface)
        for word in group:
            rows.derive(word.surface, "", NO_WORD, term)
    add_polite_nouns(words, rows)
    add_unlisted_spellings(words, rows)
    for word in words:
        counted = (COUNTED_WORD.fullmatch(word.surface) if "cut" in word.uses
                   else MONTH.fullmatch(word.surface) if "spell" in word.uses else None)
        if counted and word.surface not in NO_NUMBERS:
            rows.derive(word.surface, "+" + "|".join(counted.groups()), NO_WORD)
        if "name" in word.uses and BUILDING.fullmatch(word.surface):
            rows.derive(word.surface, "/", NO_WORD)
        if "cut" in word.uses and system_words.COMPOUND.fullmatch(word.surface):
            school = SCHOOL.fullmatch(word.surface)
            if school and word.context == KINDS["organization"]:
                rows.derive(word.surface, "|".join(school.groups()), word.context)
            else:
                rows.derive(word.surface, "/", NO_WORD)
        elif "cut" in word.uses and system_words.KATAKANA.fullmatch(word.surface):
            rows.derive(word.surface, "/", NO_WORD)
        elif "cut" in word.uses and VERB_LIKE.fullmatch(word.surface):
            rows.derive(word.surface, "=", NO_WORD)
        if "cut" in word.uses and system_words.HAS_KANJI.search(word.surface):
            rows.derive(word.surface, "?", NO_WORD)
        doubled = re.sub("(.)々", r"\1\1", word.surface)
        if "read" in word.uses and "base" not in word.uses and doubled != word.surface:
            rows.derive(doubled, "-", word.context, word.surface)
        if "read" in word.uses:
            rows.readings.add((word.reading, word.surface))


def add_stations(file, source, rows):
    """Their readings; 東浦和, which is another place than 浦和; and 三枚橋, which is no number of things."""
    places = {word.surface for word in system_words.words(source) if word.context == KINDS["place"]}
    for surface, reading in system_words.stations(file):
        rows.read(surface, reading)
        name = surface.removesuffix("駅")
        prefixed = PLACE_PREFIX.fullmatch(name)
        if (prefixed and prefixed.group(2) in places) or NUMERAL_NAME.fullmatch(name):
            rows.derive(name, "-", KINDS["place"])


def main():
    folder, source, stations, output, readings = map(pathlib.Path, sys.argv[1:])
    rows = Rows()
    add_words(folder, rows)
    add_spellings(folder, rows)
    add_licences(folder, rows)
    add_variants(rows)
    add_places(folder, rows)
    add_system_words(source, rows)
    add_stations(stations, source, rows)
    rows.write(output, readings)


main()
