"""What a rule is: why it holds, how to mend a breach, and an example of a breach and of none."""

import json
from dataclasses import dataclass

from enforcement_web.problem import Severity


@dataclass(frozen=True)
class Rule:
    """One rule of the check.

    ``bad`` and ``good`` are the smallest texts that break and keep it. For a rule about records they are records in
    JSON, by table; for any other they are pieces of the file ``file`` of a package, which the tests put in each
    other's place.
    """

    id: str
    title: str
    why: str
    mend: str
    bad: str
    good: str
    file: str = ""
    severity: Severity = "error"
    is_fixable: bool = False

    def shown(self, example: str) -> str:
        """Write one of the rule's examples for a reader: a record a line, or the piece of the file."""
        if not self.file:
            tables = json.loads(example)
            lines = [f"{table}: {_record(record)}" for table, records in tables.items() for record in records]
            return "\n".join(f"  {line}" for line in lines) or "  no records"
        piece = example if len(example) <= 120 else f"{example[:80]}..."
        text = "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in piece)
        return f"  {self.file}: {text or 'nothing'}"


def _record(record: dict[str, object]) -> str:
    return ", ".join(
        f"{name} {value if isinstance(value, str) else json.dumps(value)}" for name, value in record.items()
    )
