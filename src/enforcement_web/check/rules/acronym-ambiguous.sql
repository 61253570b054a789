-- title: An acronym means one thing
-- why: Readers who search for an acronym must not find another system under it.
-- mend: Use the acronym that the documents of each use; if both really share it, say so in data/reference/exceptions.csv.
-- severity: warning
-- tables: agencies, databases, jurisdictions
-- bad: {"jurisdictions": [{"id": "US"}], "databases": [{"id": "a", "acronym": "CIS", "jurisdiction_id": "US"}, {"id": "b", "acronym": "CIS", "jurisdiction_id": "US"}]}
-- good: {"jurisdictions": [{"id": "US"}, {"id": "US-CA", "parent_id": "US"}, {"id": "US-UT", "parent_id": "US"}], "agencies": [{"id": "a", "acronym": "DMV", "jurisdiction_id": "US-CA"}, {"id": "b", "acronym": "DMV", "jurisdiction_id": "US-UT"}]}
-- Records of places apart from each other may share one, and so may a group and its members.
with named as (
  select 'agencies' as table_name, _row, id, acronym, group_id, jurisdiction_id as place from agencies
  union all select 'databases', _row, id, acronym, group_id, jurisdiction_id from databases
)
select later.table_name, later._row, 'acronym', format('"{}" also stands for "{}"', later.acronym, earlier.id)
from named as later join named as earlier using (table_name, acronym)
where earlier._row < later._row
  and earlier.id is distinct from later.group_id
  and later.id is distinct from earlier.group_id
  and exists (
    select 1 from _within
    where (place = earlier.place and whole = later.place) or (place = later.place and whole = earlier.place)
  )
