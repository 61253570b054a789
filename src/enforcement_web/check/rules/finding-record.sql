-- title: A finding points at records that exist
-- why: A finding shows what the 2017 report said and which rows carry it today.
-- mend: Correct the table or the id in the finding's records.
-- severity: error
-- tables: findings
-- bad: {"flows": [{"id": "a"}], "findings": [{"id": "f", "records": [{"table": "flows", "id": "b"}]}]}
-- good: {"flows": [{"id": "a"}], "findings": [{"id": "f", "records": [{"table": "flows", "id": "a"}]}]}
with link as (
  select _row, unnest(from_json(records, '[{"table": "VARCHAR", "id": "VARCHAR"}]')) as target,
    generate_subscripts(from_json(records, '[{"table": "VARCHAR", "id": "VARCHAR"}]'), 1) - 1 as place
  from findings
  where records is not null
)
select 'findings', _row, format('records/{}/id', place), format('"{}" is not in {}', target.id, target."table")
from link
join _tables on table_name = target."table"
where not exists (
  select 1 from _records as record where record.table_name = target."table" and record.id = target.id
)
