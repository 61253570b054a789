"""The one form in which the package's CSV files are written, and a strict reader that names every departure.

The form is RFC 4180 narrowed: UTF-8 without a byte order mark, LF line ends, one record a line, NFC text without
outer spaces, quotes only around a cell that holds a comma or a quote, list items and records in order.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

BOM = b"\xef\xbb\xbf"
# The longest line that can be a record, in bytes.
LONGEST_LINE = 100_000
# C0 and C1 controls, zero-width and bidirectional marks, line and paragraph separators, and what XML cannot hold.
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_PLAIN_BYTES = bytes(range(0x20, 0x7F)) + b"\n"
_QUOTED_CELL = re.compile(r'"((?:[^"]|"")*)"(?=,|$)')
_CLOSED_QUOTE = re.compile(r'"(?:[^"]|"")*"(?!")')
_PLAIN_CELL = re.compile(r'[^",]*(?=,|$)')


@dataclass(frozen=True)
class Fault:
    """A departure from the form: where it stands (from 1) and whether it leaves the line unreadable."""

    line: int
    column: int
    rule: str
    message: str


@dataclass
class Scan:
    """The records of a CSV file as cells of text, with the line and the text of each, and the faults that were met.

    A line at fault gives a record too, as near as can be guessed, so that what refers to it is not reported as well;
    ``broken`` holds the indexes of such records. Without the expected header there are no records.
    """

    is_usable: bool = False
    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    broken: set[int] = field(default_factory=set)


def has_forbidden(data: bytes) -> bool:
    """Whether a text has a forbidden character. Raises UnicodeDecodeError when it is not UTF-8."""
    rest = data.translate(None, _PLAIN_BYTES)
    return FORBIDDEN.search(rest.decode()) is not None


def split_line(text: str, line: int) -> tuple[list[str], Fault | None]:
    """Split one line into cells. A stray or unclosed quote gives a fault and no cells."""
    if '"' not in text:
        return text.split(","), None
    cells: list[str] = []
    at = 0
    while True:
        quoted = text.startswith('"', at)
        match = (_QUOTED_CELL if quoted else _PLAIN_CELL).match(text, at)
        if match is None:
            closed = _CLOSED_QUOTE.match(text, at)
            if quoted and closed is None:
                return [], Fault(line, at + 1, "csv-quote", "a quote opens here and never closes on this line")
            column = (closed.end() if closed else text.index('"', at)) + 1
            message = 'a quote stands inside a cell; wrap the cell in quotes and double each quote in it ("")'
            return [], Fault(line, column, "csv-quote", message)
        cells.append(match[1].replace('""', '"') if quoted else match[0])
        at = match.end()
        if at == len(text):
            return cells, None
        at += 1


def cell_column(text: str, index: int) -> int:
    """Return the column (from 1) at which cell ``index`` of a line begins."""
    at = 0
    for _ in range(index):
        match = (_QUOTED_CELL if text.startswith('"', at) else _PLAIN_CELL).match(text, at)
        if match is None or match.end() >= len(text):
            break
        at = match.end() + 1
    return at + 1


def scan(data: bytes, expected: Sequence[str]) -> Scan:
    """Read a CSV file strictly. Every fault is reported at its line, and no line hides another."""
    result = Scan()
    if data.startswith(BOM):
        message = "the file begins with a byte order mark; save it as UTF-8 without one"
        result.faults.append(Fault(1, 1, "csv-bom", message))
        data = data[len(BOM) :]
    if not data or data.isspace():
        message = f"the file is empty; its first line must be {','.join(expected)}"
        result.faults.append(Fault(1, 1, "csv-empty", message))
        return result
    raw_lines = _split(data, result.faults)
    if len(expected) > 1 and b"," not in raw_lines[0] and re.search(rb"[;\t|]", raw_lines[0]):
        message = f"cells are not separated by commas; the header must be {','.join(expected)}"
        result.faults.append(Fault(1, 1, "csv-delimiter", message))
        return result
    long_lines = _cut(raw_lines)
    texts, bad_lines = _decode(raw_lines)
    bad_lines |= long_lines
    if fault := bad_lines.get(1) or _header_fault(texts[0], expected):
        result.faults.append(fault)
        return result
    result.is_usable = True
    commas = len(expected) - 1
    body = dict(enumerate(texts[1:], start=2))
    cells = {line: text.split(",") for line, text in body.items()}
    odd = [line for line, text in body.items() if '"' in text or text.count(",") != commas or not text]
    broken = set()
    for line in sorted({*odd, *bad_lines}):
        if not body[line].strip() and line not in bad_lines:
            result.faults.append(Fault(line, 1, "csv-blank-line", "the line is blank; remove it"))
            del body[line], cells[line]
            continue
        cells[line], fault = _odd_line(body[line], line, expected, bad_lines)
        if fault:
            result.faults.append(fault)
            broken.add(line)
    result.rows, result.texts, result.lines = list(cells.values()), list(body.values()), list(body)
    result.broken = {row for row, line in enumerate(result.lines) if line in broken} if broken else set()
    return result


def format_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write a header and records, in the order given, in the package's form."""
    return ("\n".join([format_row(header), *(format_row(row) for row in rows)]) + "\n").encode()


def format_row(cells: Sequence[str]) -> str:
    """Write one record, quoting only the cells that need it."""
    line = ",".join(cells)
    if '"' not in line and line.count(",") == len(cells) - 1:
        return line
    return ",".join('"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell for cell in cells)


def canonical_rows(rows: Iterable[Sequence[str]], key: Sequence[int], lists: Sequence[int]) -> list[list[str]]:
    """Normalize the cells and sort the records by the key columns."""
    normal = [canonical_cells(row, lists) for row in rows]
    return sorted(normal, key=lambda cells: [cells[index] for index in key])


def canonical_cells(row: Sequence[str], lists: Sequence[int]) -> list[str]:
    """Normalize one record: NFC, no outer or doubled spaces, list items sorted and each once."""
    cells = [canonical_text(cell) for cell in row]
    for index in lists:
        if cells[index]:
            cells[index] = ";".join(sorted({item.strip() for item in cells[index].split(";")} - {""}))
    return cells


def canonical_text(text: str) -> str:
    """Normalize a text: NFC, and every run of spaces a single one, none at the ends."""
    if text.isascii() and "  " not in text and text == text.strip():
        return text
    return " ".join(unicodedata.normalize("NFC", text).split())


def _split(data: bytes, faults: list[Fault]) -> list[bytes]:
    lines = data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    else:
        faults.append(Fault(len(lines), 1, "csv-final-newline", "the last line has no line end; add one"))
    if b"\r" not in data:
        return lines
    ended = [number for number, line in enumerate(lines, start=1) if line.endswith(b"\r")]
    if ended:
        share = "every line ends" if len(ended) == len(lines) else f"{len(ended)} of {len(lines)} lines end"
        message = f"{share} in CRLF; save the file with LF line ends"
        faults.append(Fault(ended[0], 1, "csv-line-end", message))
    return [line.rstrip(b"\r") for line in lines]


def _cut(lines: list[bytes]) -> dict[int, Fault]:
    """Cut the lines that are too long to be records, in place. Each has a fault by its number."""
    faults = {}
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            message = f"the line has {len(line):,} bytes, and no record has more than {LONGEST_LINE:,}"
            faults[number] = Fault(number, 1, "csv-size", message)
            lines[number - 1] = line[:200]
    return faults


def _decode(lines: list[bytes]) -> tuple[list[str], dict[int, Fault]]:
    """Decode each line. One that is not UTF-8 or holds a forbidden character has a fault by its number."""
    whole = b"\n".join(lines)
    try:
        if not has_forbidden(whole):
            return whole.decode().split("\n"), {}
    except UnicodeDecodeError:
        pass
    faults = {}
    texts = []
    for number, line in enumerate(lines, start=1):
        text = line.decode(errors="replace")
        try:
            line.decode()
        except UnicodeDecodeError as error:
            column = len(line[: error.start].decode()) + 1
            message = f"byte 0x{line[error.start]:02x} is not UTF-8; save the file as UTF-8"
            faults[number] = Fault(number, column, "csv-encoding", message)
        if number not in faults and (found := FORBIDDEN.search(text)):
            message = f"character U+{ord(found[0]):04X} is invisible or changes how text is shown; remove it"
            faults[number] = Fault(number, found.start() + 1, "csv-character", message)
        texts.append(FORBIDDEN.sub("", text))
    return texts, faults


def _odd_line(
    text: str, number: int, expected: Sequence[str], bad_lines: Mapping[int, Fault]
) -> tuple[list[str], Fault | None]:
    """Read a line that has quotes or a fault. With a fault the cells are a guess of the right width."""
    cells, fault = split_line(text, number)
    if fault is None and len(cells) != len(expected):
        fault = Fault(number, 1, "csv-width", _width_message(cells, expected))
    if fault := bad_lines.get(number, fault):
        cells = ((cells or text.replace('"', "").split(",")) + [""] * len(expected))[: len(expected)]
    return cells, fault


def _header_fault(text: str, expected: Sequence[str]) -> Fault | None:
    cells, fault = split_line(text, 1)
    if fault or cells == list(expected):
        return fault
    right = f"the header must be {','.join(expected)}"
    if missing := [name for name in expected if name not in cells]:
        what = f"column {missing[0]} is missing from the header"
    elif extra := [name for name in cells if name not in expected]:
        what = f"column {extra[0]} is not one of this table's"
    elif len(cells) != len(expected):
        what = f"column {next(name for name in cells if cells.count(name) > 1)} stands twice in the header"
    else:
        what = "the columns are in another order"
    return Fault(1, 1, "csv-header", f"{what}; {right}")


def _width_message(cells: Sequence[str], expected: Sequence[str]) -> str:
    if len(cells) > len(expected):
        hint = "put quotes around a cell that holds a comma"
    else:
        hint = f"the last cell read is {cells[-1][:40]!r}" if cells[-1] else "an empty cell still needs its comma"
    return f"{len(cells)} cells where the header has {len(expected)}; {hint}"
