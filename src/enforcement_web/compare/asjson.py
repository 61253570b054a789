"""Write a comparison as JSON, as docs/compare.schema.json describes it."""

import json

from enforcement_web.compare import KINDS, Answer, Change, Comparison


def as_json(found: Comparison) -> str:
    """Write every change and every route."""
    value = {
        "old": {"version": found.old_version, "schema_version": found.old_schema_version},
        "new": {"version": found.new_version, "schema_version": found.new_schema_version},
        "on": found.on.isoformat(),
        "to": found.to,
        "required": found.required.word,
        "required_schema": found.schema_bump.word,
        "least_version": found.least_version or None,
        "version_faults": found.version_faults(),
        "changes": [_change(change) for change in found.changes],
        "answers": [_answer(answer) for answer in found.answers],
    }
    return json.dumps(value, indent=2, ensure_ascii=False)


def _change(change: Change) -> dict[str, object]:
    kind = KINDS[change.kind]
    return {
        "kind": change.kind,
        "scope": kind.scope,
        "bump": change.bump.word,
        "is_loss": kind.is_loss,
        "table": change.table,
        "record": change.record or None,
        "field": change.field or None,
        "before": change.before or None,
        "after": change.after or None,
        "title": change.title or None,
        "reason": change.reason or None,
    }


def _answer(answer: Answer) -> dict[str, object]:
    return {
        "touchpoint": answer.touchpoint,
        "places": list(answer.places),
        "before": answer.before,
        "after": answer.after,
        "opened": [list(route) for route in answer.opened],
        "closed": [list(route) for route in answer.closed],
        "causes": [{"flow": flow, "what": what} for flow, what in answer.causes],
    }
