#!/usr/bin/env python3
"""A broken line in the interpretation lexicons of dict/ must stop the build and be named.

usage: generate_interpretation_test.py SOURCE_FOLDER
"""
import sys
import unittest

sys.dont_write_bytecode = True  # the source folder stays as it is

from generator_case import GeneratorCase  # noqa: E402

PHRASES = "interpretation_phrases.csv"
HEADER = "pattern,parameter,value,minimum,maximum,glue"


class GenerateInterpretationTest(GeneratorCase):
    generator = "generate_interpretation.py"

    def write(self, *lines, file=PHRASES, header=HEADER):
        (self.root / "dict" / file).write_text("\n".join((header,) + lines) + "\n", encoding="utf-8")

    def expect_stop(self, line, message, file=PHRASES):
        self.expect_failure(file, line, message)

    def test_the_lexicons_are_sound_and_come_out_the_same(self):
        self.assertEqual(self.generate().stderr, "")
        first = (self.root / "out.cc").read_bytes()
        self.generate()
        self.assertEqual((self.root / "out.cc").read_bytes(), first)

    def test_patterns_are_expanded(self):
        self.write("<なし>,=,なし|無し,,,", "{夜勤|深夜}<なし>,conditions,no_night_work,,,any",
                   "残業{<なし>|ゼロ},conditions,no_overtime,,,any")
        self.assertEqual(self.generate().stderr, "")
        text = (self.root / "out.cc").read_text(encoding="utf-8")
        for phrase in ("夜勤なし", "夜勤無し", "深夜なし", "深夜無し", "残業なし", "残業無し", "残業ゼロ"):
            self.assertIn(f'"{phrase}"', text)

    def test_a_text_with_two_meanings(self):
        self.write("夜勤なし,conditions,no_night_work,,,any", "夜勤{なし|無し},conditions,remote,,,any")
        self.expect_stop(3, "'夜勤なし' stands in line 2 already")

    def test_ranges_tell_numbers_apart(self):
        self.write("月給＃,monthly_min,{1*10000},10,99,any", "月給＃,monthly_min,{1},100,9999999,any")
        self.assertEqual(self.generate().stderr, "")

    def test_ranges_that_overlap(self):
        self.write("月給＃,monthly_min,{1*10000},10,99,any", "月給＃,monthly_min,{1},99,9999999,any")
        self.expect_stop(3, "stands in line 2 already")

    def test_unknown_parameter(self):
        self.write("夜勤なし,condition,no_night_work,,,any")
        self.expect_stop(2, "unknown parameter 'condition'")

    def test_unknown_macro(self):
        self.write("夜勤<なし>,conditions,no_night_work,,,any")
        self.expect_stop(2, "nothing is known as <なし>")

    def test_braces(self):
        self.write("{夜勤|深夜なし,conditions,no_night_work,,,any")
        self.expect_stop(2, "braces do not match")

    def test_missing_number(self):
        self.write("＃時から,end_by,{2t}:00,,,any")
        self.expect_stop(2, "too few numbers")

    def test_glue(self):
        self.write("夜勤なし,conditions,no_night_work,,,some")
        self.expect_stop(2, "unknown glue 'some'")

    def test_occupation_code(self):
        self.write("看護師,999,known", file="interpretation_occupations.csv", header="names,code,glue")
        self.expect_stop(2, "unknown code 999", file="interpretation_occupations.csv")

    def test_occupation_twice(self):
        self.write("看護師,023,known", "医師|看護師,021,known",
                   file="interpretation_occupations.csv", header="names,code,glue")
        self.expect_stop(3, "'看護師' stands in line 2 already", file="interpretation_occupations.csv")

    def test_place_meaning(self):
        self.write("富士,name", file="interpretation_places.csv", header="name,meaning")
        self.expect_stop(2, "meaning 'name'", file="interpretation_places.csv")


if __name__ == "__main__":
    unittest.main()
