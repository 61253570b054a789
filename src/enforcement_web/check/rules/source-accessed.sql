-- title: A source was accessed on the last day that evidence was read in it
-- why: Whoever cites the source gives the day on which its text was seen.
-- mend: Set accessed to the latest read_on of the evidence that cites the source.
-- severity: error
-- tables: sources, evidence
-- bad: {"sources": [{"id": "a", "accessed": {"date-parts": [[2026, 11, 1]]}}], "evidence": [{"source_id": "a", "read_on": "2026-11-02"}]}
-- good: {"sources": [{"id": "a", "accessed": {"date-parts": [[2026, 11, 2]]}}], "evidence": [{"source_id": "a", "read_on": "2026-11-02"}]}
with last_read as (
  select source_id, max(read_on) as day from evidence where length(read_on) = 10 group by source_id
)
select 'sources', _row, 'accessed', format('evidence was last read in "{}" on {}', id, day)
from sources join last_read on source_id = id
where date_of(accessed) <> day
