-- title: A member names a group row
-- why: A group row stands for its members in every place; a row that is not a group cannot.
-- mend: Set is_group to true on the row that the member names, or name another.
-- severity: error
-- tables: agencies, databases
-- bad: {"agencies": [{"id": "a", "is_group": "false"}, {"id": "b", "group_id": "a"}]}
-- good: {"agencies": [{"id": "a", "is_group": "true"}, {"id": "b", "group_id": "a"}]}
select 'agencies', member._row, 'group_id', format('"{}" is not a group row', member.group_id)
from agencies as member join agencies as whole on whole.id = member.group_id
where whole.is_group is distinct from 'true'
union all
select 'databases', member._row, 'group_id', format('"{}" is not a group row', member.group_id)
from databases as member join databases as whole on whole.id = member.group_id
where whole.is_group is distinct from 'true'
