"""Write CSL-JSON items as BibTeX, with the fields that BibTeX styles and biblatex both read.

Types are those of BibTeX (article, book, incollection, techreport, misc). Titles and authors are braced, so that no
style changes the letters of a name. An address is written as it is, for ``url`` is verbatim in biblatex and in
``\\url``; in every other field the ten characters that LaTeX gives a meaning are escaped, and marks that it would draw
as one other mark (``--``) are kept apart.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pybtex.database import BibliographyData, Entry, Person
from pybtex.database.output.bibtex import Writer

_TYPES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "book": "book",
    "chapter": "incollection",
    "entry": "incollection",
    "report": "techreport",
}
# Where each type looks for who issued the work; biblatex reads ``publisher`` too.
_ISSUER = {"article": "journal", "techreport": "institution", "misc": "howpublished"}
_CONTAINER = {"article": "journal", "incollection": "booktitle"}
_PLAIN = {
    "collection-title": "series",
    "volume": "volume",
    "page": "pages",
    "number": "number",
    "version": "version",
    "authority": "organization",
    "note": "note",
}
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{character: f"\\{character}" for character in "&%$#_"},
    }
)
# Two marks that LaTeX's fonts join: dashes, quotes, and the Spanish signs that begin a sentence.
_LIGATURES = re.compile(r"([-'`,<>])(?=\1)|([?!])(?=`)")


def format_bibtex(items: Iterable[Mapping[str, Any]]) -> str:
    """Write CSL-JSON items as a BibTeX database whose keys are the items' ids."""
    entries = {str(item["id"]): _entry(item) for item in items}
    return str(_Writer(encoding="UTF-8").to_string(BibliographyData(entries=entries)))


def escape(text: str) -> str:
    """Escape what has a meaning in LaTeX."""
    return _LIGATURES.sub(r"\g<0>{}", text.translate(_ESCAPES))


class _Writer(Writer):  # type: ignore[misc]
    """pybtex's writer for fields that are in LaTeX already; every value stands in braces."""

    def quote(self, s: str) -> str:
        self.check_braces(s)
        return f"{{{s}}}"

    def _encode(self, text: str) -> str:
        return text


def _entry(item: Mapping[str, Any]) -> Entry:
    kind = _TYPES.get(item["type"], "misc")
    authors = [_literal(author["literal"]) for author in item.get("author", [])]
    return Entry(kind, fields=_fields(kind, item), persons={"author": authors} if authors else {})


def _literal(name: str) -> Person:
    person = Person()
    person.last_names = [f"{{{escape(name)}}}"]
    return person


def _fields(kind: str, item: Mapping[str, Any]) -> dict[str, str]:
    fields = {"title": f"{{{escape(item['title'])}}}"}
    if publisher := item.get("publisher"):
        fields |= dict.fromkeys(filter(None, [_ISSUER.get(kind), "publisher"]), escape(publisher))
    if container := item.get("container-title"):
        fields[_CONTAINER.get(kind, "series")] = escape(container)
    fields |= {name: escape(str(item[member])) for member, name in _PLAIN.items() if member in item}
    if "section" in item:
        fields |= {"type": "table", "chapter": escape(item["section"])}
    parts = item.get("issued", {}).get("date-parts", [[]])[0]
    fields |= {name: str(part) for name, part in zip(("year", "month", "day"), parts, strict=False)}
    if "URL" in item:
        fields["url"] = _verbatim(item["URL"])
    if accessed := item.get("accessed"):
        fields["urldate"] = "-".join(f"{part:02}" for part in accessed["date-parts"][0])
    return fields


def _verbatim(address: str) -> str:
    """Keep an address as it is but for braces, which would end the field, and backslashes."""
    return address.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
