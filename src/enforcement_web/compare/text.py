"""Write a comparison for a terminal of 80 columns."""

from enforcement_web.compare import Comparison
from enforcement_web.compare.outline import outline, verdict
from enforcement_web.wrapping import wrapped

LIMIT = 10


def as_text(found: Comparison, limit: int = LIMIT) -> str:
    """Write a comparison, ``limit`` lines a group at the most, 0 for all."""
    lines = [line for text in verdict(found) for line in wrapped(text)]
    for section in outline(found, limit):
        lines += ["", section.title]
        for group in section.groups:
            lines += wrapped(f"{group.title} ({group.count:,})", 2)
            for item in group.lines:
                lines += wrapped(item, 4)
            if group.hidden:
                lines.append(f"    ... and {group.hidden:,} more")
    return "\n".join(lines)
