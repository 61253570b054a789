-- title: A law governs only its own place
-- why: A state's law cannot set the status of a flow in another state.
-- mend: Name the law that holds there, or correct the place.
-- severity: error
-- tables: flow_status, laws, jurisdictions
-- bad: {"jurisdictions": [{"id": "US-WA"}, {"id": "US-CA"}], "laws": [{"id": "l", "jurisdiction_id": "US-WA"}], "flow_status": [{"id": "a", "jurisdiction_id": "US-CA", "law_id": "l"}]}
-- good: {"jurisdictions": [{"id": "US"}, {"id": "US-CA", "parent_id": "US"}], "laws": [{"id": "l", "jurisdiction_id": "US"}], "flow_status": [{"id": "a", "jurisdiction_id": "US-CA", "law_id": "l"}]}
select 'flow_status', flow_status._row, 'law_id',
  format('"{}" holds in {}, not in {}', law_id, laws.jurisdiction_id, flow_status.jurisdiction_id)
from flow_status join laws on laws.id = law_id
where exists (select 1 from jurisdictions where id = flow_status.jurisdiction_id)
  and not exists (
    select 1 from _within where place = flow_status.jurisdiction_id and whole = laws.jurisdiction_id
  )
