-- title: An action names a flow once
-- why: A flow that stands twice in an action would count twice when actions are compared.
-- mend: Keep one entry for the flow, with the stronger effect.
-- severity: error
-- tables: actions
-- bad: {"actions": [{"id": "a", "interrupts": [{"flow_id": "f", "effect": "stops"}, {"flow_id": "f", "effect": "narrows"}]}]}
-- good: {"actions": [{"id": "a", "interrupts": [{"flow_id": "f", "effect": "stops"}, {"flow_id": "g", "effect": "stops"}]}]}
with listed as (
  select _row, list_transform(from_json(interrupts, '[{"flow_id": "VARCHAR"}]'), lambda entry: entry.flow_id) as flows
  from actions
  where interrupts is not null
)
select 'actions', _row, 'interrupts', format('"{}" stands here twice', flow)
from (select _row, unnest(flows) as flow from listed)
group by _row, flow
having count(*) > 1
