"""Operators that spoil a cell, as people do."""

from typing import Any

from mutation.table import NotApplicableError, Table

_LATIN = "aceopxyABCEHKMOPTX"
_CYRILLIC = str.maketrans(
    _LATIN,
    "\u0430\u0441\u0435\u043e\u0440\u0445\u0443\u0410\u0412\u0421\u0415\u041d\u041a\u041c\u041e\u0420\u0422\u0425",
)


def _column(field: dict[str, Any], **wanted: object) -> bool:
    limits = field.get("constraints", {})
    return all(limits.get(name) == value for name, value in wanted.items())


def _limits(field: dict[str, Any]) -> dict[str, Any]:
    limits: dict[str, Any] = field.get("constraints", {})
    return limits


def blank_required(table: Table) -> bytes:
    """Empty a required cell."""
    rows, row, column = table.pick_cell(lambda field: _column(field, required=True))
    row[column] = ""
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def blank_optional(table: Table) -> bytes:
    """Empty a cell that may be empty."""
    rows, row, column = table.pick_cell(lambda field: not _column(field, required=True))
    row[column] = ""
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def misspelled_term(table: Table) -> bytes:
    """Misspell a term."""
    rows, row, column = table.pick_cell(lambda field: "vocabulary" in field or "enum" in field.get("constraints", {}))
    row[column] = row[column][:-1] + ("x" if row[column][-1] != "x" else "y")
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def other_term(table: Table) -> bytes:
    """Put another term of the vocabulary."""
    rows, row, column = table.pick_cell(lambda field: "vocabulary" in field and field["type"] != "list")
    known = next(field for field in table.resource.fields if field["name"] == column)["constraints"]["enum"]
    before = row[column]
    row[column] = table.pick(term for term in known if term != before)
    return table.csv(rows, f"{column} of {row.get('id', '')}: {before} -> {row[column]}")


def lost_reference(table: Table) -> bytes:
    """Misspell a reference."""
    references = table.references()
    rows, row, column = table.pick_cell(lambda field: field["name"] in references)
    row[column] += "x"
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def other_reference(table: Table) -> bytes:
    """Point a reference at another record of the same table."""
    references = table.references()
    rows, row, column = table.pick_cell(lambda field: field["name"] in references)
    target = table.reading.package.resources[references[column]]
    if target.format == "json":
        known = [str(record["id"]) for record in table.reading.json[target.name].records]
    else:
        known = [cells[0] for cells in table.reading.csv[target.name].rows]
    before = row[column]
    row[column] = table.pick(value for value in known if value != before)
    return table.csv(rows, f"{column} of {row.get('id', '')}: {before} -> {row[column]}")


def wrong_form(table: Table) -> bytes:
    """Put a sign that does not belong into a cell with a form."""
    rows, row, column = table.pick_cell(lambda field: "pattern" in field.get("constraints", {}))
    row[column] += "\\"
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def impossible_date(table: Table) -> bytes:
    """Write a day that the calendar does not have."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "date" or "dateFormat" in field)
    row[column] = table.pick(["2023-02-29", "2024-13-01", "2024-04-31", "2024-1-5", "24-01-05"])
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def look_alike(table: Table) -> bytes:
    """Put a Cyrillic letter in the place of a Latin one."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "string")
    letters = [at for at, letter in enumerate(row[column]) if letter.translate(_CYRILLIC) != letter]
    at = table.pick(letters)
    row[column] = row[column][:at] + row[column][at].translate(_CYRILLIC) + row[column][at + 1 :]
    if len(row[column]) < 3:
        raise NotApplicableError
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def _signature(field: dict[str, Any], references: dict[str, str]) -> tuple[object, ...]:
    limits = field.get("constraints", {})
    is_free = not field.get("vocabulary") and field["type"] in ("string", "list") and "pattern" not in limits
    if is_free and "enum" not in limits and field["name"] not in references:
        return ("free text",)
    if field["type"] == "date" or "dateFormat" in field:
        return ("date",)
    return (field["type"], field.get("vocabulary"), references.get(field["name"]), limits.get("pattern"))


def _swap(table: Table, like: bool) -> bytes:
    rows, references = table.rows(), table.references()
    fields = {field["name"]: _signature(field, references) for field in table.resource.fields}
    row = table.pick(rows)
    pairs = [
        (one, two)
        for one in fields
        for two in fields
        if one < two and row[one] and row[two] and row[one] != row[two] and (fields[one] == fields[two]) == like
    ]
    one, two = table.pick(pairs)
    row[one], row[two] = row[two], row[one]
    return table.csv(rows, f"{one} and {two} of {row.get('id', '')}")


def swapped_unlike_cells(table: Table) -> bytes:
    """Swap two cells of a record whose columns are of different kinds."""
    return _swap(table, like=False)


def swapped_like_cells(table: Table) -> bytes:
    """Swap two cells of a record whose columns are of one kind."""
    return _swap(table, like=True)


def unknown_item(table: Table) -> bytes:
    """Add a word that is no term to a list of terms."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "list" and "vocabulary" in field)
    row[column] += ";zeppelins"
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def unsorted_list(table: Table) -> bytes:
    """Turn a list round."""
    columns = table.resource.list_columns if table.resource.format == "csv" else []
    rows = table.rows()
    row, column = table.pick((row, column) for column in columns for row in rows if ";" in row[column])
    cell = row[column].encode()
    turned = b";".join(reversed(cell.split(b";")))
    table.what = f"{column} of {row.get('id', '')}"
    lines = table.data.split(b"\n")
    at = table.pick(i for i, line in enumerate(lines) if cell in line)
    lines[at] = lines[at].replace(cell, turned, 1)
    return b"\n".join(lines)


def _prose(table: Table) -> tuple[list[dict[str, str]], dict[str, str], str]:
    return table.pick_cell(lambda field: field["name"] in ("summary", "finding"))


def argument(table: Table) -> bytes:
    """Let a summary argue."""
    rows, row, column = _prose(table)
    row[column] = row[column][:-1] + ", which is draconian."
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def half_a_sentence(table: Table) -> bytes:
    """Break a summary off."""
    rows, row, column = _prose(table)
    row[column] = row[column][: max(25, len(row[column]) // 2)].rstrip(" .?!\"')")
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def short_text(table: Table) -> bytes:
    """Make a summary too short to say anything."""
    rows, row, column = _prose(table)
    row[column] = "Unknown."
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def long_text(table: Table) -> bytes:
    """Make a summary far too long."""
    rows, row, column = _prose(table)
    row[column] = " ".join([row[column]] * 30)
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def personal_data(table: Table) -> bytes:
    """Put a person's address or number into a text."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "string" and "pattern" not in _limits(field))
    row[column] += table.pick([" j.doe@example.org", " 202-555-0143", " 078-05-1120", " A012345678", " badge no. 4711"])
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def formula(table: Table) -> bytes:
    """Begin a cell like a formula."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "string")
    row[column] = table.pick("=+-@") + row[column]
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def wrong_number(table: Table) -> bytes:
    """Write a number that is none or out of bounds."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "integer")
    row[column] = table.pick(["-1", "1.5", "many", "007", "1,000"])
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def wrong_boolean(table: Table) -> bytes:
    """Write yes for true."""
    rows, row, column = table.pick_cell(lambda field: field["type"] == "boolean")
    row[column] = table.pick(["yes", "TRUE", "1", "x"])
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def tracker(table: Table) -> bytes:
    """Add a tracker to an address."""
    rows, row, column = table.pick_cell(lambda field: field["name"] in ("website", "agreement_url", "addendum_url"))
    row[column] += "?utm_source=newsletter"
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def plain_http(table: Table) -> bytes:
    """Write http for https."""
    rows, row, column = table.pick_cell(lambda field: field["name"] in ("website", "agreement_url", "addendum_url"))
    row[column] = row[column].replace("https:", "http:")
    return table.csv(rows, f"{column} of {row.get('id', '')}")


def odd_citation(table: Table) -> bytes:
    """Cite a code or register in another form."""
    if table.name != "laws":
        raise NotApplicableError
    forms = {" U.S.C. § ": " USC ", " C.F.R. § ": " CFR ", " Fed. Reg. ": " FR ", "Exec. Order No. ": "EO "}
    rows = table.rows()
    row, form = table.pick((row, form) for row in rows for form in forms if form in row["citation"])
    row["citation"] = row["citation"].replace(form, forms[form])
    return table.csv(rows, row["id"])
