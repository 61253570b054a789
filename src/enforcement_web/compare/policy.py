"""The version that a set of changes asks for (docs/versions.md)."""

import re
from collections.abc import Iterable, Iterator

from enforcement_web.compare.change import KINDS, Bump, Change, Scope

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
Version = tuple[int, int, int]


def parse_version(text: str) -> Version | None:
    """Read a version such as 1.4.0; None for anything else."""
    match = _VERSION.fullmatch(text)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def required_bump(changes: Iterable[Change], scope: Scope | None = None) -> Bump:
    """The greatest bump that any change asks for, of those of one scope when it is given."""
    return max((c.bump for c in changes if scope in (None, KINDS[c.kind].scope)), default=Bump.NONE)


def least_version(before: Version, bump: Bump) -> Version:
    """The least version that a bump allows after another. Before 1.0.0 a minor bump stands for a major one."""
    major, minor, patch = before
    if bump is Bump.MAJOR and major == 0:
        bump = Bump.MINOR
    match bump:
        case Bump.MAJOR:
            return major + 1, 0, 0
        case Bump.MINOR:
            return major, minor + 1, 0
        case Bump.PATCH:
            return major, minor, patch + 1
    return before


def version_faults(before: str, after: str, bump: Bump, what: str) -> Iterator[str]:
    """Say what is wrong with the version of a later package; ``what`` is "version" or "schemaVersion"."""
    was, now = parse_version(before), parse_version(after)
    for text, version in ((before, was), (after, now)):
        if version is None:
            yield f'{what} "{text}" is not of the form 1.4.0'
    if was is None or now is None:
        return
    least = least_version(was, bump)
    if now < least:
        need, asked = ".".join(map(str, least)), f"the changes since {before} ask for a {bump.word} bump"
        yield f"{what} {after} is too small: {asked}, so it must be {need} or more"
