"""What became of an id that was retired."""

from collections.abc import Mapping


def new_ids(redirect: Mapping[str, str]) -> list[str]:
    """The ids that a row of redirects leads to; none when the record was withdrawn.

    Release 0.1.0 has one id in ``new_id``; later ones have a list in ``new_ids``.
    """
    return [one for one in redirect.get("new_ids", redirect.get("new_id", "")).split(";") if one]
