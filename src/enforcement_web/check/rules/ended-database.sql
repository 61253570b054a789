-- title: A database that has ended has no flow in force
-- why: Nothing can pass from or to a system that no longer runs.
-- mend: End the status of the flow, or correct the database's status and end.
-- severity: error
-- tables: databases, flows, flow_status
-- bad: {"databases": [{"id": "d", "status": "retired", "ended": "2014"}], "flows": [{"id": "f", "source_database_id": "d"}], "flow_status": [{"id": "s", "flow_id": "f", "status": "active"}]}
-- good: {"databases": [{"id": "d", "status": "retired", "ended": "2014"}], "flows": [{"id": "f", "source_database_id": "d"}], "flow_status": [{"id": "s", "flow_id": "f", "status": "ended"}]}
select 'flow_status', flow_status._row, 'status',
  format('"{}" is {}, but database "{}" has ended{}', flow_id, flow_status.status, databases.id, coalesce(' on ' || databases.ended, ''))
from flow_status
join flows on flows.id = flow_id
join databases on databases.id in (source_database_id, target_database_id, network_id)
where (databases.status = 'retired' or databases.ended is not null)
  and flow_status.ended is null
  and flow_status.status in ('active', 'limited', 'planned')
