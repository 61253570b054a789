"""What the first sheet of the workbook says: what the data is, what each sheet holds, and how to read it."""

from collections.abc import Iterator
from dataclasses import dataclass

from enforcement_web.citing import formatted, package_item
from enforcement_web.publish.release import Release
from enforcement_web.sqltext import quote

_READING = (
    ("Empty cell", "Nothing is known, or nothing applies."),
    ("Ids", "Each record has a permanent id. Name the table and the id when you cite a record."),
    (
        "Names",
        "A column in italics whose header ends in (name) is no part of the data: it shows the name, the title, the"
        " citation or the summary of the record that the column before it refers to.",
    ),
    ("Lists", "Items are joined by ; and stand in alphabetical order. In actions, findings and sources a value that"
              " has parts is JSON text, such as [\"journalist\",\"lawyer\"]."),
    (
        "Dates",
        "A date is as precise as is known: 2017, 2017-09 or 2017-09-12. Such dates are text, and sort rightly as"
        " text. Columns in which every date is full, and not before March 1900, hold dates of the spreadsheet.",
    ),
    ("Terms", "Words such as automatic-match are terms with a definition each in the sheet terms."),
    ("Text", "Every text is text, even one that begins with =, + or -. No cell holds a formula."),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One row of the sheet."""

    cells: tuple[str | int, ...]
    is_heading: bool = False


def readme_lines(release: Release) -> Iterator[Line]:
    """Give the rows of the sheet."""
    package, about = release.package, release.about
    yield Line((about.title,))
    yield Line((about.description,))
    yield Line(())
    yield Line(("Version", "", about.version))
    yield Line(("Date", "", about.day.isoformat()))
    for license in about.licenses:
        yield Line(("License", "", f"{license.title or license.name}: {license.path}"))
    yield Line(("How to cite", "", formatted(package_item(package), "text")))
    yield Line(("Permanent address", "", about.version_address))
    yield Line(
        (
            "Documentation",
            "",
            "The sheet columns explains every column. The permanent address leads to the documentation: the model,"
            " the policies, what a row does and does not prove, and the other formats.",
        )
    )
    yield Line(())
    yield Line(("Sheet", "Rows", "What it holds"), is_heading=True)
    columns = sum(len(resource.columns) for resource in package.resources.values())
    yield Line(("columns", columns, "Every column of every table: what it means, its type, what it refers to."))
    for name, resource in package.resources.items():
        found = release.store.execute(f"select count(*) from text.{quote(name)}").fetchone()
        yield Line((name, int(found[0]) if found else 0, str(resource.schema["description"])))
    yield Line(())
    yield Line(("How to read it",), is_heading=True)
    yield from (Line((label, "", text)) for label, text in _READING)
