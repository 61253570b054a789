"""Show what a draft would write."""

from collections.abc import Iterator

from enforcement_web.card import value_text
from enforcement_web.wrapping import wrapped
from enforcement_web.writing.draft import Draft


def preview(draft: Draft) -> Iterator[str]:
    """Give each new record with its filled columns, and each other change, as lines of at most 80 columns."""
    for entry in draft.entries:
        yield ""
        yield f"{entry.resource.path}:"
        for column in entry.resource.columns:
            if text := value_text(entry.record.get(column)):
                yield from wrapped(f"{column}: {text}", 2, 6)
    changed = [(source, before, after) for source, before, after in draft.accessed() if before not in ("", after)]
    for source, before, after in changed:
        yield ""
        yield f"{draft.package.resources['sources'].path}:"
        yield from wrapped(f"{source}: last read {after}, so far {before}", 2, 6)
