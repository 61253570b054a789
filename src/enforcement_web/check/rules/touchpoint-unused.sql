-- title: Every touchpoint begins a flow
-- why: Whoever asks what follows from a moment must get an answer.
-- mend: Name the touchpoint in the flow that begins there, or remove it and ask in data/gaps.csv.
-- severity: error
-- tables: touchpoints, flows
-- bad: {"touchpoints": [{"id": "t"}], "flows": [{"id": "f"}]}
-- good: {"touchpoints": [{"id": "t"}], "flows": [{"id": "f", "touchpoint_id": "t"}]}
select 'touchpoints', _row, 'id', format('no flow begins at "{}"', id)
from touchpoints
where id is not null and not exists (select 1 from flows where touchpoint_id = touchpoints.id)
