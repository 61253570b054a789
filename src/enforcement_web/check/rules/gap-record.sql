-- title: A gap about a record names one that exists
-- why: A question about a record must be found from the record.
-- mend: Correct the record id, or leave it empty when the record does not exist yet.
-- severity: error
-- tables: gaps
-- bad: {"flows": [{"id": "a"}], "gaps": [{"id": "g", "table": "flows", "record_id": "b"}]}
-- good: {"flows": [{"id": "a"}], "gaps": [{"id": "g", "table": "flows", "record_id": "a"}]}
select 'gaps', _row, 'record_id', format('"{}" is not in {}', record_id, gaps."table")
from gaps
join _tables on table_name = gaps."table"
where record_id is not null
  and not exists (select 1 from _records as record where record.table_name = gaps."table" and record.id = record_id)
