-- title: Evidence points at a record that exists
-- why: Evidence for nothing is lost, and the record that it was meant for looks unsupported.
-- mend: Correct the table or the record id; the message names the nearest id.
-- severity: error
-- tables: evidence
-- bad: {"agencies": [{"id": "ice"}], "evidence": [{"table": "agencies", "record_id": "icee"}]}
-- good: {"agencies": [{"id": "ice"}], "evidence": [{"table": "agencies", "record_id": "ice"}]}
select
  'evidence',
  evidence._row,
  'record_id',
  format('"{}" is not in {}', record_id, evidence."table")
    || coalesce((
      select format(' (did you mean "{}"?)', arg_max(near.id, jaro_winkler_similarity(near.id, record_id)))
      from _records as near
      where near.table_name = evidence."table" and jaro_winkler_similarity(near.id, record_id) > 0.85
      having count(*) > 0
    ), '')
from evidence
join _tables on table_name = evidence."table"
where record_id is not null
  and not exists (select 1 from _records as record where record.table_name = evidence."table" and record.id = record_id)
