#!/usr/bin/env python3
"""Checks the code tables of dict/ and writes them as one C++ source (dict/README.md describes them).

usage: generate_code_tables.py DICT_FOLDER OUTPUT.cc
A broken line stops the build with `dict/FILE:LINE: what`.
"""
import pathlib
import re
import sys

sys.dont_write_bytecode = True  # the source folder stays as it is

from cpp_source import accessor, array, literal, source  # noqa: E402
from dictionary_files import read  # noqa: E402

HIRAGANA = re.compile(r"[ぁ-ゖー]+")
KINDS = {"city": "kCity", "designated_city": "kDesignatedCity", "ward": "kWard",
         "special_ward": "kSpecialWard", "town": "kTown", "village": "kVillage"}
# Tables of dict/enumerations.csv: name and what a person calls it.
ENUMERATIONS = {
    "kind": "求人区分", "full_part": "フルタイム・パート", "employment": "雇用形態",
    "dispatch": "派遣・請負", "wage_type": "賃金形態", "wage_basis": "賃金の範囲",
    "work_system": "就業時間の制度", "renewal": "契約更新の可能性", "insurance": "加入保険",
    "licence_need": "免許・資格の要否", "holiday_weekdays": "休みの曜日",
    "two_day_week": "週休二日制", "smoking": "受動喫煙対策", "term": "雇用期間", "sort": "並び順",
    "q_mode": "語のつなぎ方", "q_in": "語を探す欄", "interpret": "語の読み取り", "partial": "部分一致",
    "highlight": "一致した語の印", "explain": "点数の内訳",
}


def check_unique(rows, key, what):
    seen = {}
    for row in rows:
        value = key(row)
        row.require(value not in seen, f"{what} {value} stands in line {seen.get(value)} already")
        seen[value] = row.line


def check_form(rows, column, pattern):
    for row in rows:
        row.require(re.fullmatch(pattern, row[column]), f"{column} '{row[column]}' is not {pattern}")


def check_names(rows):
    for row in rows:
        row.require(row["name"], "no name")
        if "reading" in row.fields:
            row.require(HIRAGANA.fullmatch(row["reading"]), f"reading '{row['reading']}' is not hiragana")


def read_table(folder, file, columns, form):
    rows = read(folder, file, columns)
    check_form(rows, "code", form)
    check_unique(rows, lambda row: row["code"], "code")
    check_names(rows)
    return rows


def read_prefectures(folder):
    rows = read_table(folder, "prefectures.csv",
                      ["code", "name", "reading", "latitude", "longitude"], r"\d\d")
    for index, row in enumerate(rows, 1):
        row.require(int(row["code"]) == index, f"code {index:02d} is due here")
        for column, low, high in (("latitude", 20, 46), ("longitude", 122, 154)):
            row.require(re.fullmatch(r"\d+\.\d+", row[column]) and low < float(row[column]) < high,
                        f"{column} {row[column]} is not in Japan")
    return rows


def read_municipalities(folder, prefectures):
    rows = read_table(folder, "municipalities.csv",
                      ["code", "name", "parent", "reading", "kind", "county"], r"\d{5}")
    known = {row["code"] for row in prefectures}
    cities = {row["code"]: row for row in rows if row["kind"] == "designated_city"}
    previous = ""
    for row in rows:
        row.require(row["code"] > previous, "codes must rise")
        previous = row["code"]
        row.require(row["kind"] in KINDS, f"unknown kind '{row['kind']}'")
        row.require(row["parent"] in (cities if row["kind"] == "ward" else known),
                    f"unknown parent {row['parent']}")
        row.require(row["code"][:2] == row["parent"][:2], "parent of another prefecture")
        row.require(row["county"] == "" or row["kind"] in ("town", "village"), "a county is not due here")
        row.require(row["county"] == "" or row["county"].endswith("郡"), "a county ends in 郡")
    return rows, cities


def read_former(folder, municipalities, prefectures):
    rows = read(folder, "former_municipalities.csv",
                ["former_code", "name", "county", "prefecture", "code"])
    current = {row["code"]: row for row in municipalities}
    known = {row["code"] for row in prefectures}
    check_form(rows, "former_code", r"(\d{5})?")
    check_names(rows)
    check_unique([row for row in rows if row["former_code"]], lambda row: row["former_code"], "code")
    check_unique(rows, lambda row: row["prefecture"] + row["county"] + row["name"], "name")
    for row in rows:
        row.require(row["code"] in current, f"unknown code {row['code']}")
        row.require(row["prefecture"] in known, f"unknown prefecture {row['prefecture']}")
        row.require(row["code"].startswith(row["prefecture"]), "code of another prefecture")
        row.require(row["former_code"] in ("", row["code"]) or row["former_code"] not in current,
                    f"{row['former_code']} is the code of a municipality of today")
        row.require(row["former_code"].startswith(row["prefecture"]) or not row["former_code"],
                    "former code of another prefecture")
    return rows


def read_tree(folder, file, form, level):
    """A classification whose code length tells the level; level(code) names the parent's length."""
    rows = read_table(folder, file, ["code", "name", "parent"], form)
    known = {row["code"] for row in rows}
    for row in rows:
        due = level(row["code"])
        row.require(len(row["parent"]) == due, f"the parent of {row['code']} has {due} characters")
        row.require(due == 0 or row["parent"] in known, f"unknown parent {row['parent']}")
    return rows


def read_enumerations(folder):
    rows = read(folder, "enumerations.csv", ["table", "code", "label", "feed"])
    check_form(rows, "code", r"[a-z0-9_]+")
    check_unique(rows, lambda row: (row["table"], row["code"]), "code")
    check_unique([row for row in rows], lambda row: (row["table"], row["label"]), "label")
    for row in rows:
        row.require(row["table"] in ENUMERATIONS, f"unknown table '{row['table']}'")
        row.require(row["label"], "no label")
    return rows


class Writer:
    def __init__(self):
        self.parts = []
        self.tables = []

    def array(self, declaration, values):
        self.parts.append(array(declaration, values))

    def table(self, name, label, codes):
        """codes: (code, label, parent, reading, feed) in the order in which they are shown."""
        symbol = "".join(part.capitalize() for part in name.split("_"))
        self.array(f"Code k{symbol}Codes",
                   ["{" + ", ".join(literal(field) for field in code) + "}" for code in codes])
        order = sorted(range(len(codes)), key=lambda index: codes[index][0].encode())
        self.array(f"uint16_t k{symbol}Order", [str(index) for index in order])
        self.tables.append(f"{{{literal(name)}, {literal(label)}, k{symbol}Codes, k{symbol}Order}}")


def write_municipalities(writer, municipalities, cities, former):
    codes, details = [], []
    for row in municipalities:
        city = cities.get(row["parent"])
        codes.append((row["code"], (city["name"] if city else "") + row["name"], row["parent"],
                      (city["reading"] if city else "") + row["reading"], ""))
        details.append(f"{{{int(row['code'])}, {int(row['parent']) if city else 0}, "
                       f"{int(row['code'][:2])}, MunicipalityKind::{KINDS[row['kind']]}, "
                       f"{literal(row['name'])}, {literal(row['county'])}}}")
    writer.table("city", "市区町村", codes)
    writer.array("Municipality kMunicipalities", details)
    writer.array("FormerMunicipality kFormerMunicipalities",
                 [f"{{{int(row['former_code'] or 0)}, {int(row['code'])}, {literal(row['name'])}, "
                  f"{literal(row['county'])}}}" for row in former])


def write_occupation_names(writer, folder, occupations):
    rows = read(folder, "occupation_names.csv", ["name", "reading", "code"])
    check_names(rows)
    check_unique(rows, lambda row: row["name"], "name")
    known = {row["code"] for row in occupations}
    for row in rows:
        row.require(row["code"] in known, f"unknown code {row['code']}")
    writer.array("OccupationName kOccupationNames",
                 [f"{{{literal(row['name'])}, {literal(row['reading'])}, {literal(row['code'])}}}"
                  for row in rows])


def write_all(folder):
    writer = Writer()
    prefectures = read_prefectures(folder)
    municipalities, cities = read_municipalities(folder, prefectures)
    former = read_former(folder, municipalities, prefectures)
    writer.table("pref", "都道府県",
                 [(row["code"], row["name"], "", row["reading"], "") for row in prefectures])
    writer.array("PrefectureSeat kPrefectureSeats",
                 [f"{{{row['latitude']}, {row['longitude']}}}" for row in prefectures])
    write_municipalities(writer, municipalities, cities, former)
    parent_length = {1: 0, 2: 1, 3: 2}
    industries = read_tree(folder, "industries.csv", r"[A-T]|\d{2,3}", lambda code: parent_length[len(code)])
    writer.table("industry", "産業", [(row["code"], row["name"], row["parent"], "", "") for row in industries])
    parent_length = {2: 0, 3: 2}
    occupations = read_tree(folder, "occupations.csv", r"\d{2,3}", lambda code: parent_length[len(code)])
    writer.table("occupation", "職業", [(row["code"], row["name"], row["parent"], "", "") for row in occupations])
    write_occupation_names(writer, folder, occupations)
    licences = read_table(folder, "licences.csv", ["code", "name", "reading"], r"L\d{3}")
    check_unique(licences, lambda row: row["name"], "name")
    writer.table("licence", "免許・資格",
                 [(row["code"], row["name"], "", row["reading"], "") for row in licences])
    conditions = read(folder, "conditions.csv", ["code", "label"])
    check_form(conditions, "code", r"[a-z][a-z0-9_]*")
    check_unique(conditions, lambda row: row["code"], "code")
    check_unique(conditions, lambda row: row["label"], "label")
    writer.table("conditions", "こだわり条件", [(row["code"], row["label"], "", "", "") for row in conditions])
    rows = read_enumerations(folder)
    for name, label in ENUMERATIONS.items():
        writer.table(name, label, [(row["code"], row["label"], "", "", row["feed"])
                                   for row in rows if row["table"] == name])
    return writer


def main():
    folder, output = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    writer = write_all(folder)
    writer.array("CodeTable kTables", writer.tables)
    functions = [accessor("CodeTable", "CodeTables", "kTables"),
                 accessor("OccupationName", "OccupationNames", "kOccupationNames"),
                 accessor("Municipality", "Municipalities", "kMunicipalities"),
                 accessor("FormerMunicipality", "FormerMunicipalities", "kFormerMunicipalities"),
                 accessor("PrefectureSeat", "PrefectureSeats", "kPrefectureSeats")]
    output.write_text(source("generate_code_tables.py",
                             ["engine/schema/code_table.h", "engine/schema/municipality.h"],
                             "kyujin::schema", writer.parts, functions), encoding="utf-8")


if __name__ == "__main__":
    main()
