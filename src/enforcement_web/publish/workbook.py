"""One workbook (Office Open XML) for spreadsheets: a sheet to read first, a sheet of columns, a sheet for each table.

Every text is written as a text, so that no cell becomes a formula, a link, a number or a date. Integers, truth values
and columns of full dates have their types. A column whose header ends in ``(name)`` is added after each column that
refers to another record: it holds what a reader knows that record by.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from enforcement_web.compare.tables import Tables
from enforcement_web.frames import described
from enforcement_web.package import Package, Resource, as_json
from enforcement_web.problem import PackageError, Problem
from enforcement_web.publish.readme_sheet import readme_lines
from enforcement_web.publish.release import Release

NAME_SUFFIX = " (name)"
README, COLUMNS = "readme", "columns"
# The limits of Excel: https://support.microsoft.com/office, "Excel specifications and limits".
LONGEST_TEXT = 32_767
MOST_ROWS = 1_048_576
LONGEST_SHEET_NAME = 31
# A spreadsheet holds numbers to 15 digits, and counts the days before this one wrongly.
_BIGGEST = 10**15
_FIRST_DAY = date(1900, 3, 1)
_NARROWEST, _WIDEST = 8, 60

Value = str | int | bool | date | None


@dataclass(frozen=True)
class Column:
    """A column of a sheet; ``target`` is the column that it names the records of, and None for one of the table."""

    header: str
    target: str | None = None


@dataclass(frozen=True)
class _Styles:
    header: Format
    name_header: Format
    name: Format
    date: Format
    title: Format


def write_workbook(release: Release, path: Path) -> None:
    """Write the workbook.

    Raises PackageError when a table or a text is beyond what a spreadsheet can hold, so that nothing is cut off.
    """
    package, tables = release.package, Tables(release.package)
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties(
        {
            "title": f"{release.about.title} {release.about.version}",
            "author": release.about.credit,
            "created": datetime.combine(release.day, datetime.min.time()),
        }
    )
    styles = _styles(book)
    _readme_sheet(book, release, styles)
    _columns_sheet(book, package, styles)
    for resource in package.resources.values():
        _table_sheet(book, resource, package, tables, styles)
    book.close()
    path.write_bytes(buffer.getvalue())


def sheet_columns(resource: Resource) -> list[Column]:
    """Give the columns of a table's sheet: each column, and a column of names after one that refers to records."""
    columns = []
    for about in described(resource):
        columns.append(Column(about["name"]))
        is_any = about["name"] == "record_id" and "table" in resource.columns
        if is_any or (about["refers_to"] and about["type"] == "string"):
            columns.append(Column(f"{about['name']}{NAME_SUFFIX}", about["name"]))
    return columns


def typed_rows(package: Package, resource: Resource) -> Iterator[dict[str, Value]]:
    """Give the records of a table as a sheet shows them: lists of CSV cells as they are, nested values as JSON."""
    if resource.format == "json":
        for record in package.scan_json(resource).records:
            yield {name: _nested(record.get(name)) for name in resource.columns}
        return
    kinds = [field["type"] for field in resource.fields]
    for cells in package.scan_csv(resource).rows:
        yield {
            name: _typed(kind, cell) for name, kind, cell in zip(resource.columns, kinds, cells, strict=True) if cell
        }


def _typed(kind: str, cell: str) -> Value:
    if kind == "integer":
        number = int(cell)
        return number if abs(number) < _BIGGEST else cell
    if kind == "boolean":
        return cell == "true"
    if kind == "date":
        day = date.fromisoformat(cell)
        return day if day >= _FIRST_DAY else cell
    return cell


def _nested(value: Any) -> Value:
    return as_json(value) if isinstance(value, list | dict) else value


def _table_sheet(
    book: xlsxwriter.Workbook, resource: Resource, package: Package, tables: Tables, styles: _Styles
) -> None:
    columns = sheet_columns(resource)
    targets = {about["name"]: about["refers_to"] for about in described(resource)}
    rows = list(typed_rows(package, resource))
    if len(rows) >= MOST_ROWS or len(resource.name) > LONGEST_SHEET_NAME or resource.name in (README, COLUMNS):
        message = (
            f"the table cannot be a sheet of a workbook, which takes {MOST_ROWS - 1:,} records and a name of"
            f' {LONGEST_SHEET_NAME} characters other than "{README}" and "{COLUMNS}"'
        )
        raise PackageError([Problem(resource.path, 1, 1, "workbook", message, table=resource.name)])
    cells: list[list[Value]] = []
    for number, row in enumerate(rows):
        shown: list[Value] = []
        for column in columns:
            if column.target is None:
                value = row.get(column.header)
                _refuse_long(value, resource, number, column.header)
            else:
                target, record = targets[column.target] or str(row["table"]), row.get(column.target)
                value = tables.title(target, str(record)) if record else None
            shown.append(value)
        cells.append(shown)
    _write_sheet(book, resource.name, columns, cells, styles)


def _refuse_long(value: Value, resource: Resource, row: int, column: str) -> None:
    if isinstance(value, str) and (length := len(value.encode("utf-16-le")) // 2) > LONGEST_TEXT:
        message = (
            f"record {row + 1} has {length:,} characters here, and a cell of a workbook takes {LONGEST_TEXT:,};"
            " shorten it"
        )
        line = row + 2 if resource.format == "csv" else 1
        raise PackageError([Problem(resource.path, line, 1, "workbook", message, table=resource.name, field=column)])


def _write_sheet(
    book: xlsxwriter.Workbook, name: str, columns: Sequence[Column], rows: list[list[Value]], styles: _Styles
) -> None:
    sheet = book.add_worksheet(name)
    for place, column in enumerate(columns):
        is_name = column.target is not None
        sheet.write_string(0, place, column.header, styles.name_header if is_name else styles.header)
        longest = max((len(str(row[place])) for row in rows if row[place] is not None), default=0)
        width = min(max(longest, len(column.header) + 3, _NARROWEST), _WIDEST)
        sheet.set_column(place, place, width)
        for number, row in enumerate(rows, start=1):
            _write_cell(sheet, number, place, row[place], styles, styles.name if is_name else None)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{len(rows) + 1}"})


def _write_cell(sheet: Worksheet, row: int, place: int, value: Value, styles: _Styles, style: Format | None) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif isinstance(value, int):
        sheet.write_number(row, place, value)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, styles.date)
    else:
        sheet.write_string(row, place, value, style)


def _readme_sheet(book: xlsxwriter.Workbook, release: Release, styles: _Styles) -> None:
    sheet = book.add_worksheet(README)
    sheet.set_column(0, 0, 22)
    sheet.set_column(1, 1, 10)
    sheet.set_column(2, 2, 120)
    for number, line in enumerate(readme_lines(release)):
        style = styles.title if number == 0 else styles.header if line.is_heading else None
        for place, value in enumerate(line.cells):
            _write_cell(sheet, number, place, value, styles, style)


def _columns_sheet(book: xlsxwriter.Workbook, package: Package, styles: _Styles) -> None:
    names = ("name", "title", "description", "type", "required", "refers_to", "vocabulary", "example")
    rows: list[list[Value]] = [
        [resource.name, *(about[name] for name in names)]
        for resource in package.resources.values()
        for about in described(resource)
    ]
    headers = ("table", "column", *names[1:])
    _write_sheet(book, COLUMNS, [Column(header) for header in headers], rows, styles)


def _styles(book: xlsxwriter.Workbook) -> _Styles:
    return _Styles(
        header=book.add_format({"bold": True, "bg_color": "#D9E2EC"}),
        name_header=book.add_format({"bold": True, "italic": True, "font_color": "#52606D", "bg_color": "#F0F4F8"}),
        name=book.add_format({"italic": True, "font_color": "#52606D"}),
        date=book.add_format({"num_format": "yyyy-mm-dd"}),
        title=book.add_format({"bold": True, "font_size": 16}),
    )
