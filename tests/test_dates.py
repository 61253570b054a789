import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enforcement_web import Package, date_bounds
from enforcement_web.check.table_schema import DATE


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2017-09-12", date(2017, 9, 12), date(2017, 9, 12)),
    ],
)
def test_bounds(text: str, first: date, last: date) -> None:
    assert date_bounds(text) == (first, last)


@pytest.mark.parametrize("text", ["", "17", "2017-9", "2017-13", "2017-02-29", "2017-00", "2017/09", "²017", "0000"])
def test_what_is_not_a_date(text: str) -> None:
    with pytest.raises(ValueError, match="is not a date"):
        date_bounds(text)


def reduced_pattern() -> str:
    fields = Package.open().resources["laws"].fields
    return next(str(field["constraints"]["pattern"]) for field in fields if field["name"] == "enacted")


@given(st.dates(date(1000, 1, 1)))
def test_the_patterns_allow_every_day_and_not_the_day_after_the_last(day: date) -> None:
    text = day.isoformat()
    for pattern in (DATE, reduced_pattern()):
        assert re.search(pattern, text)
        if (day + timedelta(1)).month != day.month:
            assert not re.search(pattern, f"{text[:8]}{day.day + 1:02d}")
        assert not re.search(pattern, f"{day.year:04d}-{day.month}-{day.day}") or min(day.month, day.day) > 9
    assert re.search(reduced_pattern(), text[:7])
    assert re.search(reduced_pattern(), text[:4])
