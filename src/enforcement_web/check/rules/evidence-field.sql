-- title: Evidence names a column of its record's table
-- why: A reader who asks how we know a date must find the row that says so.
-- mend: Write the name of a column of that table, or leave the field empty when the evidence bears on the whole record.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "agencies", "record_id": "ice", "field": "begun"}]}
-- good: {"evidence": [{"table": "agencies", "record_id": "ice", "field": "founded"}]}
select 'evidence', _row, 'field', format('"{}" is not a column of {}', field, evidence."table")
from evidence
join _tables on table_name = evidence."table"
where field is not null
  and not exists (
    select 1 from _columns as known where known.table_name = evidence."table" and known.column_name = field
  )
