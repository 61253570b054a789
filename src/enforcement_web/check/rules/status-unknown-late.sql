-- title: A status is not unknown while a later text shows the flow
-- why: Unknown says that nothing later was read; a text that shows the flow at work, or its means, answers the question.
-- mend: Let the earlier status run to the date of that text and unknown begin there; or make the text's stance context.
-- severity: error
-- tables: evidence, flow_status, sources
-- bad: {"flow_status": [{"id": "s", "flow_id": "f", "jurisdiction_id": "US", "started": "2018", "status": "unknown"}], "sources": [{"id": "a", "issued": {"date-parts": [[2021]]}}], "evidence": [{"table": "flows", "record_id": "f", "source_id": "a", "claim": "use", "stance": "supports"}]}
-- good: {"flow_status": [{"id": "s", "flow_id": "f", "jurisdiction_id": "US", "started": "2021", "status": "unknown"}], "sources": [{"id": "a", "issued": {"date-parts": [[2021]]}}], "evidence": [{"table": "flows", "record_id": "f", "source_id": "a", "claim": "use", "stance": "supports"}]}
-- Evidence of the flow itself counts only where the flow has one place: else it may come from another place.
with issued as (
  select id, date_of(issued) as day from sources where issued is not null
),
one_place as (
  select flow_id, min(jurisdiction_id) as jurisdiction_id
  from flow_status
  group by flow_id
  having count(distinct jurisdiction_id) = 1
),
shown as (
  select flow_id, jurisdiction_id, source_id
  from evidence
  join flow_status on flow_status.id = record_id
  where "table" = 'flow_status' and stance = 'supports' and claim in ('use', 'access')
  union
  select flow_id, jurisdiction_id, source_id
  from evidence
  join one_place on flow_id = record_id
  where "table" = 'flows' and stance = 'supports' and claim in ('use', 'access')
)
select 'flow_status', flow_status._row, 'started',
  format('unknown from {}, but "{}" of {} shows the flow', flow_status.started, min_by(source_id, day || source_id), min(day))
from flow_status
join shown on shown.flow_id = flow_status.flow_id and shown.jurisdiction_id = flow_status.jurisdiction_id
join issued on issued.id = source_id
where status = 'unknown' and before(started, day) and (ended is null or before(day, ended))
group by flow_status._row, flow_status.started
