"""CSV as people save it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastlook.dossier.sheets.form import sheet_cell, unmarked
from lastlook.dossier.sheets.table import Row, Table
from lastlook.dossier.sheets.text import read_csv, separator_of
from lastlook.errors import LastlookError

TALENT = Table("people.csv", ("id", "age"), (Row(2, {"id": "talent-1", "age": "9"}), Row(3, {"id": "talent-2"})))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_of_four_separators_is_found(separator: str) -> None:
    text = "id,age\ntalent-1,9\ntalent-2,\n".replace(",", separator)
    assert read_csv(text.encode(), file="people.csv") == TALENT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_an_encoding_and_a_line_end_declare_is_believed(encoding: str, line_end: str) -> None:
    text = line_end.join(["id;figure", "talent-1;Größe", ""])
    assert read_csv(text.encode(encoding), file="x.csv") == Table(
        "x.csv", ("id", "figure"), (Row(2, {"id": "talent-1", "figure": "Größe"}),)
    )


def test_latin_1_is_read_and_said() -> None:
    table = read_csv("id;figure\na;x\nb;Größe\n".encode("latin-1"), file="people.csv")
    assert table.rows[1] == Row(3, {"id": "b", "figure": "Größe"})
    assert table.notes == ("people.csv was read as Latin-1: line 3 is not UTF-8.",)


def test_a_declared_separator_counts_more_than_what_stands_in_the_header() -> None:
    assert read_csv(b"sep=;\nid;what, exactly, it is\na;b\n", file="x.csv") == Table(
        "x.csv", ("id", "what, exactly, it is"), (Row(3, {"id": "a", "what, exactly, it is": "b"}),)
    )


def test_a_cell_may_hold_the_separator_and_new_lines_between_quotation_marks() -> None:
    table = read_csv(b'id,figure\na,"one, two\nthree"\nb,four\n', file="x.csv")
    assert table.rows == (Row(2, {"id": "a", "figure": "one, two\nthree"}), Row(4, {"id": "b", "figure": "four"}))


def test_an_empty_sheet_and_an_empty_row_hold_nothing() -> None:
    assert read_csv(b"", file="x.csv") == Table("x.csv", (), ())
    assert read_csv(b"id,age\n,\n\n", file="x.csv") == Table("x.csv", ("id", "age"), ())


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"id,id\na,b\n", 1, "The column `id` stands twice."),
        (b"id,,age\na,b,c\n", 1, "Column 2 has no name."),
        (b"id,age\na,b,c\n", 2, "There are more cells than columns."),
        (b'id,age\na,"b\n', 2, "This is not CSV: unexpected end of data."),
        (b"sep=:\nid:age\n", 1, "`:` is no separator."),
        (b"id\na\x00\n", 2, "There is a null character."),
        (b"id\n" + b"x" * 20_001, 2, "id has 20,001 characters; at most 20,000 are read."),
        (b"id\n" + b"x" * 90_000, 2, "This is not CSV: field larger than field limit (80000)."),
        (b"id\n" + b"a\n" * 5_001, 5_002, "More than 5,000 rows."),
        (b",".join(b"c%d" % n for n in range(201)), 1, "More than 200 columns."),
        (b"x" * ((8 << 20) + 1), 0, "The file is too large: at most 8,388,608 bytes are read."),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_refused_with_its_line(data: bytes, line: int, what: str) -> None:
    with pytest.raises(LastlookError) as refused:
        read_csv(data, file="people.csv")
    assert (refused.value.what, refused.value.where.file, refused.value.where.line) == (what, "people.csv", line)
    assert refused.value.remedy


@given(st.binary(max_size=400))
def test_whatever_the_bytes_only_a_clear_error_comes_out(data: bytes) -> None:
    with contextlib.suppress(LastlookError):
        read_csv(data, file="x.csv")


def test_the_separator_is_counted_outside_quotation_marks() -> None:
    assert separator_of('id;"a, b, c, d";age') == ";"
    assert separator_of("id") == ","


@given(st.text() | st.from_regex(r"'*[=+@\t\r-].*"))
def test_a_cell_without_its_mark_is_the_text_it_was_made_from(text: str) -> None:
    cell = sheet_cell(text)
    assert unmarked(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
