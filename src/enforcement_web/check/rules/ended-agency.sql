-- title: An agency that is gone has no flow in force
-- why: Nothing can pass from or to a body that no longer exists.
-- mend: End the status of the flow, or give its successor a flow of its own.
-- severity: error
-- tables: agencies, flows, flow_status
-- bad: {"agencies": [{"id": "ins", "dissolved": "2003-03-01"}], "flows": [{"id": "f", "target_agency_id": "ins"}], "flow_status": [{"id": "s", "flow_id": "f", "status": "active"}]}
-- good: {"agencies": [{"id": "ins", "dissolved": "2003-03-01"}], "flows": [{"id": "f", "target_agency_id": "ins"}], "flow_status": [{"id": "s", "flow_id": "f", "status": "ended"}]}
select 'flow_status', flow_status._row, 'status',
  format('"{}" is {}, but agency "{}" was dissolved on {}', flow_id, status, agencies.id, dissolved)
from flow_status
join flows on flows.id = flow_id
join agencies on agencies.id in (source_agency_id, target_agency_id)
where dissolved is not null and flow_status.ended is null and status in ('active', 'limited', 'planned')
