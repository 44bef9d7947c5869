"""Reads the sources of ipadic (Debian's mecab-ipadic) and SKK's list of stations (skkdic-extra)."""
import collections
import re
import unicodedata

# File of ipadic and how its words take part: their compounds are cut, their spellings grouped, their readings known.
FILES = {
    "Noun.csv": "cut spell read", "Noun.verbal.csv": "cut spell read", "Noun.adjv.csv": "spell read",
    "Noun.adverbal.csv": "spell read", "Noun.org.csv": "cut read", "Noun.proper.csv": "name read", "Noun.place.csv": "read",
    "Noun.name.csv": "read", "Verb.csv": "base read", "Adj.csv": "base read",
}
KANJI = "一-鿿々〆ヶ"
ONLY_KANJI = re.compile(f"[{KANJI}]+")
HAS_KANJI = re.compile(f"[{KANJI}]")
COMPOUND = re.compile(f"(?=.{{3,12}}$)(?![不無未非])[{KANJI}ァ-ヶー]*[{KANJI}][{KANJI}ァ-ヶー]*")
KATAKANA = re.compile("[ァ-ヴー]{2,15}")
SURFACE = re.compile("[^ ,\"\t]+")

Word = collections.namedtuple("Word", "surface reading pos context uses")


def words(folder):
    """Yields the words of ipadic in its sources, inflected ones in their base form only."""
    for file, uses in FILES.items():
        uses = uses.split()
        for line in (folder / file).read_bytes().decode("euc_jp").split("\n"):
            fields = line.split(",")
            if len(fields) < 13 or not SURFACE.fullmatch(unicodedata.normalize("NFKC", fields[0])):
                continue
            if "base" in uses and fields[0] != fields[10] or fields[5] in ("非自立", "接尾"):
                continue
            if file == "Noun.name.csv" and fields[7] == "名":
                continue  # given names are read like everything
            yield Word(fields[0], fields[11], fields[4], int(fields[1]), uses)


def spellings(all_words):
    """Yields groups of spellings that differ in kana alone: same reading, same kanji in the same order."""
    groups, readings = collections.defaultdict(dict), collections.defaultdict(set)
    for word in all_words:
        if HAS_KANJI.search(word.surface) and ("spell" in word.uses or "base" in word.uses):
            readings[word.surface].add(word.reading)
            skeleton = "".join(HAS_KANJI.findall(word.surface))
            groups[word.reading, skeleton, "base" in word.uses, word.pos][word.surface] = word
    for group in groups.values():
        # A spelling that is read in two ways may be another word: 生物 is not only 生き物.
        same = [surface for surface in group if len(readings[surface]) == 1]
        if len(same) > 1:
            same.sort(key=lambda surface: (-len(surface), surface))
            yield [group[surface] for surface in same]


def stations(file):
    """Yields (surface, reading in hiragana) of SKK's list."""
    for line in file.read_bytes().decode("euc_jp", errors="ignore").split("\n"):
        found = re.fullmatch(r"([ぁ-ゖー]+) /(.+)/", line)
        if found:
            for candidate in found.group(2).split("/"):
                surface = candidate.split(";")[0]
                if surface and SURFACE.fullmatch(surface):
                    yield surface, found.group(1)
