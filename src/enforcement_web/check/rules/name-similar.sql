-- title: Names that differ by a letter or two name different things
-- why: A slip of the pen makes a second row for the same thing.
-- mend: Merge the two and redirect the id that goes; if both are right, say so in data/reference/exceptions.csv.
-- severity: warning
-- tables: agencies, databases
-- bad: {"agencies": [{"id": "a", "name": "Bureau of Prisons", "jurisdiction_id": "US"}, {"id": "b", "name": "Bureau of Prison", "jurisdiction_id": "US"}]}
-- good: {"agencies": [{"id": "a", "name": "Office of Privacy", "jurisdiction_id": "US"}, {"id": "b", "name": "Office of Records", "jurisdiction_id": "US"}]}
with named as (
  select 'agencies' as table_name, _row, id, plain_name(name) as name, jurisdiction_id as place from agencies
  union all select 'databases', _row, id, plain_name(name), jurisdiction_id from databases
)
select later.table_name, later._row, 'name', format('the name is nearly that of "{}"', earlier.id)
from named as later join named as earlier using (table_name, place)
where earlier._row < later._row
  and abs(length(earlier.name) - length(later.name)) <= 2
  and levenshtein(earlier.name, later.name) between 1 and 2
