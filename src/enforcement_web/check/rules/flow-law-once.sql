-- title: A law bears on a flow in one way
-- why: A law that both allows and forbids a flow tells a reader nothing.
-- mend: Keep the effect that the text has on this flow; a law that lets a flow happen under conditions limits it.
-- severity: error
-- tables: flow_laws
-- bad: {"flow_laws": [{"id": "a", "flow_id": "f", "law_id": "l", "effect": "authorizes"}, {"id": "b", "flow_id": "f", "law_id": "l", "effect": "prohibits"}]}
-- good: {"flow_laws": [{"id": "a", "flow_id": "f", "law_id": "l", "effect": "authorizes"}, {"id": "b", "flow_id": "f", "law_id": "k", "effect": "prohibits"}]}
select 'flow_laws', max(_row), 'effect', format('"{}" bears on "{}" in {} rows', law_id, flow_id, count(*))
from flow_laws
where flow_id is not null and law_id is not null
group by flow_id, law_id
having count(*) > 1
