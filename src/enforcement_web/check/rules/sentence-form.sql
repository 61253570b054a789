-- title: Summaries and findings are sentences
-- why: A text that breaks off or begins in the middle cannot be understood alone.
-- mend: Begin with a capital letter, a digit or a quotation mark, and end with a full stop.
-- severity: error
-- tables: agencies, databases, flows, flow_status, laws, touchpoints, evidence
-- bad: {"flows": [{"id": "f", "summary": "fingerprints are sent to"}]}
-- good: {"flows": [{"id": "f", "summary": "Fingerprints are sent to the bureau."}]}
with prose as (
  select 'agencies' as table_name, _row, 'summary' as field, summary as words from agencies
  union all select 'databases', _row, 'summary', summary from databases
  union all select 'flows', _row, 'summary', summary from flows
  union all select 'flow_status', _row, 'summary', summary from flow_status
  union all select 'laws', _row, 'summary', summary from laws
  union all select 'touchpoints', _row, 'summary', summary from touchpoints
  union all select 'evidence', _row, 'finding', finding from evidence
)
select table_name, _row, field, 'is not a whole sentence'
from prose
where not regexp_matches(words, '^["''(§$]*[A-Z0-9eN].*[.?!]["'')]*$')
