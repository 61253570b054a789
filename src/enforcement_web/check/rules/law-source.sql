-- title: The source of a law is evidence for it
-- why: The text that a law's row points at must have been read for it.
-- mend: Add evidence for the law from that source, or name another source.
-- severity: error
-- tables: laws, evidence, sources
-- bad: {"laws": [{"id": "a", "source_id": "s"}], "evidence": [{"table": "laws", "record_id": "a", "source_id": "t"}], "sources": [{"id": "s"}, {"id": "t"}]}
-- good: {"laws": [{"id": "a", "source_id": "s"}], "evidence": [{"table": "laws", "record_id": "a", "source_id": "s"}]}
select 'laws', _row, 'source_id', format('no evidence for "{}" is from "{}"', id, source_id)
from laws
where source_id is not null
  and not exists (
    select 1 from evidence
    where "table" = 'laws' and record_id = laws.id
      and (evidence.source_id = laws.source_id or evidence.source_id not in (select id from sources))
  )
