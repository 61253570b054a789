-- title: The id of a link holds the ids of its flow and its law
-- why: A wrong flow or law then shows at once.
-- mend: Correct flow_id or law_id, or give a new row the flow's id, a hyphen and the law's id.
-- severity: error
-- tables: flow_laws
-- bad: {"flow_laws": [{"id": "f-l", "flow_id": "f", "law_id": "k"}]}
-- good: {"flow_laws": [{"id": "f-l", "flow_id": "f", "law_id": "l"}]}
select 'flow_laws', _row, if(starts_with(id, flow_id || '-'), 'law_id', 'flow_id'),
  format('the id "{}" does not hold "{}" and then "{}"', id, flow_id, law_id)
from flow_laws
where not starts_with(id, flow_id || '-') or not contains(substr(id, length(flow_id) + 1), '-' || law_id)
