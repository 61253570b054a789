-- title: A text from before a status began does not show it
-- why: What was written before something began can announce it, and cannot have seen it.
-- mend: Correct the beginning of the status or the date of the source; if the text only announces it, its stance is context.
-- severity: error
-- tables: evidence, flow_status, sources
-- bad: {"flow_status": [{"id": "s", "started": "2020"}], "sources": [{"id": "a", "issued": {"date-parts": [[2018]]}}], "evidence": [{"table": "flow_status", "record_id": "s", "source_id": "a", "claim": "use", "stance": "supports"}]}
-- good: {"flow_status": [{"id": "s", "started": "2020"}], "sources": [{"id": "a", "issued": {"date-parts": [[2018]]}}], "evidence": [{"table": "flow_status", "record_id": "s", "source_id": "a", "claim": "use", "stance": "context"}]}
-- Laws, orders and agreements, which take effect later, are claims of authority or limit.
with issued as (
  select id, date_of(issued) as day from sources where issued is not null
)
select 'evidence', evidence._row, 'stance', format('the text is of {}, the status begins on {}', day, started)
from evidence
join flow_status on flow_status.id = record_id
join issued on issued.id = evidence.source_id
where evidence."table" = 'flow_status' and stance = 'supports' and claim in ('use', 'access')
  and before(day, started)
