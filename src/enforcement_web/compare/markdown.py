"""Write a comparison as GitHub's Markdown, for a pull request.

The texts of a package come from whoever wrote the change: they are escaped, so that none is taken for markup, a
mention or a link.
"""

import re

from enforcement_web.compare import Comparison
from enforcement_web.compare.outline import Group, outline, verdict

LIMIT = 20
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~&@:$])")


def as_markdown(found: Comparison, limit: int = LIMIT) -> str:
    """Write a comparison, ``limit`` lines a group at the most, 0 for all."""
    first, *others = verdict(found)
    lines = [f"**{escaped(first)}**", "", *(f"- {escaped(text)}" for text in others)]
    for section in outline(found, limit):
        lines += ["", f"### {escaped(section.title)}"]
        for group in section.groups:
            lines += ["", *_group(group)]
    return "\n".join(lines).rstrip() + "\n"


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it is: each mark as its character reference."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[1])};", " ".join(text.split()))


def _group(group: Group) -> list[str]:
    lines = [f"<details><summary>{escaped(group.title)} ({group.count:,})</summary>", ""]
    lines += [f"- {escaped(item)}" for item in group.lines]
    if group.hidden:
        lines.append(f"- and {group.hidden:,} more")
    return [*lines, "", "</details>"]
