-- title: Evidence for a law's effect claims that effect
-- why: What lets a flow happen is authority, what stops or narrows it is a limit; the two must not be mixed.
-- mend: Correct the claim of the evidence, or the effect of the law.
-- severity: error
-- tables: flow_laws, evidence
-- bad: {"flow_laws": [{"id": "a", "effect": "authorizes"}], "evidence": [{"table": "flow_laws", "record_id": "a", "claim": "limit", "stance": "supports"}]}
-- good: {"flow_laws": [{"id": "a", "effect": "authorizes"}], "evidence": [{"table": "flow_laws", "record_id": "a", "claim": "authority", "stance": "supports"}]}
select 'evidence', evidence._row, 'claim', format('the claim is {}, but "{}" {} the flow', claim, record_id, effect)
from evidence join flow_laws on flow_laws.id = record_id
where evidence."table" = 'flow_laws' and stance = 'supports'
  and claim <> case when effect in ('authorizes', 'requires') then 'authority' else 'limit' end
