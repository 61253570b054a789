-- title: A redirect leads from a retired id to one in use
-- why: Whoever cites an old id must arrive at the record that carries it now.
-- mend: Remove the redirect while the old id is in use; correct the new id, or leave it empty when the record was withdrawn.
-- severity: error
-- tables: redirects
-- bad: {"agencies": [{"id": "ice"}], "redirects": [{"table": "agencies", "old_id": "ins", "new_ids": "icee"}]}
-- good: {"agencies": [{"id": "ice"}], "redirects": [{"table": "agencies", "old_id": "ins", "new_ids": "ice"}]}
select 'redirects', _row, 'new_ids', format('"{}" is not in {}', new_id, old."table")
from (select _row, "table", unnest(string_split(new_ids, ';')) as new_id from redirects) as old
join _tables on table_name = old."table"
where not exists (select 1 from _records as record where record.table_name = old."table" and record.id = new_id)
union all
select 'redirects', redirects._row, 'old_id', format('"{}" is still an id in {}', old_id, redirects."table")
from redirects
join _records as record on record.table_name = redirects."table" and record.id = old_id
