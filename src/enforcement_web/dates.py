"""Dates of reduced precision: 2017, 2017-09 and 2017-09-12 are all ISO 8601 dates (ISO 8601-1, 5.2.2)."""

from calendar import monthrange
from datetime import date


def date_bounds(text: str) -> tuple[date, date]:
    """Return the first and the last day that a date of reduced precision can mean.

    >>> date_bounds("2017-09")
    (datetime.date(2017, 9, 1), datetime.date(2017, 9, 30))

    Raises ValueError when the text is not a date of the form YYYY, YYYY-MM or YYYY-MM-DD.
    """
    parts = text.split("-")
    if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]) or not text.replace("-", "").isdecimal():
        raise ValueError(f"{text!r} is not a date: write YYYY, YYYY-MM or YYYY-MM-DD")
    numbers = [int(part) for part in parts]
    year = numbers[0]
    first_month, last_month = (1, 12) if len(numbers) == 1 else (numbers[1], numbers[1])
    try:
        first_day, last_day = (numbers[2], numbers[2]) if len(numbers) == 3 else (1, monthrange(year, last_month)[1])
        return date(year, first_month, first_day), date(year, last_month, last_day)
    except ValueError as error:
        raise ValueError(f"{text!r} is not a date: {error}") from None
