-- title: A text is not read before it was issued
-- why: One of the two dates is wrong.
-- mend: Check the day of issue in data/sources.json and the day of reading.
-- severity: error
-- tables: evidence, sources
-- bad: {"evidence": [{"source_id": "a", "read_on": "2026-01-01"}], "sources": [{"id": "a", "issued": {"date-parts": [[2026, 2]]}}]}
-- good: {"evidence": [{"source_id": "a", "read_on": "2026-02-01"}], "sources": [{"id": "a", "issued": {"date-parts": [[2026, 2]]}}]}
with dated as (
  select id, date_of(issued) as issued from sources where issued is not null
)
select 'evidence', _row, 'read_on', format('"{}" was issued on {}', source_id, dated.issued)
from evidence join dated on dated.id = source_id
where before(read_on, dated.issued)
