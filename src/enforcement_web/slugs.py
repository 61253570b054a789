"""Slugs: the lower-case ids that a person can read."""

import re
import unicodedata


def slug(text: str) -> str:
    """Make the lower-case slug of a text, without accents and apostrophes.

    >>> slug("St. Mary's County & Parish")
    'st-marys-county-and-parish'
    """
    plain = re.sub("['\"\u2019]", "", letters(text).replace("&", " and "))
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def letters(text: str) -> str:
    """Put a text in lower case and take the accents off its letters."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()
