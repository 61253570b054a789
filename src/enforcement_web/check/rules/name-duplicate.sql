-- title: No two records of a table have one name
-- why: The same thing in two rows splits its flows and its evidence.
-- mend: Merge the two and redirect the id that goes, or give each the name that sets it apart.
-- severity: error
-- tables: agencies, databases, laws, touchpoints, jurisdictions
-- bad: {"agencies": [{"id": "a", "name": "Bureau of Prisons", "jurisdiction_id": "US"}, {"id": "b", "name": "The bureau of  prisons.", "jurisdiction_id": "US"}]}
-- good: {"agencies": [{"id": "a", "name": "Department of Corrections", "jurisdiction_id": "US-CA"}, {"id": "b", "name": "Department of Corrections", "jurisdiction_id": "US-WA"}]}
-- Names are compared without case, punctuation and articles. Bodies of different places may share a name.
with named as (
  select 'agencies' as table_name, _row, id, plain_name(name) as name, jurisdiction_id as place, 'name' as field from agencies
  union all select 'databases', _row, id, plain_name(name), jurisdiction_id, 'name' from databases
  union all select 'laws', _row, id, plain_name(citation), jurisdiction_id, 'citation' from laws
  union all select 'touchpoints', _row, id, plain_name(name), '', 'name' from touchpoints
  union all select 'jurisdictions', _row, id, plain_name(name), coalesce(parent_id, id), 'name' from jurisdictions
)
select later.table_name, later._row, later.field, format('"{}" has the same name', earlier.id)
from named as later join named as earlier using (table_name, name, place)
where earlier._row < later._row
