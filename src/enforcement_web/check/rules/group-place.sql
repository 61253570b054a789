-- title: A member is in its group's place
-- why: A group takes the place that holds all its members.
-- mend: Correct the place of the member or of the group.
-- severity: error
-- tables: agencies, databases, jurisdictions
-- bad: {"jurisdictions": [{"id": "US"}, {"id": "CA"}], "agencies": [{"id": "a", "jurisdiction_id": "US"}, {"id": "b", "jurisdiction_id": "CA", "group_id": "a"}]}
-- good: {"jurisdictions": [{"id": "US"}, {"id": "US-CA", "parent_id": "US"}], "agencies": [{"id": "a", "jurisdiction_id": "US"}, {"id": "b", "jurisdiction_id": "US-CA", "group_id": "a"}]}
with belongs as (
  select 'agencies' as table_name, _row, id, group_id, jurisdiction_id from agencies
  union all select 'databases', _row, id, group_id, jurisdiction_id from databases
)
select member.table_name, member._row, 'jurisdiction_id',
  format('{} is not in {}, the place of group "{}"', member.jurisdiction_id, whole.jurisdiction_id, whole.id)
from belongs as member join belongs as whole on whole.table_name = member.table_name and whole.id = member.group_id
where whole.jurisdiction_id <> 'ZZ'
  and exists (select 1 from jurisdictions where id = member.jurisdiction_id)
  and not exists (select 1 from _within where place = member.jurisdiction_id and _within.whole = whole.jurisdiction_id)
