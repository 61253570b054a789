from hypothesis import given
from hypothesis import strategies as st

from enforcement_web.csvtext import (
    FORBIDDEN,
    canonical_cells,
    canonical_rows,
    cell_column,
    format_csv,
    format_row,
    scan,
    split_line,
)

HEADER = ["id", "name", "notes"]

cells = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\n"), max_size=12).filter(
    lambda text: not FORBIDDEN.search(text)
)
records = st.lists(cells, min_size=3, max_size=3).filter(lambda row: "".join(row).strip() != "")


def faults(data: bytes) -> list[tuple[int, int, str]]:
    return [(fault.line, fault.column, fault.rule) for fault in scan(data, HEADER).faults]


@given(st.lists(records, max_size=6))
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    result = scan(format_csv(HEADER, rows), HEADER)
    assert (result.rows, result.faults) == (rows, [])
    assert result.lines == list(range(2, len(rows) + 2))


@given(st.lists(st.lists(cells, min_size=3, max_size=3), max_size=6))
def test_the_canonical_form_of_a_canonical_form_is_itself(rows: list[list[str]]) -> None:
    once = canonical_rows(rows, [0, 1], [2])
    assert canonical_rows(once, [0, 1], [2]) == once


@given(st.binary(max_size=200))
def test_any_bytes_give_records_or_faults(data: bytes) -> None:
    result = scan(data, HEADER)
    assert result.is_usable or result.faults
    assert all(len(row) == 3 for row in result.rows)
    assert len(result.rows) == len(result.lines) == len(result.texts)


@given(st.binary(max_size=80))
def test_any_bytes_after_a_header_keep_the_numbers_of_the_lines(data: bytes) -> None:
    lines = b"id,name,notes\n" + data + b"\nlast,one,here\n"
    result = scan(lines, HEADER)
    assert result.lines[-1] == lines.count(b"\n")


@given(records)
def test_the_column_of_a_cell_is_where_it_begins(row: list[str]) -> None:
    line = format_row(row)
    for index, cell in enumerate(row):
        rest = line[cell_column(line, index) - 1 :]
        assert split_line(rest, 1)[0] == row[index:], cell


def test_a_missing_cell_is_at_its_line() -> None:
    assert faults(b"id,name,notes\na,b,c\nd,e\n") == [(3, 1, "csv-width")]


def test_an_extra_cell_is_at_its_line() -> None:
    assert faults(b"id,name,notes\na,b,c,d\n") == [(2, 1, "csv-width")]


def test_a_blank_line_does_not_shift_the_lines_after_it() -> None:
    result = scan(b"id,name,notes\n\na,b,c\n", HEADER)
    assert [fault.line for fault in result.faults] == [2]
    assert result.lines == [3]


def test_bytes_that_are_not_utf8_are_at_their_line_and_column() -> None:
    assert faults(b"id,name,notes\na,b\xe9,c\nd,e,f\n") == [(2, 4, "csv-encoding")]


def test_an_unclosed_quote_does_not_swallow_the_next_line() -> None:
    result = scan(b'id,name,notes\na,"b,c\nd,e,f\n', HEADER)
    assert [(fault.line, fault.rule) for fault in result.faults] == [(2, "csv-quote")]
    assert result.rows[1] == ["d", "e", "f"]


def test_a_stray_quote_is_at_its_column() -> None:
    assert faults(b'id,name,notes\na,b"c,d\n') == [(2, 4, "csv-quote")]


def test_the_marks_of_other_systems_are_named() -> None:
    assert faults(b"\xef\xbb\xbfid,name,notes\r\na,b,c\r\n") == [(1, 1, "csv-bom"), (1, 1, "csv-line-end")]
    assert faults(b"id,name,notes\na,b,c") == [(2, 1, "csv-final-newline")]
    assert faults(b"id;name;notes\na;b;c\n") == [(1, 1, "csv-delimiter")]
    assert faults(b"id\tname\tnotes\n") == [(1, 1, "csv-delimiter")]


def test_a_wrong_header_says_what_is_wrong() -> None:
    def message(header: bytes) -> str:
        (fault,) = scan(header + b"\na,b,c\n", HEADER).faults
        return fault.message

    assert message(b"id,notes,name").startswith("the columns are in another order")
    assert message(b"id,nmae,notes").startswith("column name is missing")
    assert message(b"id,name,notes,more").startswith("column more is not one")
    assert message(b"id,name,notes,name").startswith("column name stands twice")


def test_an_empty_file_asks_for_its_header() -> None:
    assert faults(b"") == faults(b"\n\n") == [(1, 1, "csv-empty")]


def test_invisible_characters_are_named() -> None:
    (fault,) = scan("id,name,notes\na,b\u200b,c\n".encode(), HEADER).faults
    assert (fault.line, fault.column) == (2, 4)
    assert "U+200B" in fault.message


def test_a_broken_line_still_gives_its_id() -> None:
    result = scan(b"id,name,notes\na,b\n", HEADER)
    assert result.rows == [["a", "b", ""]]
    assert result.broken == {0}


def test_lists_are_sorted_and_spaces_single() -> None:
    assert canonical_cells(["a", " b  c ", "z; a;z"], [2]) == ["a", "b c", "a;z"]
    assert canonical_cells(["e\u0301", "", ""], []) == ["\u00e9", "", ""]
