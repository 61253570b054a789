"""Write new records into a package: what to ask, what fits, and files that are changed all together or not at all."""

from enforcement_web.writing.draft import Draft, Entry
from enforcement_web.writing.kinds import KINDS, Kind
from enforcement_web.writing.prompting import Terminal
from enforcement_web.writing.saving import SaveError, Trial
from enforcement_web.writing.session import Given, RefusedError, Session

__all__ = [
    "KINDS",
    "Draft",
    "Entry",
    "Given",
    "Kind",
    "RefusedError",
    "SaveError",
    "Session",
    "Terminal",
    "Trial",
]
