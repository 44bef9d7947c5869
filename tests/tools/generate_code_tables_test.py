#!/usr/bin/env python3
"""A broken line in dict/ must stop the build and be named.

usage: generate_code_tables_test.py SOURCE_FOLDER
"""
import sys
import unittest

sys.dont_write_bytecode = True  # the source folder stays as it is

from generator_case import GeneratorCase  # noqa: E402


class GenerateCodeTablesTest(GeneratorCase):
    generator = "generate_code_tables.py"

    def expect_stop(self, file, line, old, new, message):
        """Replaces `old` by `new` in one line of a file; the message must name that line."""
        path = self.root / "dict" / file
        lines = path.read_text(encoding="utf-8").split("\n")
        self.assertIn(old, lines[line - 1])
        lines[line - 1] = lines[line - 1].replace(old, new)
        path.write_text("\n".join(lines), encoding="utf-8")
        self.expect_failure(file, line, message)

    def test_the_tables_are_sound_and_come_out_the_same(self):
        self.assertEqual(self.generate().stderr, "")
        first = (self.root / "out.cc").read_bytes()
        self.generate()
        self.assertEqual((self.root / "out.cc").read_bytes(), first)

    def test_header(self):
        self.expect_stop("licences.csv", 1, "code,", "number,", "columns")

    def test_number_of_fields(self):
        self.expect_stop("licences.csv", 2, ",看護師", ",,看護師", "4 fields")

    def test_code_twice(self):
        self.expect_stop("licences.csv", 3, "L002", "L001", "line 2")

    def test_form_of_a_code(self):
        self.expect_stop("industries.csv", 3, "01,", "1,", "code '1'")

    def test_reading(self):
        self.expect_stop("licences.csv", 2, "かんごし", "カンゴシ", "not hiragana")

    def test_white_space(self):
        self.expect_stop("conditions.csv", 4, "在宅勤務", "在宅勤務　", "white space")

    def test_unknown_parent(self):
        self.expect_stop("occupations.csv", 3, ",01", ",99", "unknown parent")

    def test_ward_of_no_city(self):
        self.expect_stop("municipalities.csv", 3, ",01100,", ",01202,", "unknown parent")

    def test_former_code_that_lives(self):
        self.expect_stop("former_municipalities.csv", 4, "11204", "11201", "of today")

    def test_not_utf8(self):
        path = self.root / "dict" / "licences.csv"
        path.write_bytes(path.read_bytes().replace("准看護師".encode(), b"\xff", 1))
        self.assertIn("dict/licences.csv:3: not UTF-8", self.generate().stderr)


class GenerateConditionPatternsTest(GeneratorCase):
    generator = "generate_condition_patterns.py"

    def test_condition_patterns(self):
        path = self.root / "dict" / "condition_patterns.csv"
        self.assertEqual(self.generate().stderr, "")
        (self.root / "out.cc").unlink()
        sound = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
        for broken, message in [("verb,*,する,,", "unknown kind"),
                                ("phrase,,夜勤無,night,yes", "unknown condition"),
                                ("phrase,,新着です,new,yes", "depends on the day"),
                                ("phrase,,夜勤無,no_night_work,maybe", "yes or no"),
                                ("subject,burden,当直帯,no_night_work,no/yes", "affirmed/denied/said"),
                                ("within,,駅から歩き,near_station,near", "number of minutes"),
                                ("deny,*,ナシよ,no_night_work,", "has no condition"),
                                ("deny,*,{ナシよ,,", "do not match"),
                                ("deny,*,ＮＧよ,,", "not in folded form"),
                                ("deny,*,なし,,", "already"),
                                ("deny,*,なし", "3 fields")]:
            with self.subTest(broken):
                path.write_text("\n".join([*sound, broken, ""]), encoding="utf-8")
                self.expect_failure("condition_patterns.csv", len(sound) + 1, message)


if __name__ == "__main__":
    unittest.main()
