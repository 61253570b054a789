-- title: Nothing supports that a status is unknown
-- why: Unknown says that no text read shows the flow in the period; a text that supports it shows the flow.
-- mend: Make the stance context; or let the status before it run on for as long as the text shows the flow.
-- severity: error
-- tables: evidence, flow_status
-- bad: {"flow_status": [{"id": "s", "status": "unknown"}], "evidence": [{"table": "flow_status", "record_id": "s", "source_id": "a", "claim": "access", "stance": "supports"}]}
-- good: {"flow_status": [{"id": "s", "status": "unknown"}], "evidence": [{"table": "flow_status", "record_id": "s", "source_id": "a", "claim": "access", "stance": "context"}]}
select 'flow_status', flow_status._row, 'status', format('unknown, but "{}" supports it', source_id)
from evidence
join flow_status on flow_status.id = record_id
where "table" = 'flow_status' and stance = 'supports' and status = 'unknown'
