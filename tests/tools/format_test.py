#!/usr/bin/env python3
"""Reads an index as engine/index/FORMAT.md describes it, and nothing else: the page and the program must agree.

usage: format_test.py FOLDER_OF_PROGRAMS
Needs python3-xxhash and python3-zstandard; without them it is skipped (status 77), without python3-xapian only what
reads text.glass.
"""
import bisect
import itertools
import json
import pathlib
import re
import struct
import subprocess
import sys
import tempfile
import unittest

try:
    import xxhash
    import zstandard
except ImportError as error:
    print(f"skipped: {error}")
    sys.exit(77)

try:
    import xapian
except ImportError:
    xapian = None

PROGRAMS = pathlib.Path(sys.argv.pop(1))
SOURCE = pathlib.Path(__file__).resolve().parents[2]
POSTINGS = 2100  # enough for two shards, so for two groups of cards
COLUMN_BYTES = {
    "received": 2, "deadline": 2, "kind": 1, "full_part": 1, "employment": 1, "dispatch": 1, "renewal": 1,
    "prefecture": 1, "municipality": 2, "walk_minutes": 1, "occupation": 2, "occupation_major": 1, "industry": 2,
    "employees": 4, "positions": 2, "wage_type": 1, "base_min": 4, "base_max": 4, "allowances_min": 4,
    "allowances_max": 4, "overtime_pay_min": 4, "overtime_pay_max": 4, "overtime_hours": 2, "annual_holidays": 2,
    "holiday_weekdays": 1, "work_systems": 1, "age_limit": 1, "age_min": 1, "age_max": 1, "licence_need": 1,
    "insurances": 1, "disclosure": 1, "conditions_yes": 4, "conditions_no": 4}
FACET_VALUES = {
    "pref": 48, "employment": 8, "full_part": 3, "wage_type": 6, "occupation_major": 16, "occupation_middle": 100,
    "industry": 21, "wage.base": 143, "wage.allowances": 143, "wage.overtime_pay": 143, "walk_minutes": 7,
    "holidays": 11}
FIELDS = ["title", "employer", "description", "station", "workplace", "business", "licence", "experience", "other"]
ORDERS = ["new", "deadline", "holidays"] + [f"wage_{bound}.{basis}" for bound in ("min", "max")
                                            for basis in ("base", "allowances", "overtime_pay")]


def xxh3(data):
    return xxhash.xxh3_64_intdigest(data)


class Card:
    """The values of one card, in the order of FORMAT.md 4."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return value

    def text(self):
        size = self.number()
        self.at += size
        return self.data[self.at - size:self.at].decode("utf-8")

    def optional(self, read):
        flag = self.number()
        assert flag in (0, 1)
        return read() if flag else None

    def list(self, read):
        return [read() for _ in range(self.number())]

    def numbers(self, count):
        return [self.number() for _ in range(count)]

    def optional_numbers(self, count):
        return [self.optional(self.number) for _ in range(count)]

    def read_hit(self):
        from_text = self.number()
        overtime = self.optional(lambda: tuple(self.numbers(2)))
        hours, = self.optional_numbers(1)
        station = self.text()
        known = self.list(lambda: (self.number(), self.text()))
        assert self.at == len(self.data), "bytes after the hit"
        return {"conditions_from_text": from_text, "fixed_overtime": overtime, "fixed_overtime_hours": hours,
                "station": station, "known": known}

    def read(self):
        number, content_hash = self.numbers(2)
        received, deadline = self.optional_numbers(2)
        _, employment, _, _, _, _, prefecture, municipality = self.numbers(8)
        position = self.optional(lambda: tuple(self.numbers(2)))
        stations = self.list(lambda: (self.text(), self.text(), self.number(), self.optional(self.number)))
        walk, = self.optional_numbers(1)
        self.numbers(4)
        self.text()
        self.number()
        self.optional_numbers(1)
        self.number()
        wages = [self.optional(lambda: tuple(self.numbers(2))) for _ in range(4)]
        overtime, = self.optional_numbers(1)
        shifts = self.list(lambda: tuple(self.numbers(2)))
        self.number()
        self.optional_numbers(2)
        self.numbers(3)
        self.optional_numbers(2)
        self.list(self.text)
        self.numbers(2)
        self.optional_numbers(1)
        conditions_yes, _, from_text = self.numbers(3)
        known = self.list(lambda: (self.number(), self.text()))
        unknown = self.list(lambda: (self.text(), self.text()))
        assert self.at == len(self.data), "bytes after the card"
        return {"number": number, "received": received, "deadline": deadline, "employment": employment,
                "prefecture": prefecture, "municipality": municipality, "position": position,
                "stations": stations, "walk": walk, "conditions_from_text": from_text,
                "fixed_overtime": wages[3], "fixed_overtime_hours": overtime,
                "wages": wages, "shifts": shifts, "conditions_yes": conditions_yes, "known": known,
                "unknown": unknown, "content_hash": content_hash}


class FormatTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.temporary.cleanup)
        folder = pathlib.Path(cls.temporary.name)
        cls.index = folder / "index"
        for command in (
                ["kyujin-bench", "corpus", "--count", str(POSTINGS), "--seed", "7", "--as-of", "2026-11-22",
                 "--output", folder / "feed"],
                ["kyujin-index", "build", "--input", folder / "feed", "--index", cls.index, "--threads", "2",
                 "--as-of", "2026-11-22T05:10:00+09:00"]):
            subprocess.run([PROGRAMS / command[0], *command[1:]], check=True, capture_output=True)
        cls.apply_changes(folder)
        cls.name = (cls.index / "CURRENT").read_text(encoding="ascii").split("\n")[0]
        cls.manifest_bytes = (cls.index / cls.name).read_bytes()
        cls.manifest = json.loads(cls.manifest_bytes)
        cls.segment = cls.index / cls.manifest["segments"][0]["name"]
        cls.read_columns()

    @classmethod
    def apply_changes(cls, folder):
        """Generation 2: two postings say something else, two are gone, one is new."""
        numbers = sorted({int(number.replace("-", "")) for page in (folder / "feed").rglob("*.xml")
                          for number in re.findall(r"<kjno>([0-9-]+)</kjno>", page.read_text(encoding="utf-8"))})
        written = {number: f"{number // 10**8:05}-{number % 10**8:08}" for number in numbers}
        cls.changed, cls.deleted = set(numbers[10:12]), set(numbers[-70:-68])
        upserts = [{"kjno": number, "sksu": "調理補助"} for number in
                   [written[number] for number in cls.changed] + ["99999-99999999"]]
        lines = [{"op": "upsert", "posting": {"feed": feed}} for feed in upserts]
        lines += [{"op": "delete", "number": written[number]} for number in cls.deleted]
        (folder / "changes.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        subprocess.run([PROGRAMS / "kyujin-index", "apply", "--changes", folder / "changes.jsonl", "--index", cls.index,
                        "--as-of", "2026-11-22T06:10:00+09:00"], check=True, capture_output=True)

    @classmethod
    def read_columns(cls):
        data = (cls.segment / "columns.bin").read_bytes()
        trailer = data[-40:]
        magic, version, cls.documents, count, zero, table, checksum = struct.unpack("<8sIIIIQQ", trailer)
        assert (magic, version, zero) == (b"KYJNCOLS", cls.manifest["format_version"], 0)
        assert table % 64 == 0 and table + 64 * count + 40 == len(data)
        assert xxh3(data[table:-40] + trailer[:32]) == checksum
        cls.sections = {}
        for place in range(table, len(data) - 40, 64):
            name, offset, size, section_sum = struct.unpack("<40sQQQ", data[place:place + 64])
            assert offset % 64 == 0 and xxh3(data[offset:offset + size]) == section_sum
            cls.sections[name.rstrip(b"\0").decode("ascii")] = data[offset:offset + size]

    def values(self, name, width):
        data = self.sections[name]
        return struct.unpack(f"<{len(data) // width}{'.BH.I...Q'[width]}", data)

    def cards(self):
        """Whole postings: each card with the texts of its hit."""
        for card, hit in zip(self.stored("cards.bin", b"KYJNCARD", 16, Card.read),
                             self.plain("hits.bin", b"KYJNHITS", Card.read_hit), strict=True):
            for name in ("conditions_from_text", "fixed_overtime", "fixed_overtime_hours"):
                self.assertEqual(card[name], hit[name])
            self.assertEqual(hit["station"], next(
                (name for name, _, _, walk in card["stations"] if walk is not None and walk == card["walk"]),
                card["stations"][0][0] if card["stations"] else ""))
            known = dict(hit["known"])
            for tag, text in card["known"]:
                known[tag] = known.get(tag, "") + text
            yield card | {"known": sorted(known.items())}

    def groups(self, file, expected_magic):
        """The bytes of a file of cards, and the rows of its table."""
        data = (self.segment / file).read_bytes()
        magic, version, documents, table, checksum = struct.unpack("<8sIIQQ", data[-32:])
        self.assertEqual((magic, version, documents),
                         (expected_magic, self.manifest["format_version"], self.documents))
        self.assertEqual(xxh3(data[table:-32] + data[-32:-8]), checksum)
        groups = list(struct.iter_unpack("<IIQQQQ", data[table:-32]))
        self.assertGreater(len(groups), 1)
        return data, groups

    def plain(self, file, expected_magic, read):
        data, groups = self.groups(file, expected_magic)
        for first, count, start, dictionary, dictionary_size, offsets in groups:
            self.assertEqual(dictionary_size, 0)
            ends = struct.unpack_from(f"<{count + 1}Q", data, offsets)
            for i in range(count):
                block = data[start + ends[i]:start + ends[i + 1]]
                self.assertEqual(struct.unpack_from("<I", block)[0], xxh3(block[4:]) & 0xFFFFFFFF)
                yield read(Card(block[4:]))

    def stored(self, file, expected_magic, per_block, read):
        data, groups = self.groups(file, expected_magic)
        for first, count, start, dictionary, dictionary_size, offsets in groups:
            blocks = (count + per_block - 1) // per_block
            ends = struct.unpack_from(f"<{blocks + 1}Q", data, offsets)
            trained = zstandard.ZstdCompressionDict(data[dictionary:dictionary + dictionary_size])
            unpack = zstandard.ZstdDecompressor(dict_data=trained if dictionary_size else None)
            for block in range(blocks):
                content = unpack.decompress(data[start + ends[block]:start + ends[block + 1]],
                                            max_output_size=64 << 20)
                head = Card(content)
                sizes = head.numbers(min(per_block, count - per_block * block))
                place = head.at
                for size in sizes:
                    yield read(Card(content[place:place + size]))
                    place += size
                self.assertEqual(place, len(content))

    def test_manifest(self):
        self.assertEqual(list(self.manifest), [
            "format_version", "schema_version", "analyzer_version", "index_id", "generation", "as_of", "documents",
            "verified", "changes_from", "changes", "segments", "checksum"])
        self.assertEqual(self.name, f"manifest-{self.manifest['generation']:08}.json")
        self.assertTrue(self.manifest["verified"])
        content = self.manifest_bytes[:self.manifest_bytes.rindex(b',"checksum":"')] + b"}"
        self.assertEqual(f"{xxh3(content):016x}", self.manifest["checksum"])
        segments = self.manifest["segments"]
        self.assertEqual(len(segments), 2)
        for segment in segments:
            for file in segment["files"]:
                self.check_file(self.index / segment["name"], file)
        self.assertEqual(self.manifest["documents"], sum(each["documents"] - each["dead"] for each in segments))
        self.assertNotIn("tombstones", segments[1])

    def check_file(self, folder, file):
        data = (folder / file["name"]).read_bytes()
        self.assertEqual((len(data), f"{xxh3(data):016x}"), (file["size"], file["checksum"]))
        return data

    def numbers_of_segment(self, place):
        data = (self.index / self.manifest["segments"][place]["name"] / "columns.bin").read_bytes()
        table, = struct.unpack("<Q", data[-16:-8])
        for at in range(table, len(data) - 40, 64):
            name, offset, size, _ = struct.unpack("<40sQQQ", data[at:at + 64])
            if name.rstrip(b"\0") == b"number":
                return list(struct.unpack(f"<{size // 8}Q", data[offset:offset + size]))
        return []

    def test_tombstones(self):
        entry = self.manifest["segments"][0]
        self.assertEqual(entry["tombstones"]["name"], f"tombstones-00000002-{entry['name']}.bin")
        data = self.check_file(self.index, entry["tombstones"])
        magic, version, documents, dead = struct.unpack("<8sIIQ", data[:24])
        self.assertEqual((magic, version, documents, dead),
                         (b"KYJNDEAD", self.manifest["format_version"], self.documents, entry["dead"]))
        self.assertEqual(xxh3(data[:-8]), struct.unpack("<Q", data[-8:])[0])
        words = struct.unpack(f"<{(documents + 63) // 64}Q", data[24:-8])
        numbers = self.numbers_of_segment(0)
        self.assertEqual([numbers[doc] for doc in range(64 * len(words)) if words[doc // 64] >> doc % 64 & 1],
                         sorted(self.changed | self.deleted))

    def test_changes(self):
        self.assertEqual(self.manifest["changes"]["name"], "changes-00000002.bin")
        self.assertEqual(self.manifest["changes_from"], 2)
        data = self.check_file(self.index, self.manifest["changes"])
        magic, version, count, index_id, generation, date = struct.unpack("<8sIIQQH", data[:34])
        self.assertEqual((magic, version, f"{index_id:016x}", generation, date),
                         (b"KYJNCHNG", self.manifest["format_version"], self.manifest["index_id"], 2, 9822))
        self.assertEqual(xxh3(data[:-8]), struct.unpack("<Q", data[-8:])[0])
        changes = list(struct.iter_unpack("<QQB", data[34:-8]))
        self.assertEqual(len(changes), count)
        self.assertEqual([(number, op) for number, _, op in changes],
                         sorted([(number, 3) for number in self.deleted] + [(number, 2) for number in self.changed] +
                                [(9999999999999, 1)]))
        self.assertEqual(self.numbers_of_segment(1), sorted(self.changed | {9999999999999}))

    def test_content_hashes_and_versions(self):
        names = [line.split('"')[1]
                 for line in (SOURCE / "engine/schema/feed_fields.inc").read_text(encoding="utf-8").splitlines()
                 if line.startswith("KYUJIN_FEED_FIELD(")]
        mask = 2**64 - 1
        for card, hashed, version in zip(self.cards(), self.values("content_hash", 8), self.values("version", 8)):
            known = 0
            for tag, text in card["known"]:
                name = xxhash.xxh3_64_intdigest(names[tag].encode(), known)
                known = xxhash.xxh3_64_intdigest(text.encode(), name)
            unknown = sum(xxhash.xxh3_64_intdigest(text.encode(), xxh3(name.encode())) for name, text in card["unknown"])
            self.assertEqual((version, hashed), (known, known ^ (unknown & mask)))
            self.assertEqual(card["content_hash"], hashed)

    @staticmethod
    def runs_of(block):
        """The runs of a block: (term, first posting, postings, bytes)."""
        card, term = Card(block), b""
        while card.at < len(block):
            shared = card.number()
            size = card.number()
            term = term[:shared] + block[card.at:card.at + size]
            card.at += size
            first, count, size = card.numbers(3)
            card.at += size
            yield term, first, count, block[card.at - size:card.at]

    def postings_of(self, first, count, data):
        """The postings of a run, (document, frequency), and how many the term has, when the run says it."""
        card, doc, postings = Card(data), 0, []
        total = None if first else card.number()
        for _ in range(count):
            head = card.number()
            doc += head >> 1
            postings.append((doc, 1 if head & 1 else card.number()))
        self.assertEqual(card.at, len(data))
        return postings, total

    def words(self, database):
        """All postings of all terms, ascending, by the blocks of postings."""
        words, totals = {}, {}
        for key in database.metadata_keys(b"W"):
            for term, first, count, data in self.runs_of(database.get_metadata(key)):
                postings, total = self.postings_of(first, count, data)
                self.assertEqual(first, len(words.setdefault(term, [])))
                words[term] += postings
                if first == 0:
                    totals[term] = total
            self.assertEqual(key, b"W" + term + b"\0" + struct.pack(">I", postings[-1][0]))
        self.assertEqual(list(words), sorted(words))
        self.assertEqual(totals, {term: len(postings) for term, postings in words.items()})
        return words

    @unittest.skipIf(xapian is None, "python3-xapian is missing")
    def test_words(self):
        database = xapian.Database(str(self.segment / "text.glass"))
        self.assertEqual((database.get_doccount(), list(database.allterms())), (0, []))
        keys = list(database.metadata_keys())
        self.assertEqual({key[:1] for key in keys}, {b"D", b"P", b"W"})
        self.assertEqual(Card(database.get_metadata(b"D")).number(), self.documents)
        keys = [key for key in keys if key[:1] == b"P"]
        blocks = [list(self.runs_of(database.get_metadata(key))) for key in keys]
        self.assertGreater(len(keys), 1)
        fields = dict(zip(b"TEDSWBLXO", FIELDS))
        lengths = {name: [0] * self.documents for name in FIELDS}
        words = self.words(database)
        for term, postings in words.items():
            self.assertLess(postings[-1][0], self.documents)
            rest, end = b"", 0
            for place, (doc, frequency) in enumerate(postings):
                if place == end:
                    self.assertEqual(rest, b"")
                    block = blocks[bisect.bisect_left(keys, b"P" + term + b"\0" + struct.pack(">I", doc))]
                    (first, count, rest), = [run[1:] for run in block if run[0] == term]
                    self.assertEqual(first, place)
                    end = first + count
                card = Card(rest)
                positions = list(itertools.accumulate(card.numbers(frequency)))
                rest = rest[card.at:]
                self.assertGreaterEqual(positions[0], 1)
                if not term[1:].startswith(b"~"):
                    lengths[fields[term[0]]][doc] += frequency
            self.assertEqual((len(postings), rest), (end, b""))
        self.assertEqual(sum(map(len, words.values())), sum(run[2] for block in blocks for run in block))
        for name in FIELDS:
            stored = self.values(f"length.{name}", 1)
            self.assertEqual([min(length, 128) for length in stored], [min(length, 128) for length in lengths[name]])

    def test_nothing_else_is_in_the_directory(self):
        names = {path.name for path in self.index.iterdir()}
        segments = {segment["name"] for segment in self.manifest["segments"]}
        self.assertEqual(names, {
            "CURRENT", "manifest-00000001.json", self.name, "writer.lock", "rejects.jsonl", "changes-00000002.bin",
            f"tombstones-00000002-{self.segment.name}.bin"} | segments)
        for segment in segments:
            self.assertEqual({path.name for path in (self.index / segment).iterdir()},
                             {"text.glass", "columns.bin", "cards.bin", "hits.bin"})

    def test_sections(self):
        words = (self.documents + 63) // 64
        sizes = {"number": 8 * self.documents, "content_hash": 8 * self.documents, "version": 8 * self.documents,
                 "employer_number": 8 * self.documents, "employer": 4 * self.documents,
                 "conditions.bits": 29 * 8 * words, "length.totals": 2 * 9 * 8}
        sizes |= {f"column.{name}": width * self.documents for name, width in COLUMN_BYTES.items()}
        sizes |= {f"facet.{name}": self.documents for name in FACET_VALUES}
        sizes |= {f"facet.{name}.bits": 8 * words * count for name, count in FACET_VALUES.items()}
        sizes |= {f"order.{name}": 4 * self.documents for name in ORDERS}
        sizes |= {f"length.{name}": self.documents for name in FIELDS}
        for name in ("shifts", "stations", "licences"):
            sizes[f"list.{name}.ends"] = 4 * self.documents
            sizes[f"list.{name}"] = 4 * self.values(f"list.{name}.ends", 4)[-1]
        sizes["position"] = 4 * self.documents
        sizes["positions"] = len(self.sections["positions"])
        sizes["docs.employer_number"] = 4 * self.documents
        sizes["docs.stations.minutes"] = len(self.sections["docs.stations"]) // 4
        for name in ("stations", "licences", "employers"):
            sizes[f"docs.{name}.ends"] = len(self.sections[f"names.{name}.ends"])
            sizes[f"docs.{name}"] = 4 * self.values(f"docs.{name}.ends", 4)[-1]
            sizes[f"names.{name}.ends"] = len(self.sections[f"names.{name}.ends"])
            sizes[f"names.{name}"] = self.values(f"names.{name}.ends", 4)[-1]
        self.assertEqual({name: len(data) for name, data in self.sections.items()}, sizes)

    def test_facet_bits_say_what_facet_values_say(self):
        words = (self.documents + 63) // 64
        for name in FACET_VALUES:
            bits = self.values(f"facet.{name}.bits", 8)
            for doc, value in enumerate(self.sections[f"facet.{name}"]):
                self.assertTrue(bits[value * words + doc // 64] >> doc % 64 & 1)
            self.assertEqual(sum(bin(word).count("1") for word in bits), self.documents)

    def test_orders(self):
        deadlines, types = self.values("column.deadline", 2), self.values("column.wage_type", 1)
        yen = self.values("column.allowances_min", 4)
        last = 2**64 - 1
        for name, key in (("deadline", lambda doc: last if deadlines[doc] == 65535 else deadlines[doc]),
                          ("wage_min.allowances",
                           lambda doc: types[doc] << 32 | 2**32 - 1 - yen[doc] if types[doc] else last)):
            self.assertEqual(list(self.values(f"order.{name}", 4)), sorted(range(self.documents), key=key))

    def test_cards_and_columns_hold_the_same_documents(self):
        cards = list(self.cards())
        numbers = self.values("number", 8)
        self.assertEqual([card["number"] for card in cards], list(numbers))
        self.assertEqual(sorted(set(numbers)), list(numbers))
        for name, missing, width in (("received", 65535, 2), ("deadline", 65535, 2), ("employment", None, 1),
                                     ("prefecture", None, 1), ("municipality", None, 2), ("conditions_yes", None, 4)):
            self.assertEqual([missing if card[name] is None else card[name] for card in cards],
                             list(self.values(f"column.{name}", width)), name)
        self.assertEqual([2**32 - 1 if card["wages"][1] is None else card["wages"][1][0] for card in cards],
                         list(self.values("column.allowances_min", 4)))

    def test_lists_and_names(self):
        ends, text = self.values("names.stations.ends", 4), self.sections["names.stations"]
        names = [text[begin:end].decode("utf-8") for begin, end in zip((0, *ends), ends)]
        self.assertEqual([name.encode() for name in names], sorted({name.encode() for name in names}))
        for list_name, expected in (
                ("shifts", lambda card: [start << 16 | end for start, end in card["shifts"]]),
                ("stations", lambda card: [names.index(key) << 8 | (255 if walk is None else walk)
                                           for _, key, _, walk in card["stations"]])):
            ends, values = self.values(f"list.{list_name}.ends", 4), self.values(f"list.{list_name}", 4)
            for card, begin, end in zip(self.cards(), (0, *ends), ends):
                self.assertEqual(list(values[begin:end]), expected(card))

    def test_documents_of_names_are_the_lists_turned_round(self):
        employers = self.values("employer", 4)
        entries = {"employers": [(name, doc) for doc, name in enumerate(employers)]}
        for name in ("stations", "licences"):
            ends, values = self.values(f"list.{name}.ends", 4), self.values(f"list.{name}", 4)
            entries[name] = [(value, doc) for doc, (begin, end) in enumerate(zip((0, *ends), ends))
                             for value in values[begin:end]]
        minutes = self.sections["docs.stations.minutes"]
        self.assertEqual(list(minutes), [value & 255 for value, _ in
                                         sorted(entries["stations"], key=lambda entry: entry[0] >> 8)])
        entries["stations"] = [(value >> 8, doc) for value, doc in entries["stations"]]
        for name, pairs in entries.items():
            ends = self.values(f"docs.{name}.ends", 4)
            pairs.sort()
            self.assertEqual(list(self.values(f"docs.{name}", 4)), [doc for _, doc in pairs])
            self.assertEqual(list(ends), [bisect.bisect_left(pairs, (place + 1, -1)) for place in range(len(ends))])
        numbers = self.values("employer_number", 8)
        self.assertEqual(list(self.values("docs.employer_number", 4)),
                         sorted(range(self.documents), key=lambda doc: numbers[doc]))

    def test_positions(self):
        positions, places = self.values("positions", 8), self.values("position", 4)
        self.assertEqual(sorted(set(positions)), list(positions))
        found = [None if place == 2**32 - 1 else (positions[place] >> 32, positions[place] & 0xFFFFFFFF)
                 for place in places]
        self.assertEqual(found, [card["position"] for card in self.cards()])

    def test_tags_of_cards_are_those_of_the_table(self):
        rows = [line for line in (SOURCE / "engine/schema/feed_fields.inc").read_text(encoding="utf-8").splitlines()
                if line.startswith("KYUJIN_FEED_FIELD(")]
        self.assertIn('"kjno"', rows[0])
        for card in self.cards():
            tags = [tag for tag, _ in card["known"]]
            self.assertEqual(tags, sorted(set(tags)))
            self.assertLess(tags[-1], len(rows))
            number = dict(card["known"])[0].replace("-", "")
            self.assertEqual(int(number), card["number"])


if __name__ == "__main__":
    unittest.main()
