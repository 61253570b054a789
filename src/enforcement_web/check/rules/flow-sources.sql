-- title: A flow in force rests on a primary source or on two others
-- why: One secondary account of a running flow can be wrong, and nobody would notice.
-- mend: Add evidence from a law, notice, assessment or official data, or from a second independent source; else set the status to unknown.
-- severity: error
-- tables: flow_status, evidence, sources
-- bad: {"flow_status": [{"id": "s", "flow_id": "f", "status": "active"}], "evidence": [{"table": "flows", "record_id": "f", "source_id": "n", "stance": "supports"}], "sources": [{"id": "n", "custom": {"tier": "news"}}]}
-- good: {"flow_status": [{"id": "s", "flow_id": "f", "status": "active"}], "evidence": [{"table": "flow_status", "record_id": "s", "source_id": "p", "stance": "supports"}], "sources": [{"id": "p", "custom": {"tier": "primary"}}]}
-- Evidence for the flow and for any of its statuses counts.
with support as (
  select record_id as flow_id, source_id from evidence where "table" = 'flows' and stance = 'supports'
  union
  select flow_id, source_id
  from evidence join flow_status on flow_status.id = record_id
  where "table" = 'flow_status' and stance = 'supports'
), counted as (
  select flow_id, count(*) as texts, count(*) filter (where coalesce(custom->>'tier', 'primary') = 'primary') as primary_texts
  from support join sources on sources.id = source_id
  group by flow_id
)
select 'flow_status', min(_row), 'flow_id',
  format('"{}" is in force, but rests on no primary source and on {} other{}', flow_status.flow_id, coalesce(texts, 0), if(texts = 1, '', 's'))
from flow_status left join counted on counted.flow_id = flow_status.flow_id
where ended is null and status in ('active', 'limited') and coalesce(primary_texts, 0) = 0 and coalesce(texts, 0) < 2
group by flow_status.flow_id, texts
