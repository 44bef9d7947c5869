#!/usr/bin/env python3
"""Fails when a third-party header is included outside its fence (ARCHITECTURE.md, "Libraries").

A row: what the include looks like, the files that may write it. A header in angle brackets that no row and no
standard or system list knows fails too, so that a new library begins with a row here.
"""
import pathlib
import re
import sys

# Tests and measurements may include anything.
TOPS = ("engine", "indexer", "server")

FENCES = [
    (r"xapian(\.h|/)", r"engine/index/\w+\.cc"),
    (r"unicode/", r"engine/text/\w+\.cc"),
    (r"mecab\.h", r"engine/text/\w+\.cc"),
    (r"rapidjson/", r"engine/base/json\.cc"),
    (r"(zstd|zdict)\.h", r"engine/base/\w+\.cc"),
    (r"xxhash\.h", r"engine/base/\w+\.cc"),
    (r"zlib\.h", r"(engine/base|engine/text|server/http)/\w+\.cc"),
    (r"openssl/", r"server/store/token_text\.cc"),
    (r"sqlite3\.h", r"server/store/sqlite_\w+\.cc"),
    (r"(libpq-fe|libpq/.*)", r"server/store/postgresql_\w+\.cc"),
    (r"expat\.h", r"indexer/\w+\.cc"),
    (r"curl/", r"indexer/feed_client\.cc"),
    (r"boost/(asio|beast)(/|\.hpp)", r"server/(http|app)/\w+\.(h|cc)"),
    (r"boost/(system|assert)/", r"engine/base/result\.(h|cc)"),
    (r"prometheus/", r"server/app/server_metrics\.cc"),
    (r"spdlog/", r"server/app/\w+\.(h|cc)"),
    (r"CLI/", r"(indexer/main|server/app/\w+)\.cc"),
    (r"fmt/", r"(engine|indexer|server)/.*\.cc"),
    (r"mimalloc\.h", r"engine/base/allocator\.cc"),
    (r"immintrin\.h", r"engine/\w+/\w+_avx2\.cc"),
]

# Headers of C and POSIX; the C++ library's have neither dot nor slash.
SYSTEM = re.compile(r"(arpa|net|netinet|sys)/\w+\.h"
                    r"|(fcntl|poll|pthread|sched|signal|unistd|malloc|dirent|time|netdb)\.h")


def problem(path, header):
    """Returns what is wrong with `#include <header>` in `path`, or None."""
    for pattern, allowed in FENCES:
        if re.match(pattern, header):
            return None if re.fullmatch(allowed, path) else f"<{header}> belongs only in {allowed}"
    if SYSTEM.fullmatch(header) or re.fullmatch(r"[a-z_0-9]+", header):
        return None
    return f"<{header}> has no fence: add a row to tests/tools/check_fences.py"


def main():
    bad = []
    for top in TOPS:
        for file in sorted(pathlib.Path(top).rglob("*")):
            if file.suffix not in (".h", ".cc", ".inc"):
                continue
            for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
                found = re.match(r"\s*#\s*include\s*<([^>]+)>", line)
                what = found and problem(file.as_posix(), found.group(1))
                if what:
                    bad.append(f"{file}:{number}: {what}")
    print("\n".join(bad))
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
