#!/usr/bin/env python3
"""kyujin beside Lucene, Groonga and plain Xapian: the same postings, the same requests, one run, passes in turn.

usage: compare.py --work DIR --kyujin-bench PROGRAM --index INDEX --queries FILE
                  [--xapian-peer PROGRAM] [--peers lucene,groonga,xapian] [--rounds 5] [--postings N] [--per-class N]

DIR holds the exported postings and the peers' indexes; what is there is used again. How long each took to build stands
in DIR/NAME.seconds (of kyujin in DIR/index.seconds, which scripts/peers writes) and is printed as documents a second. --postings takes only the first N
postings for the peers (and then --index must hold as many, or totals differ). Every request is asked twice of everyone
before the clock starts. A request's time is the median of its rounds; classes are reported by median, p99 and the ratio
of summed times. Totals of requests without words must agree to the last posting; for words, whose analysis differs, the
share within 10 % is reported.
"""
import argparse
import collections
import json
import pathlib
import statistics
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
JAVA = pathlib.Path("/usr/share/java")
JARS = ["core", "analyzers-common", "analyzers-kuromoji", "facet", "queries", "sandbox", "backward-codecs"]
PLAIN = {"one_word": "plain_one_word", "two_words": "plain_two_words", "phrase": "plain_phrase"}


def class_path(work):
    jars = [str(next(JAVA.glob(f"lucene-{jar}-8.*.jar"))) for jar in JARS]
    return ":".join([str(work / "classes")] + jars)


def write_requests(queries, file, per_class):
    """The mix, and words and phrases once more without facets: class, target, words, filters, sort, facets, limit."""
    counts = collections.Counter()
    with open(queries, encoding="utf-8") as lines, open(file, "w", encoding="utf-8") as out:
        for line in lines:
            if line.startswith("#") or not line.strip():
                continue
            name, target, words, filters, sort = line.rstrip("\n").split("\t")
            counts[name] += 1
            if counts[name] > per_class:
                continue
            same_words = "&interpret=off&partial=never"
            out.write("\t".join([name, target + same_words, words, filters, sort, "1", "30"]) + "\n")
            if name in PLAIN:
                plain = target.replace("facets=all", "limit=10") + same_words
                out.write("\t".join([PLAIN[name], plain, words, filters, sort, "0", "10"]) + "\n")


class Peer:
    """A process that answers all requests once for every line it is sent."""

    def __init__(self, name, arguments):
        self.name = name
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")
        self.expect("ready")

    def expect(self, word):
        line = self.process.stdout.readline().strip()
        if line != word:
            sys.exit(f"{self.name} said {line!r} instead of {word!r}")

    def one_pass(self):
        self.process.stdin.write("pass\n")
        self.process.stdin.flush()
        answers = []
        for line in self.process.stdout:
            if line.strip() == "done":
                return answers
            name, nanoseconds, total = line.split("\t")
            answers.append((name, int(nanoseconds), int(total)))
        sys.exit(f"{self.name} ended early")

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def prepare(options, work, log):
    """Exports the postings and builds the peers' indexes where they are missing."""
    postings = work / "postings.tsv"
    if not postings.exists():
        part = work / "postings.part"
        subprocess.run([options.kyujin_bench, "export", "--index", options.index, "--output", part], check=True)
        if options.postings:
            lines = part.read_text(encoding="utf-8").split("\n", options.postings + 1)[:options.postings + 1]
            part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        part.rename(postings)
    commands = {
        "lucene": ["java", "-Xmx4g", "-cp", class_path(work), "LucenePeer", "index", postings, work / "lucene"],
        "groonga": [sys.executable, HERE / "groonga" / "groonga_peer.py", "index", postings, work / "groonga"],
        "xapian": [options.xapian_peer, "index", postings, work / "xapian"],
    }
    if "lucene" in options.peers:
        (work / "classes").mkdir(exist_ok=True)
        subprocess.run(["javac", "-d", work / "classes", "-cp", class_path(work), HERE / "lucene" / "LucenePeer.java"],
                       check=True)
    for peer in options.peers:
        if not (work / peer).exists():
            done = subprocess.run(list(map(str, commands[peer])), check=True, capture_output=True, text=True)
            (work / f"{peer}.seconds").write_text(done.stdout.split("\t")[-1], encoding="utf-8")
    with open(postings, encoding="utf-8", newline="\n") as lines:
        count = sum(1 for _ in lines) - 1
    log["documents"] = count
    log["documents_per_s"] = {}
    for name in ["index"] + options.peers:
        file = work / f"{name}.seconds"
        if file.exists():
            rate = count / float(file.read_text(encoding="utf-8"))
            log["documents_per_s"]["kyujin" if name == "index" else name] = rate
            print(f"{'kyujin' if name == 'index' else name}: {rate:.0f} documents a second built", flush=True)


def start(options, work, requests):
    postings = str(work / "postings.tsv")
    peers = [Peer("kyujin", [options.kyujin_bench, "passes", "--index", options.index, "--queries", str(requests)])]
    programs = {
        "lucene": ["java", "-Xmx4g", "-cp", class_path(work), "LucenePeer", "search", str(work / "lucene"),
                   str(requests), postings],
        "groonga": [sys.executable, str(HERE / "groonga" / "groonga_peer.py"), "search", str(work / "groonga"),
                    str(requests), postings],
        "xapian": [options.xapian_peer, "search", str(work / "xapian"), str(requests), postings],
    }
    return peers + [Peer(name, programs[name]) for name in options.peers]


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, -(-len(ordered) * share // 100) - 1))]


def agreement(ours, theirs):
    """Share of requests whose totals differ by at most a tenth, and those that are equal."""
    near = sum(abs(a - b) <= 0.1 * max(a, b) for a, b in zip(ours, theirs))
    equal = sum(a == b for a, b in zip(ours, theirs))
    return near / len(ours), equal / len(ours)


def report(names, times, totals, classes, log):
    rows = []
    order = sorted(set(classes), key=classes.index)
    for name in order + ["standard mix"]:
        picked = [i for i, c in enumerate(classes) if c == name or (name == "standard mix" and "plain" not in c)]
        ours = [times["kyujin"][i] for i in picked]
        for peer in names:
            nanoseconds = [times[peer][i] for i in picked]
            near, equal = agreement([totals["kyujin"][i] for i in picked], [totals[peer][i] for i in picked])
            rows.append({"class": name, "engine": peer, "requests": len(picked),
                         "median_us": statistics.median(nanoseconds) / 1e3, "p99_us": percentile(nanoseconds, 99) / 1e3,
                         "ratio": sum(nanoseconds) / sum(ours), "totals_near": near, "totals_equal": equal})
    log["rows"] = rows
    print(f"{'class':<18}{'engine':<9}{'n':>6}{'median us':>12}{'p99 us':>12}{'x kyujin':>10}{'totals ±10 %':>14}"
          f"{'equal':>8}")
    for row in rows:
        print(f"{row['class']:<18}{row['engine']:<9}{row['requests']:>6}{row['median_us']:>12.0f}{row['p99_us']:>12.0f}"
              f"{row['ratio']:>10.2f}{row['totals_near']:>14.3f}{row['totals_equal']:>8.3f}")
    wrong = [row for row in rows if row["class"] == "filters" and row["totals_equal"] < 1]
    for row in wrong:
        print(f"{row['engine']}: totals of requests without words differ", file=sys.stderr)
    return 1 if wrong else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--kyujin-bench", required=True)
    parser.add_argument("--xapian-peer")
    parser.add_argument("--index", required=True)
    parser.add_argument("--queries", required=True)
    parser.add_argument("--peers", default="lucene,groonga,xapian")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--postings", type=int, default=0)
    parser.add_argument("--per-class", type=int, default=1_000_000)
    options = parser.parse_args()
    options.peers = [peer for peer in options.peers.split(",") if peer]
    options.work.mkdir(parents=True, exist_ok=True)
    log = {"queries": options.queries, "rounds": options.rounds}
    prepare(options, options.work, log)
    requests = options.work / "requests.tsv"
    write_requests(options.queries, requests, options.per_class)
    peers = start(options, options.work, requests)
    for _ in range(2):
        for peer in peers:
            answers = peer.one_pass()
    classes = [name for name, _, _ in answers]
    rounds = {peer.name: [] for peer in peers}
    totals = {}
    for number in range(options.rounds):
        for peer in peers if number % 2 == 0 else reversed(peers):
            answers = peer.one_pass()
            rounds[peer.name].append([nanoseconds for _, nanoseconds, _ in answers])
            totals[peer.name] = [total for _, _, total in answers]
    for peer in peers:
        peer.close()
    times = {name: [statistics.median(request) for request in zip(*passes)] for name, passes in rounds.items()}
    status = report([peer.name for peer in peers], times, totals, classes, log)
    (options.work / "result.json").write_text(json.dumps(log, indent=1), encoding="utf-8")
    return status


if __name__ == "__main__":
    sys.exit(main())
