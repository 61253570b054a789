-- title: A group has members
-- why: A group stands for its members in each place; without any, a question about a place ends at the group.
-- mend: Name the group in group_id of a row that belongs to it, or set is_group to false.
-- severity: warning
-- tables: agencies, databases
-- bad: {"agencies": [{"id": "a", "is_group": "true"}]}
-- good: {"agencies": [{"id": "a", "is_group": "true"}, {"id": "b", "is_group": "false", "group_id": "a"}]}
select 'agencies', _row, 'is_group', format('no row names the group "{}"', id)
from agencies
where is_group = 'true' and not exists (select 1 from agencies as member where member.group_id = agencies.id)
union all
select 'databases', _row, 'is_group', format('no row names the group "{}"', id)
from databases
where is_group = 'true' and not exists (select 1 from databases as member where member.group_id = databases.id)
