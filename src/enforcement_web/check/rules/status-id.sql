-- title: The id of a status begins with its flow's id
-- why: Whoever reads the id alone must see which flow it is about; a wrong flow then shows at once.
-- mend: Correct flow_id, or give a new row an id such as the flow's id, the place and the date.
-- severity: error
-- tables: flow_status
-- bad: {"flow_status": [{"id": "jail-list-to-ice-us", "flow_id": "ice-jail-access"}]}
-- good: {"flow_status": [{"id": "ice-jail-access-us", "flow_id": "ice-jail-access"}]}
select 'flow_status', _row, 'flow_id', format('the id "{}" does not begin with "{}-"', id, flow_id)
from flow_status
where not starts_with(id, flow_id || '-')
