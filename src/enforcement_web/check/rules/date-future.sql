-- title: What was done is not dated in the future
-- why: A day of reading, of search or of issue that has not come yet is a slip of the pen.
-- mend: Correct the date. What is only planned has the status planned.
-- severity: error
-- tables: evidence, gaps, redirects, sources, findings, flow_status
-- bad: {"gaps": [{"id": "g", "looked_on": "2999-01-01"}]}
-- good: {"gaps": [{"id": "g", "looked_on": "2026-11-01"}]}
with dated as (
  select 'evidence' as table_name, _row, 'read_on' as field, read_on as day from evidence
  union all select 'gaps', _row, 'looked_on', looked_on from gaps
  union all select 'redirects', _row, 'retired_on', retired_on from redirects
  union all select 'sources', _row, 'accessed', date_of(accessed) from sources
  union all select 'sources', _row, 'issued', date_of(issued) from sources
  union all select 'findings', _row, 'as_of', as_of from findings
  union all select 'flow_status', _row, 'started', started from flow_status where status <> 'planned'
)
select table_name, _row, field, format('"{}" is after today, {}', day, today)
from dated, _clock
where before(today, day)
