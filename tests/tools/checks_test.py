#!/usr/bin/env python3
"""Each check of the sources must find what it is there for, and name file and line."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

TOOLS = pathlib.Path(__file__).resolve().parent


class ChecksTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def run_check(self, check, path, text):
        """Returns status and output of a check over a tree that holds one file."""
        file = pathlib.Path(self.folder.name) / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        result = subprocess.run([sys.executable, str(TOOLS / check)], cwd=self.folder.name,
                                capture_output=True, text=True, check=False)
        file.unlink()
        return result.returncode, result.stdout.strip()

    def expect_found(self, check, path, text, place):
        status, output = self.run_check(check, path, text)
        self.assertEqual(status, 1, output)
        self.assertTrue(output.startswith(f"{path}:{place}: "), output)

    def expect_clean(self, check, path, text):
        self.assertEqual(self.run_check(check, path, text), (0, ""))

    def test_layers(self):
        self.expect_found("check_layers.py", "engine/index/a.cc", '\n#include "engine/query/b.h"\n', 2)
        self.expect_clean("check_layers.py", "engine/search/a.cc", '#include "engine/query/b.h"\n')

    def test_library_outside_its_fence(self):
        self.expect_found("check_fences.py", "engine/search/a.h", "#include <xapian.h>\n", 1)
        self.expect_found("check_fences.py", "engine/base/a.cc", "\n\n#include <rapidjson/reader.h>\n", 3)
        self.expect_found("check_fences.py", "server/api/a.cc", "#include <boost/asio/post.hpp>\n", 1)
        self.expect_found("check_fences.py", "indexer/a.h", "#include <expat.h>\n", 1)

    def test_library_inside_its_fence(self):
        self.expect_clean("check_fences.py", "engine/index/a.cc", "#include <xapian.h>\n#include <vector>\n")
        self.expect_clean("check_fences.py", "server/http/a.h", "#include <boost/beast/http/parser.hpp>\n")

    def test_library_without_a_fence(self):
        self.expect_found("check_fences.py", "engine/base/a.cc", "#include <curl/curl.h>\n", 1)

    def test_length(self):
        self.expect_found("check_style.py", "engine/base/a.cc", "int a;\n" * 601, 1)
        self.expect_clean("check_style.py", "engine/base/a.cc", "int a;\n" * 600)

    def test_header_guard(self):
        self.expect_found("check_style.py", "engine/base/a.h", "int a;\n", 1)
        self.expect_clean("check_style.py", "engine/base/a.h", "#pragma once\n")

    def test_machine_path(self):
        self.expect_found("check_style.py", "docs/a.md", "text\nsee /" + "home/someone/x\n", 2)

    def test_broken_link(self):
        self.expect_found("check_style.py", "docs/a.md", "text\n[b](b.md)\n", 2)
        self.expect_clean("check_style.py", "docs/a.md", "[itself](a.md) [far](https://example.org/b.md)\n")

    def test_vague_name(self):
        self.expect_found("check_style.py", "engine/base/utils.cc", "int a;\n", 1)


if __name__ == "__main__":
    unittest.main()
