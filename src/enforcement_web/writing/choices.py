"""What an answer may be, where that is listed: terms with their definitions, records with their names."""

from difflib import get_close_matches

from enforcement_web.slugs import slug
from enforcement_web.writing.draft import Draft
from enforcement_web.writing.questions import Question

# Members that tell a reader which record is meant.
_NAMES = ("name", "title", "acronym", "citation", "publisher")
_SHOWN = 8


def choices(draft: Draft, question: Question) -> dict[str, str]:
    """Give what may answer a question, each with what it means; nothing when it is free."""
    if question.target:
        return {record["id"]: _label(record) for record in draft.records(question.target)}
    if question.vocabulary:
        rows = (row for row in draft.records("terms") if row["vocabulary"] == question.vocabulary)
        return {row["term"]: row["definition"] for row in rows}
    if question.form == "boolean":
        return {"true": "", "false": ""}
    return dict.fromkeys(question.terms, "")


def near(answer: str, known: dict[str, str]) -> list[str]:
    """Give the choices that an answer may mean: those with all its words, then those that look like it."""
    words = slug(answer).split("-")
    found = [choice for choice, label in known.items() if _has_all(words, slug(f"{choice} {label}").split("-"))]
    alike = get_close_matches(slug(answer), known, n=_SHOWN, cutoff=0.6)
    return list(dict.fromkeys([*alike[:1], *found, *alike]))[:_SHOWN]


def _has_all(words: list[str], parts: list[str]) -> bool:
    return all(any(part.startswith(word) for part in parts) for word in words)


def _label(record: dict[str, str]) -> str:
    return ", ".join(str(record[name]) for name in _NAMES if record.get(name))
