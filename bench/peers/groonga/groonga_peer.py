#!/usr/bin/env python3
"""The same postings and requests in Groonga: MeCab tokenizer, one index over all text columns with weights, facet
columns that refer to tables of codes (its fast form of drilldown). A facet that ignores its own filter costs one more
select, as Groonga has no other way. Compared by ../compare.py: a line "pass" asks for one pass over the requests.

usage: groonga_peer.py index POSTINGS.tsv DATABASE_DIR
       groonga_peer.py search DATABASE_DIR REQUESTS.tsv POSTINGS.tsv
"""
import json
import pathlib
import subprocess
import sys
import time

BATCH = 5000


class Columns:
    """What the first line of the postings says: texts with their weights, facets, orders and amounts of the schema."""

    def __init__(self, header):
        self.names = header.rstrip("\n").split("\t")
        self.texts, self.facets, self.lists, self.sorts, self.amounts = {}, [], set(), [], []
        for name in self.names:
            kind, *rest = name.split(":")
            if kind == "text":
                self.texts[rest[0]] = rest[1]
            elif kind in ("facet", "facet_list"):
                self.facets.append(rest[0])
                self.lists |= {rest[0]} if kind == "facet_list" else set()
            elif kind == "sort":
                self.sorts.append(rest[0])
            elif kind == "amount":
                self.amounts.append(rest[0])
            elif kind != "number":
                raise ValueError(f"column of no known kind: {name}")

    @classmethod
    def of(cls, postings):
        with open(postings, encoding="utf-8", newline="\n") as lines:
            return cls(next(lines))

    def posting(self, line):
        """One line as a row of the table."""
        row = {}
        for name, value in zip(self.names, line.rstrip("\n").split("\t")):
            kind, _, name = name.partition(":")
            if kind == "number":
                row["_key"] = value
            elif kind == "text":
                row[name.split(":")[0]] = value
            elif kind.startswith("facet"):
                row["f_" + name] = value.split() if name in self.lists else value
            else:
                row[("sort_" if kind == "sort" else "") + name] = int(value)
        return row


class Groonga:
    """One groonga process; commands go in, answers of one line come out."""

    def __init__(self, database, create=False):
        arguments = ["groonga"] + (["-n"] if create else []) + [str(database)]
        self.process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                                        encoding="utf-8")

    def run(self, command):
        self.process.stdin.write(command + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer[0][0] != 0:
            raise RuntimeError(f"{command[:200]}: {answer[0]}")
        return answer[0][2], answer[1]

    def load(self, table, rows):
        self.process.stdin.write(f"load --table {table}\n")
        self.process.stdin.write(json.dumps(rows, ensure_ascii=False) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        if answer[0][0] != 0:
            raise RuntimeError(str(answer[0]))


def create_schema(groonga, columns):
    groonga.run("table_create Postings TABLE_HASH_KEY ShortText")
    for text in columns.texts:
        groonga.run(f"column_create Postings {text} COLUMN_SCALAR Text")
    for facet in columns.facets:
        groonga.run(f"table_create Codes_{facet} TABLE_HASH_KEY ShortText")
        vector = "VECTOR" if facet in columns.lists else "SCALAR"
        groonga.run(f"column_create Postings f_{facet} COLUMN_{vector} Codes_{facet}")
        groonga.run(f"column_create Codes_{facet} postings COLUMN_INDEX Postings f_{facet}")
    for sort in columns.sorts:
        groonga.run(f"column_create Postings sort_{sort} COLUMN_SCALAR UInt64")
    for number in columns.amounts:
        groonga.run(f"column_create Postings {number} COLUMN_SCALAR Int64")
        groonga.run(f"table_create Range_{number} TABLE_PAT_KEY Int64")


def create_indexes(groonga, columns):
    """After loading: Groonga builds an index over rows that are there far faster than row by row."""
    groonga.run("table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenMecab "
                "--normalizer NormalizerNFKC130")
    groonga.run("column_create Terms postings COLUMN_INDEX|WITH_POSITION|WITH_SECTION Postings " + ",".join(columns.texts))
    for number in columns.amounts:
        groonga.run(f"column_create Range_{number} postings COLUMN_INDEX Postings {number}")


def index(postings, directory):
    start = time.time()
    pathlib.Path(directory).mkdir(parents=True)
    groonga = Groonga(pathlib.Path(directory) / "db", create=True)
    columns = Columns.of(postings)
    create_schema(groonga, columns)
    count = 0
    with open(postings, encoding="utf-8", newline="\n") as lines:
        next(lines)
        rows = []
        for line in lines:
            rows.append(columns.posting(line))
            count += 1
            if len(rows) == BATCH:
                groonga.load("Postings", rows)
                rows = []
        if rows:
            groonga.load("Postings", rows)
    create_indexes(groonga, columns)
    print(f"indexed\t{count}\t{time.time() - start:.1f}")


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def filter_groups(filters):
    """(script, facets that ignore it) of each group."""
    groups = []
    city, pref = filters.get("city"), filters.get("pref")
    place = []
    if city:
        place.append(f'f_city == "{city}"')
    if pref and not (city and city.startswith(pref)):
        place.append(f'f_pref == "{pref}"')
    if place:
        groups.append(("(" + " || ".join(place) + ")", ["pref", "city"]))
    wage = [f"{column} >= {filters[name]}" for name, column in (("monthly_min", "monthly"), ("hourly_min", "hourly"))
            if name in filters]
    if wage:
        groups.append(("(" + " || ".join(wage) + ")", ["wage_histogram"]))
    plain = {"conditions": ('f_conditions @ "{}"', []),
             "employment": ('f_employment == "{}"', ["employment"]),
             "occupation": ('f_occupation_middle == "{}"', ["occupation_major", "occupation_middle"]),
             "holidays_min": ("holidays_days >= {}", ["holidays"]),
             "received_within_days": ("days_ago <= {}", ["received"]),
             "walk_max": ("(walk >= 0 && walk <= {})", ["walk_minutes"])}
    for name, (script, lifts) in plain.items():
        if name in filters:
            groups.append((script.format(filters[name]), lifts))
    return groups


def command(columns, words, groups, facets, sort, limit):
    """One select; `words` are phrases, ANDed."""
    parts = ["select Postings", "--output_columns _key,title,employer,workplace,description", f"--limit {limit}"]
    if words:
        weighted = "||".join(f"{text}*{weight}" for text, weight in columns.texts.items())
        query = " ".join(quoted(word) for word in words)
        parts.append(f"--match_columns '{weighted}' --query '{query.replace(chr(39), chr(92) + chr(39))}'")
    if groups:
        parts.append("--filter '" + " && ".join(groups) + "'")
    parts.append("--sort_keys " + (f"sort_{sort},_key" if sort else "-_score,_key"))
    if facets:
        parts.append("--drilldown " + ",".join("f_" + facet for facet in facets) + " --drilldown_limit -1")
    return " ".join(parts)


def requests_of(file, columns):
    """(class, commands): the first command gives the total and the hits."""
    with open(file, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            name, _, words, filters, sort, facets, limit = line.rstrip("\n").split("\t")
            words = [word for word in words.split("\u3000") if word]
            groups = filter_groups(dict(f.split("=", 1) for f in filters.split("&") if f))
            scripts = [script for script, _ in groups]
            lifted = {facet for _, lifts in groups for facet in lifts}
            sort = sort or ("" if words else "new")
            if facets != "1":
                yield name, [command(columns, words, scripts, [], sort, limit)]
                continue
            unlifted = [facet for facet in columns.facets if facet not in lifted]
            commands = [command(columns, words, scripts, unlifted, sort, limit)]
            for script, lifts in groups:
                if lifts:
                    others = [s for s in scripts if s != script]
                    commands.append(command(columns, words, others, lifts, sort, 0))
            yield name, commands


def search(directory, file, postings):
    groonga = Groonga(pathlib.Path(directory) / "db")
    groonga.run("cache_limit 0")  # answers kept from an earlier pass would be measured as searches
    requests = list(requests_of(file, Columns.of(postings)))
    print("ready", flush=True)
    for _ in sys.stdin:
        for name, commands in requests:
            seconds, total = 0.0, None
            for one in commands:
                took, answer = groonga.run(one)
                seconds += took
                total = answer[0][0][0] if total is None else total
            print(f"{name}\t{round(seconds * 1e9)}\t{total}")
        print("done", flush=True)


def main():
    if len(sys.argv) == 4 and sys.argv[1] == "index":
        index(sys.argv[2], sys.argv[3])
    elif len(sys.argv) == 5 and sys.argv[1] == "search":
        search(sys.argv[2], sys.argv[3], sys.argv[4])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
