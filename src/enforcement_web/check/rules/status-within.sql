-- title: A place's status lies within the history of the wider place
-- why: A flow that begins in a state before it begins anywhere, or runs on there after it ended everywhere, has a wrong date.
-- mend: Check both dates in their sources; if the wider place's date is only the first one known, its start_is is by.
-- severity: error
-- tables: flow_status, jurisdictions
-- bad: {"jurisdictions": [{"id": "US"}, {"id": "US-WA", "parent_id": "US"}], "flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2010", "start_is": "on", "status": "active"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US-WA", "started": "2008", "status": "active"}]}
-- good: {"jurisdictions": [{"id": "US"}, {"id": "US-WA", "parent_id": "US"}], "flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2010", "start_is": "by", "status": "active"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US-WA", "started": "2008", "status": "active"}]}
-- The wider place is the widest one that the flow has a status for.
with history as (
  select flow_id, jurisdiction_id as whole, min_by(started, started) as begun, min_by(start_is, started) as begun_is,
    if(bool_or(ended is null), null, max(ended)) as over
  from flow_status
  group by all
)
select 'flow_status', status._row, 'started',
  if(before(status.started, begun),
    format('begins before the flow begins in {}, {}', _within.whole, begun),
    format('begins after the flow is over in {}, {}', _within.whole, over))
from flow_status as status
join _within on place = status.jurisdiction_id and _within.whole <> place
join history on history.flow_id = status.flow_id and history.whole = _within.whole
where not exists (
    select 1
    from _within as wider join history as around on around.whole = wider.whole
    where wider.place = history.whole and wider.whole <> wider.place and around.flow_id = history.flow_id
  )
  and status.status in ('active', 'limited', 'paused')
  and ((begun_is = 'on' and before(status.started, begun)) or not before(status.started, over))
