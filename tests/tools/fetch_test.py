#!/usr/bin/env python3
"""`kyujin-index fetch` against a stand-in of the feed's API on this machine: errors, resuming, token, secrets.

usage: fetch_test.py FOLDER_OF_PROGRAMS
Retries wait as long as they do in earnest: a second or two. Opening hours are tested in
tests/unit/indexer/feed_fetcher_test.cc, without a clock.
"""
import collections
import http.server
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.parse

PROGRAMS = pathlib.Path(sys.argv.pop(1))
ID, PASS, TOKEN = "canary-id-4711", "canary-p&ss=0815", "canary-token-2342"
PAGES, PER_PAGE = 4, 3


def page(number):
    first = (number - 1) * PER_PAGE
    data = "".join(f"<data><kjno>99010-{first + i:08}</kjno><sksu>調理</sksu></data>\n" for i in range(PER_PAGE))
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<root><kyujin>\n{data}</kyujin></root>\n'.encode()


class Feed(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        path = self.path.removeprefix("/api/2.0/")
        self.server.calls.append(path)
        faults = self.server.faults[path]
        fault = faults.popleft() if faults else None
        if fault == "cut":
            self.send_response(200)
            self.send_header("Content-Length", "100000")
            self.end_headers()
            self.wfile.write(page(1)[:80])
            self.close_connection = True
        elif fault == "half":
            self.answer(200, page(int(path.rsplit("/", 1)[1]))[:-20])
        elif fault:
            self.answer(fault)
        elif path == "auth/getToken":
            good = form == {"id": ID, "pass": PASS}
            self.answer(200 if good else 403, f"<root><token>{TOKEN}</token></root>".encode() if good else b"")
        elif form != {"token": TOKEN}:
            self.answer(401)
        elif path == "kyujin":
            count = PAGES * PER_PAGE
            self.answer(200, "<root><data><data_id>M101</data_id><count>1</count><page>1</page></data>"
                             f"<data><data_id>M100</data_id><count>{count}</count><page>{PAGES}</page></data>"
                             "</root>".encode())
        elif path.startswith("kyujin/M100/"):
            self.answer(200, page(int(path.rsplit("/", 1)[1])))
        else:
            self.answer(200 if path == "auth/delToken" else 404)


class FetchTest(unittest.TestCase):
    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.folder = pathlib.Path(temporary.name)
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
        self.server.calls, self.server.faults = [], collections.defaultdict(collections.deque)
        thread = threading.Thread(target=self.server.serve_forever)
        thread.start()
        self.addCleanup(thread.join)
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.id_file = self.folder / "id"
        self.id_file.write_text(f"{ID}\n{PASS}\n", encoding="ascii")
        self.id_file.chmod(0o600)

    def fetch(self, *more, url=None, environment=None, data="M100"):
        url = url or f"http://127.0.0.1:{self.server.server_port}/api/2.0/"
        command = [PROGRAMS / "kyujin-index", "fetch", "--base-url", url, "--data", data,
                   "--output", self.folder / "feed", "--any-time", *more]
        result = subprocess.run(command, capture_output=True, text=True, timeout=120,
                                env=os.environ | (environment or {}))
        for secret in (ID, PASS, TOKEN, urllib.parse.quote(PASS, safe="")):
            self.assertNotIn(secret, result.stdout + result.stderr)
            self.assertFalse([path for path in self.folder.rglob("*") if path != self.id_file and path.is_file()
                              and secret.encode() in path.read_bytes()])
            self.assertNotIn(secret, " ".join(map(str, command)))
        return result

    def with_file(self, **arguments):
        return self.fetch("--id-file", self.id_file, **arguments)

    def assert_whole(self):
        found = {path.name: path.read_bytes() for path in (self.folder / "feed" / "M100").iterdir()}
        self.assertEqual(found, {f"{i}.xml": page(i) for i in range(1, PAGES + 1)})
        self.assertEqual([path.name for path in (self.folder / "feed").iterdir()], ["M100"])

    def test_all_pages_come_and_the_token_goes_back(self):
        result = self.with_file()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_whole()
        self.assertEqual(self.server.calls, ["auth/getToken", "kyujin"] +
                         [f"kyujin/M100/{i}" for i in range(1, PAGES + 1)] + ["auth/delToken"])

    def test_credentials_from_the_environment(self):
        result = self.fetch(environment={"KYUJIN_FEED_ID": ID, "KYUJIN_FEED_PASS": PASS})
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_faults_are_asked_again(self):
        self.server.faults["kyujin/M100/2"].extend([503, "cut"])
        self.server.faults["kyujin/M100/3"].append("half")
        result = self.with_file()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_whole()
        self.assertEqual(self.server.calls.count("kyujin/M100/2"), 3)
        self.assertIn("HTTP 503", result.stderr)

    def test_a_token_that_ends_early_is_renewed(self):
        self.server.faults["kyujin/M100/3"].append(401)
        result = self.with_file()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assert_whole()
        self.assertEqual(self.server.calls.count("auth/getToken"), 2)

    def test_what_an_interrupted_run_left_is_taken_up(self):
        self.server.faults["kyujin/M100/3"].append(404)
        result = self.with_file()
        self.assertEqual(result.returncode, 1)
        self.assertEqual(self.server.calls[-1], "auth/delToken")
        self.assertFalse((self.folder / "feed" / "M100").exists())
        self.server.calls.clear()
        self.assertEqual(self.with_file().returncode, 0)
        self.assert_whole()
        self.assertEqual([call for call in self.server.calls if call.startswith("kyujin/")],
                         ["kyujin/M100/3", "kyujin/M100/4"])

    def test_the_last_whole_fetch_stays_until_the_next_is_whole(self):
        self.assertEqual(self.with_file().returncode, 0)
        self.server.faults["kyujin/M100/4"].append(404)
        self.assertEqual(self.with_file().returncode, 1)
        self.assertEqual(len(list((self.folder / "feed" / "M100").iterdir())), PAGES)
        self.assertEqual(self.with_file().returncode, 0)
        self.assert_whole()

    def test_wrong_credentials_are_tried_once(self):
        self.id_file.write_text("somebody\nelse\n", encoding="ascii")
        result = self.with_file()
        self.assertEqual(result.returncode, 1)
        self.assertIn("refuses the credentials", result.stderr)
        self.assertEqual(self.server.calls, ["auth/getToken"])

    def test_refused_before_anything_is_sent(self):
        self.id_file.chmod(0o644)
        self.assertIn("everybody may read it", self.with_file().stderr)
        self.assertIn("no credentials", self.fetch().stderr)
        self.id_file.chmod(0o600)
        for url, reason in (("http://example.org/api", "must be https"),
                            (f"https://{ID}:{TOKEN}@localhost/api", "must not hold credentials"),
                            ("nonsense", "is no URL")):
            self.assertIn(reason, self.with_file(url=url).stderr.replace(url, ""))
        self.assertEqual(self.with_file(data="../M1").returncode, 2)
        self.assertEqual(self.server.calls, [])

    def test_data_that_is_not_there_is_named(self):
        result = self.with_file(data="M147")
        self.assertEqual(result.returncode, 1)
        self.assertIn("M147", result.stderr)
        self.assertEqual(self.server.calls, ["auth/getToken", "kyujin", "auth/delToken"])


if __name__ == "__main__":
    unittest.main()
