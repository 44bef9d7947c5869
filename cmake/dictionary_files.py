"""Reads the CSV files of dict/ for the generators beside this file."""


class Row:
    """One line of a file: its fields by column name, and where it stands."""

    def __init__(self, file, line, fields):
        self.file, self.line, self.fields = file, line, fields

    def __getitem__(self, column):
        return self.fields[column]

    def fail(self, what):
        raise SystemExit(f"dict/{self.file}:{self.line}: {what}")

    def require(self, condition, what):
        if not condition:
            self.fail(what)


def read(folder, file, columns, separator=","):
    """Returns the rows of `folder`/`file`, at least one: UTF-8, a header line, fields without quotes, # comments."""
    rows, header = [], None
    data = (folder / file).read_bytes()
    try:
        lines = data.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        line = data[:error.start].count(b"\n") + 1
        raise SystemExit(f"dict/{file}:{line}: not UTF-8") from None
    for number, line in enumerate(lines, 1):
        if line == "" or line.startswith("#"):
            continue
        values = line.split(separator)
        row = Row(file, number, dict(zip(columns, values)))
        if header is None:
            header = values
            row.require(values == columns, f"the columns must be {separator.join(columns)}")
            continue
        row.require(len(values) == len(columns), f"{len(values)} fields, not {len(columns)}")
        for value in values:
            row.require(value == value.strip(" \t\r　"), f"white space around '{value}'")
        rows.append(row)
    if not rows:
        raise SystemExit(f"dict/{file}:1: no rows")
    return rows
