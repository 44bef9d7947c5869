#!/usr/bin/env python3
"""Fails on what neither compiler nor clang-tidy sees: file length, header guard, links, layout, traces of one machine."""
import pathlib
import re
import sys

MAX_LINES = 600  # the aim is 300 (CONTRIBUTING.md)
TOPS = (".ci", "bench", "cmake", "dict", "docs", "engine", "indexer", "scripts", "server", "tests")
SOURCES = (".cc", ".h", ".inc", ".py")
TEXTS = SOURCES + (".cmake", ".csv", ".json", ".md", ".sh", ".txt", "")
# Places that exist on one machine only.
MACHINE = re.compile(r"/(home|root|Users)/\w|/work/\w|/tmp/\w+|file://")
OPEN_END = re.compile(r"\b(TODO|FIXME|XXX)\b(?!\(#\d+\))")
THIS = pathlib.Path(__file__).name
VAGUE_NAMES = {"utils", "util", "common", "helper", "helpers", "misc", "manager", "data"}


def text_files():
    for top in TOPS:
        for file in sorted(pathlib.Path(top).rglob("*")):
            skipped = {"corpus", "__pycache__"} & set(file.parts) and file.suffix not in SOURCES
            if file.is_file() and not skipped and file.suffix in TEXTS:
                yield file
    yield from (file for file in sorted(pathlib.Path(".").glob("*"))
                if file.is_file() and file.suffix in TEXTS and file.name != ".git")


def broken_links(file, lines):
    """Documents that name files must not outlive them."""
    for number, line in enumerate(lines, 1):
        for target in re.findall(r"\]\(([^)#\s]+)\)", line):
            if "://" not in target and not (file.parent / target).exists():
                yield number, f"link to {target}, which does not exist"


def problems(file):
    text = file.read_text(encoding="utf-8")
    lines = text.splitlines()
    if file.suffix in SOURCES and len(lines) > MAX_LINES:
        yield 1, f"{len(lines)} lines, more than {MAX_LINES}"
    if file.suffix == ".h" and "#pragma once" not in lines:
        yield 1, "no #pragma once"
    if file.suffix in (".cc", ".h") and file.stem in VAGUE_NAMES:
        yield 1, f"'{file.stem}' says nothing"
    if file.suffix == ".md":
        yield from broken_links(file, lines)
    for number, line in enumerate(lines, 1):
        if MACHINE.search(line) and file.name != THIS:
            yield number, "path of one machine"
        if file.suffix in SOURCES and OPEN_END.search(line) and file.name != THIS:
            yield number, "an open end without an issue number: TODO(#12)"
        if file.suffix in SOURCES and line != line.rstrip():
            yield number, "white space at the end"
        if file.suffix in (".cc", ".h") and "\t" in line:
            yield number, "tab"


def main():
    bad = [f"{file}:{number}: {what}" for file in text_files() for number, what in problems(file)]
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
