#!/usr/bin/env python3
"""The same postings and requests in Groonga: MeCab tokenizer, one index over all text columns with weights, facet
columns that refer to tables of codes (its fast form of drilldown). A facet that ignores its own filter costs one more
select, as Groonga has no other way. Compared by ../compare.py: a line "pass" asks for one pass over the requests.

usage: groonga_peer.py index POSTINGS.tsv DATABASE_DIR
       groonga_peer.py search DATABASE_DIR REQUESTS.tsv
"""
import json
import pathlib
import subprocess
import sys
import time

# The search fields and their weights, as in the schema.
TEXTS = {"title": 8, "employer": 4, "description": 2, "station": 2, "workplace": 2, "business": 1, "licence": 2,
         "experience": 1, "other": 1}
FACETS = ["pref", "city", "occupation_major", "occupation_middle", "industry", "employment", "full_part", "wage_type",
          "conditions", "wage_histogram", "walk_minutes", "holidays", "received"]
SORTS = ["new", "wage_min", "wage_max", "deadline", "holidays"]
NUMBERS = ["monthly", "hourly", "holidays_days", "walk", "days_ago"]
BATCH = 5000


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


def create_schema(groonga):
    groonga.run("table_create Postings TABLE_HASH_KEY ShortText")
    for text in TEXTS:
        groonga.run(f"column_create Postings {text} COLUMN_SCALAR Text")
    for facet in FACETS:
        groonga.run(f"table_create Codes_{facet} TABLE_HASH_KEY ShortText")
        vector = "VECTOR" if facet == "conditions" else "SCALAR"
        groonga.run(f"column_create Postings f_{facet} COLUMN_{vector} Codes_{facet}")
        groonga.run(f"column_create Codes_{facet} postings COLUMN_INDEX Postings f_{facet}")
    for sort in SORTS:
        groonga.run(f"column_create Postings sort_{sort} COLUMN_SCALAR UInt64")
    for number in NUMBERS:
        groonga.run(f"column_create Postings {number} COLUMN_SCALAR Int64")
        groonga.run(f"table_create Range_{number} TABLE_PAT_KEY Int64")


def create_indexes(groonga):
    """After loading: Groonga builds an index over rows that are there far faster than row by row."""
    groonga.run("table_create Terms TABLE_PAT_KEY ShortText --default_tokenizer TokenMecab "
                "--normalizer NormalizerNFKC130")
    groonga.run("column_create Terms postings COLUMN_INDEX|WITH_POSITION|WITH_SECTION Postings " + ",".join(TEXTS))
    for number in NUMBERS:
        groonga.run(f"column_create Range_{number} postings COLUMN_INDEX Postings {number}")


def index(postings, directory):
    start = time.time()
    pathlib.Path(directory).mkdir(parents=True)
    groonga = Groonga(pathlib.Path(directory) / "db", create=True)
    create_schema(groonga)
    count = 0
    with open(postings, encoding="utf-8", newline="\n") as lines:
        header = next(lines).rstrip("\n").split("\t")
        rows = []
        for line in lines:
            row = dict(zip(header, line.rstrip("\n").split("\t")))
            posting = {"_key": row["number"]}
            posting.update((text, row[text]) for text in TEXTS)
            posting.update(("f_" + facet, row[facet]) for facet in FACETS)
            posting["f_conditions"] = row["conditions"].split()
            posting.update(("sort_" + sort, int(row["sort_" + sort])) for sort in SORTS)
            posting.update((number, int(row[number])) for number in NUMBERS)
            rows.append(posting)
            count += 1
            if len(rows) == BATCH:
                groonga.load("Postings", rows)
                rows = []
        if rows:
            groonga.load("Postings", rows)
    create_indexes(groonga)
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


def command(words, phrase, groups, facets, sort, limit):
    parts = ["select Postings", "--output_columns _key,title,employer,workplace,description", f"--limit {limit}"]
    if words:
        columns = "||".join(f"{text}*{weight}" for text, weight in TEXTS.items())
        query = " ".join(quoted(word) for word in words) if not phrase else quoted(words[0])
        parts.append(f"--match_columns '{columns}' --query '{query.replace(chr(39), chr(92) + chr(39))}'")
    if groups:
        parts.append("--filter '" + " && ".join(groups) + "'")
    parts.append("--sort_keys " + (f"sort_{sort},_key" if sort else "-_score,_key"))
    if facets:
        parts.append("--drilldown " + ",".join("f_" + facet for facet in facets) + " --drilldown_limit -1")
    return " ".join(parts)


def requests_of(file):
    """(class, commands): the first command gives the total and the hits."""
    with open(file, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            name, _, words, filters, sort, facets, limit = line.rstrip("\n").split("\t")
            words = [word for word in words.split("\u3000") if word]
            groups = filter_groups(dict(f.split("=", 1) for f in filters.split("&") if f))
            scripts = [script for script, _ in groups]
            lifted = {facet for _, lifts in groups for facet in lifts}
            phrase = "phrase" in name
            sort = sort or ("" if words else "new")
            if facets != "1":
                yield name, [command(words, phrase, scripts, [], sort, limit)]
                continue
            commands = [command(words, phrase, scripts, [f for f in FACETS if f not in lifted], sort, limit)]
            for script, lifts in groups:
                if lifts:
                    others = [s for s in scripts if s != script]
                    commands.append(command(words, phrase, others, lifts, sort, 0))
            yield name, commands


def search(directory, file):
    groonga = Groonga(pathlib.Path(directory) / "db")
    requests = list(requests_of(file))
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
    elif len(sys.argv) == 4 and sys.argv[1] == "search":
        search(sys.argv[2], sys.argv[3])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
