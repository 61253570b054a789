-- title: A flow's history does not stop
-- why: After the last row ends nobody can tell what holds; even a flow that is over has the status ended from then on.
-- mend: Add a row that begins when the last one ends, with the status ended, blocked or unknown.
-- severity: error
-- tables: flow_status
-- bad: {"flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2010", "ended": "2012"}]}
-- good: {"flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2010", "ended": "2012"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US", "started": "2012"}]}
select 'flow_status', max_by(_row, started), 'ended',
  format('the history of "{}" in {} stops here', flow_id, jurisdiction_id)
from flow_status
group by flow_id, jurisdiction_id
having bool_and(ended is not null) and not bool_or(before(ended, started))
