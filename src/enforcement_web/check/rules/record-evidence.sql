-- title: Every record has evidence
-- why: A statement that nobody can look up is a rumor. Each record says which text was read for it.
-- mend: Add a row to data/evidence.csv with the record's table and id, the source, the place in it and what it says.
-- severity: error
-- tables: evidence
-- bad: {"agencies": [{"id": "ice"}], "evidence": []}
-- good: {"agencies": [{"id": "ice"}], "evidence": [{"table": "agencies", "record_id": "ice"}]}
-- While evidence of a table points at no record, nobody can tell which record it was meant for.
with astray as (
  select distinct "table" as table_name
  from evidence
  where not exists (
    select 1 from _records as record where record.table_name = evidence."table" and record.id = evidence.record_id
  )
)
select record.table_name, record._row, 'id', format('"{}" has no evidence; add a row to data/evidence.csv', record.id)
from _records as record
join _tables on _tables.table_name = record.table_name
where needs_evidence = 'true'
  and record.id is not null
  and not exists (
    select 1 from evidence where evidence."table" = record.table_name and evidence.record_id = record.id
  )
  and record.table_name not in (select table_name from astray)
