"""Operators that spoil the bytes of a file, as editors and spreadsheets do."""

from mutation.table import Table


def add_cell(table: Table) -> bytes:
    """Add a comma to a line."""
    lines, at = table.lines()
    lines[at] += b","
    return table.joined(lines, f"line {at + 1}")


def drop_cell(table: Table) -> bytes:
    """Take the last comma out of a line without quotes."""
    lines, _ = table.lines()
    at = table.pick(i for i, line in enumerate(lines) if i and b'"' not in line and b"," in line)
    head, _, tail = lines[at].rpartition(b",")
    lines[at] = head + tail
    return table.joined(lines, f"line {at + 1}")


def blank_line(table: Table) -> bytes:
    """Put a blank line between two lines."""
    lines, at = table.lines()
    lines.insert(at, b"")
    return table.joined(lines, f"before line {at + 1}")


def windows_line_end(table: Table) -> bytes:
    """End a line in CRLF."""
    lines, at = table.lines()
    lines[at] += b"\r"
    return table.joined(lines, f"line {at + 1}")


def windows_file(table: Table) -> bytes:
    """End every line in CRLF."""
    table.what = "whole file"
    return table.data.replace(b"\n", b"\r\n")


def byte_order_mark(table: Table) -> bytes:
    """Begin the file with a byte order mark."""
    table.what = "whole file"
    return b"\xef\xbb\xbf" + table.data


def no_final_newline(table: Table) -> bytes:
    """Lose the end of the last line."""
    table.what = "last line"
    return table.data[:-1]


def _insert(table: Table, piece: bytes) -> bytes:
    data = table.data
    at = table.chance.randrange(len(data))
    table.what = f"byte {at}"
    return data[:at] + piece + data[at:]


def bad_byte(table: Table) -> bytes:
    """Put a byte of another encoding somewhere."""
    return _insert(table, b"\xe9")


def nul(table: Table) -> bytes:
    """Put a NUL somewhere."""
    return _insert(table, b"\0")


def zero_width(table: Table) -> bytes:
    """Put a zero-width space somewhere."""
    return _within_text(table, "\u200b")


def direction_mark(table: Table) -> bytes:
    """Put a mark that turns the direction of text somewhere."""
    return _within_text(table, "\u202e")


def _within_text(table: Table, piece: str) -> bytes:
    text = table.data.decode()
    at = table.chance.randrange(len(text))
    table.what = f"character {at}"
    return (text[:at] + piece + text[at:]).encode()


def stray_quote(table: Table) -> bytes:
    """Put a quote inside an unquoted cell."""
    lines, _ = table.lines()
    at = table.pick(i for i, line in enumerate(lines) if i and b'"' not in line and len(line) > 3)
    half = len(lines[at]) // 2
    lines[at] = lines[at][:half] + b'"' + lines[at][half:]
    return table.joined(lines, f"line {at + 1}")


def unclosed_quote(table: Table) -> bytes:
    """Begin a line with a quote that is not closed."""
    lines, at = table.lines()
    lines[at] = b'"' + lines[at].replace(b'"', b"")
    return table.joined(lines, f"line {at + 1}")


def needless_quotes(table: Table) -> bytes:
    """Quote every cell of a line."""
    lines, _ = table.lines()
    at = table.pick(i for i, line in enumerate(lines) if i and b'"' not in line)
    lines[at] = b",".join(b'"' + cell + b'"' for cell in lines[at].split(b","))
    return table.joined(lines, f"line {at + 1}")


def swap_columns(table: Table) -> bytes:
    """Swap two names in the header."""
    lines, _ = table.lines()
    names = lines[0].split(b",")
    one, two = sorted(table.chance.sample(range(len(names)), 2))
    names[one], names[two] = names[two], names[one]
    return table.joined([b",".join(names), *lines[1:]], "header")


def rename_column(table: Table) -> bytes:
    """Misspell a name in the header."""
    lines, _ = table.lines()
    names = lines[0].split(b",")
    at = table.chance.randrange(len(names))
    names[at] += b"s"
    return table.joined([b",".join(names), *lines[1:]], "header")


def repeat_column(table: Table) -> bytes:
    """Name a column twice in the header."""
    lines, _ = table.lines()
    names = lines[0].split(b",")
    names.append(table.chance.choice(names))
    return table.joined([b",".join(names), *lines[1:]], "header")


def semicolons(table: Table) -> bytes:
    """Separate cells by semicolons."""
    lines, _ = table.lines()
    return table.joined([line.replace(b",", b";") for line in lines], "whole file")


def empty_file(table: Table) -> bytes:
    """Empty the file."""
    table.what = "whole file"
    return b""


def cut_file(table: Table) -> bytes:
    """Cut the file off somewhere within."""
    data = table.data
    at = table.chance.randrange(1, len(data) - 1)
    table.what = f"at byte {at}"
    return data[:at]


def swap_lines(table: Table) -> bytes:
    """Swap two neighboring lines."""
    lines, _ = table.lines()
    at = table.pick(range(1, len(lines) - 1))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    return table.joined(lines, f"lines {at + 1} and {at + 2}")


def repeat_line(table: Table) -> bytes:
    """Repeat a line."""
    lines, at = table.lines()
    lines.insert(at, lines[at])
    return table.joined(lines, f"line {at + 1}")


def long_line(table: Table) -> bytes:
    """Make a line very long."""
    lines, at = table.lines()
    lines[at] += b" and so on" * 20_000
    return table.joined(lines, f"line {at + 1}")


def double_space(table: Table) -> bytes:
    """Double a space within a cell."""
    lines, _ = table.lines()
    at = table.pick(i for i, line in enumerate(lines) if i and b" " in line)
    lines[at] = lines[at].replace(b" ", b"  ", 1)
    return table.joined(lines, f"line {at + 1}")


def outer_space(table: Table) -> bytes:
    """Put a space after a comma."""
    lines, _ = table.lines()
    at = table.pick(i for i, line in enumerate(lines) if i and b'"' not in line and b"," in line)
    lines[at] = lines[at].replace(b",", b", ", 1)
    return table.joined(lines, f"line {at + 1}")


def decomposed_letter(table: Table) -> bytes:
    """Write an accented letter as two characters."""
    lines, _ = table.lines()
    at = table.pick(i for i, line in enumerate(lines) if i and b"e" in line.rpartition(b",")[2])
    head, comma, tail = lines[at].rpartition(b",")
    lines[at] = head + comma + tail.replace(b"e", "e\u0301".encode(), 1)
    return table.joined(lines, f"line {at + 1}")
