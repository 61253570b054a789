-- title: Every flow has a status
-- why: Whether a flow runs, and since when, is what people ask first.
-- mend: Add a row to data/flow_status.csv with the place, the status and the date by which it is known.
-- severity: error
-- tables: flows, flow_status
-- bad: {"flows": [{"id": "a"}], "flow_status": []}
-- good: {"flows": [{"id": "a"}], "flow_status": [{"id": "a-us", "flow_id": "a"}]}
-- While a status points at no flow, nobody can tell which flow it was meant for.
select 'flows', _row, 'id', format('"{}" has no status; add a row to data/flow_status.csv', id)
from flows
where id is not null and not exists (select 1 from flow_status where flow_id = flows.id)
  and not exists (select 1 from flow_status where flow_id not in (select id from flows))
