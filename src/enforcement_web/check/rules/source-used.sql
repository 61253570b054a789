-- title: Every source is used
-- why: A source that no record rests on misleads whoever counts what was read.
-- mend: Add the evidence that it gives, or remove it from data/sources.json.
-- severity: error
-- tables: sources, evidence, laws, findings, actions
-- bad: {"sources": [{"id": "a"}], "evidence": []}
-- good: {"sources": [{"id": "a"}], "evidence": [{"source_id": "a"}]}
with used as (
  select source_id from evidence
  union select source_id from laws
  union select source_id from findings
  union select unnest(flatten(list_transform(
    from_json(precedents, '[{"source_ids": ["VARCHAR"]}]'), lambda precedent: precedent.source_ids
  ))) from actions
)
select 'sources', _row, 'id', format('"{}" is not used by any record', id)
from sources
where id is not null and id not in (select source_id from used where source_id is not null)
