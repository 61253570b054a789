-- title: A released id stays, or leads on
-- why: Whoever cited the record must find it, or learn what became of it.
-- mend: Put the record back, or add a row to data/reference/redirects.csv with the id that carries it now, or none when it was withdrawn.
-- severity: error
-- tables: released_ids, redirects
-- bad: {"released_ids": [{"table": "agencies", "id": "ins", "version": "0.1.0"}]}
-- good: {"released_ids": [{"table": "agencies", "id": "ins", "version": "0.1.0"}], "redirects": [{"table": "agencies", "old_id": "ins", "new_ids": "ice"}]}
select 'released_ids', released_ids._row, 'id',
  format('"{}" is gone from {} and has no redirect', released_ids.id, released_ids."table")
from released_ids
join _tables on table_name = released_ids."table"
where not exists (select 1 from _records as record where record.table_name = released_ids."table" and record.id = released_ids.id)
  and not exists (select 1 from redirects where redirects."table" = released_ids."table" and old_id = released_ids.id)
