-- title: Every flow has a status for the place that holds its other places
-- why: The row of the widest place tells what holds where no other row does.
-- mend: Add a status for US, or for the one state or city that the flow is about.
-- severity: error
-- tables: flows, flow_status, jurisdictions
-- bad: {"flows": [{"id": "f"}], "jurisdictions": [{"id": "US-NC"}, {"id": "US-WA"}], "flow_status": [{"id": "s", "flow_id": "f", "jurisdiction_id": "US-NC"}, {"id": "t", "flow_id": "f", "jurisdiction_id": "US-WA"}]}
-- good: {"flows": [{"id": "f"}], "jurisdictions": [{"id": "US"}, {"id": "US-NC", "parent_id": "US"}], "flow_status": [{"id": "s", "flow_id": "f", "jurisdiction_id": "US"}, {"id": "t", "flow_id": "f", "jurisdiction_id": "US-NC"}]}
with places as (
  select distinct flow_id, jurisdiction_id from flow_status where jurisdiction_id in (select id from jurisdictions)
), widest as (
  select one.flow_id
  from places as one
  where not exists (
    select 1 from places as other
    where other.flow_id = one.flow_id
      and not exists (select 1 from _within where place = other.jurisdiction_id and whole = one.jurisdiction_id)
  )
)
select 'flows', _row, 'id', format('"{}" has statuses in several places, and none for the place that holds them all', id)
from flows
where id in (select flow_id from places) and id not in (select flow_id from widest)
