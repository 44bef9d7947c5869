#!/usr/bin/env python3
"""A broken line or a trap in the synonyms of dict/ must stop the build and be named.

usage: generate_synonyms_test.py SOURCE_FOLDER
"""
import sys
import unittest

sys.dont_write_bytecode = True  # the source folder stays as it is

from generator_case import GeneratorCase  # noqa: E402


class GenerateSynonymsTest(GeneratorCase):
    generator = "generate_synonyms.py"

    def expect_stop(self, lines, line, message, file="synonyms.csv"):
        (self.root / "dict/synonyms.csv").write_text(
            "\n".join(["relation,words,targets", *lines]) + "\n", encoding="utf-8")
        self.expect_failure(file, line, message)

    def test_the_synonyms_are_sound_and_come_out_the_same(self):
        self.assertEqual(self.generate().stderr, "")
        first = (self.root / "out.cc").read_bytes()
        self.generate()
        self.assertEqual((self.root / "out.cc").read_bytes(), first)

    def test_a_word_in_two_groups(self):
        self.expect_stop(["same,車|自動車,", "same,バス|車,"], 3, "'車' stands in line 2 already")

    def test_the_last_long_vowel_makes_no_other_word(self):
        self.expect_stop(["same,サーバー|サーバ,"], 2, "stands twice")

    def test_unknown_relation(self):
        self.expect_stop(["equal,車|自動車,"], 2, "unknown relation 'equal'")

    def test_a_lonely_word(self):
        self.expect_stop(["same,車,"], 2, "same takes words that are equal")

    def test_narrower_without_targets(self):
        self.expect_stop(["narrower,車,"], 2, "narrower takes one word and its targets")

    def test_empty_word(self):
        self.expect_stop(["same,車||自動車,"], 2, "an empty word")

    def test_traps(self):
        self.expect_stop(["same,パート|アルバイト,"], 5, "lets パート find アルバイト",
                         file="synonym_traps.csv")
        self.expect_stop(["narrower,アルバイト,パート"], 5, "lets アルバイト find パート",
                         file="synonym_traps.csv")


if __name__ == "__main__":
    unittest.main()
