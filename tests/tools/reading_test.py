#!/usr/bin/env python3
"""`kyujin-index` verify, stats and dump on an index of several segments.

usage: reading_test.py FOLDER_OF_PROGRAMS
"""
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

PROGRAMS = pathlib.Path(sys.argv.pop(1))
POSTINGS = 1200
AS_OF = "2026-11-22T05:10:00+09:00"


def run(*command, status=0):
    result = subprocess.run([PROGRAMS / command[0], *command[1:]], capture_output=True, text=True)
    if result.returncode != status:
        raise AssertionError(f"{command}: status {result.returncode}\n{result.stdout}{result.stderr}")
    return result


class ReadingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = pathlib.Path(temporary.name)
        cls.index = cls.folder / "index"
        feed = cls.folder / "feed"
        run("kyujin-bench", "corpus", "--count", str(POSTINGS), "--seed", "5", "--as-of", "2026-11-22", "--output", feed)
        run("kyujin-index", "build", "--input", feed, "--index", cls.index, "--as-of", AS_OF)
        # A second segment, and dead documents in the first.
        lines = run("kyujin-index", "dump", "--index", cls.index).stdout.splitlines()
        first, second, third = (json.loads(line) for line in lines[:3])
        second["feed"]["sksu"] = "灯台守"
        changes = [{"op": "delete", "number": first["number"]}, {"op": "upsert", "posting": {"feed": second["feed"]}},
                   {"op": "upsert", "posting": {"feed": {**third["feed"], "kjno": "99010-00000001"}}}]
        (cls.folder / "changes.jsonl").write_text("".join(json.dumps(change) + "\n" for change in changes),
                                                  encoding="utf-8")
        run("kyujin-index", "apply", "--changes", cls.folder / "changes.jsonl", "--index", cls.index, "--as-of", AS_OF)
        cls.manifest = json.loads((cls.index / (cls.index / "CURRENT").read_text().strip()).read_text(encoding="utf-8"))
        assert len(cls.manifest["segments"]) == 2

    def test_a_good_index_is_verified(self):
        for more in ([], ["--all"]):
            out = run("kyujin-index", "verify", "--index", self.index, *more).stdout
            self.assertIn(f"{POSTINGS} postings in 2 segments, all as they must be", out)

    def test_every_changed_file_is_found(self):
        files = [f"{segment['name']}/{file['name']}" for segment in self.manifest["segments"]
                 for file in segment["files"]]
        files += [path.name for path in self.index.iterdir() if path.suffix == ".bin"]
        self.assertGreaterEqual(len(files), 8)
        copy = self.folder / "copy"
        for file in files:
            shutil.copytree(self.index, copy)
            self.addCleanup(shutil.rmtree, copy, ignore_errors=True)
            data = bytearray((copy / file).read_bytes())
            data[len(data) // 2] ^= 0x10
            (copy / file).write_bytes(data)
            run("kyujin-index", "verify", "--index", copy, status=1)
            shutil.rmtree(copy)

    def test_a_dump_builds_the_same_index(self):
        dump = self.folder / "dump.jsonl"
        dump.write_text(run("kyujin-index", "dump", "--index", self.index).stdout, encoding="utf-8")
        numbers = [json.loads(line)["number"] for line in dump.read_text(encoding="utf-8").splitlines()]
        self.assertEqual(len(set(numbers)), POSTINGS)
        for name, source in (("a", dump), ("b", None)):
            if source is None:
                source = self.folder / "again.jsonl"
                source.write_text(run("kyujin-index", "dump", "--index", self.folder / "a").stdout, encoding="utf-8")
            out = run("kyujin-index", "build", "--input", source, "--index", self.folder / name, "--as-of", AS_OF).stdout
            self.assertIn("rejected: 0\n", out)
        folded = self.folder / "folded"
        shutil.copytree(self.index, folded)
        run("kyujin-index", "merge", "--index", folded)
        merged = next(folded.glob("seg-*3"))
        for name in ("a", "b"):
            built = self.folder / name / "seg-00000001"
            for file in ("columns.bin", "cards.bin", "hits.bin"):
                self.assertTrue((merged / file).read_bytes() == (built / file).read_bytes(), f"{name}/{file}")
            mine, theirs = (json.loads(run("kyujin-index", "stats", "--json", "--index", index).stdout)
                            for index in (folded, self.folder / name))
            for member in ("documents", "prefectures", "industries", "conditions", "fields", "words"):
                self.assertEqual(mine[member], theirs[member], member)

    def test_stats_count_what_the_dump_holds(self):
        postings = [json.loads(line)["feed"]
                    for line in run("kyujin-index", "dump", "--index", self.index).stdout.splitlines()]
        stats = json.loads(run("kyujin-index", "stats", "--json", "--index", self.index).stdout)
        self.assertEqual(stats["documents"], POSTINGS)
        for member in ("prefectures", "industries"):
            self.assertEqual(sum(row["count"] for row in stats[member]), POSTINGS, member)
        fields = {row["tag"]: row["count"] for row in stats["fields"] if row["count"]}
        expected = {}
        for posting in postings:
            for tag in posting:
                expected[tag] = expected.get(tag, 0) + 1
        self.assertEqual(fields, expected)
        counts = [row["count"] for row in stats["words"]]
        self.assertEqual(len(counts), 50)
        self.assertEqual(counts, sorted(counts, reverse=True))
        self.assertLessEqual(counts[0], POSTINGS)
        text = run("kyujin-index", "stats", "--index", self.index).stdout
        for heading in ("都道府県", "産業大分類", "項目の記入率", "東京都"):
            self.assertIn(heading, text)

    def test_no_index_is_an_error(self):
        for command in ("verify", "stats", "dump"):
            self.assertIn("no index", run("kyujin-index", command, "--index", self.folder / "none", status=1).stderr)


if __name__ == "__main__":
    unittest.main()
