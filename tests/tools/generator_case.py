"""What the tests of the generators share: a copy of dict/ to break, and the run over it."""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(sys.argv.pop(1))


class GeneratorCase(unittest.TestCase):
    generator = ""  # its file in cmake/

    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        shutil.copytree(SOURCE / "dict", self.root / "dict")

    def tearDown(self):
        self.folder.cleanup()

    def generate(self):
        return subprocess.run([sys.executable, str(SOURCE / "cmake" / self.generator),
                               str(self.root / "dict"), str(self.root / "out.cc")],
                              capture_output=True, text=True, check=False)

    def expect_failure(self, file, line, message):
        """The run must stop, name the line and write nothing."""
        result = self.generate()
        self.assertNotEqual(result.returncode, 0)
        self.assertIn(f"dict/{file}:{line}: ", result.stderr)
        self.assertIn(message, result.stderr)
        self.assertFalse((self.root / "out.cc").exists())
