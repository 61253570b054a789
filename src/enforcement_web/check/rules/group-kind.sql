-- title: A member is of its group's kind
-- why: A group stands for bodies or systems of one kind, so that what holds of the group holds of each.
-- mend: Name the right group, or correct the kind of the member or of the group.
-- severity: error
-- tables: agencies, databases
-- bad: {"agencies": [{"id": "a", "kind": "court"}, {"id": "b", "kind": "corrections", "group_id": "a"}]}
-- good: {"agencies": [{"id": "a", "kind": "court"}, {"id": "b", "kind": "court", "group_id": "a"}]}
select 'agencies', member._row, 'kind', format('"{}" is of kind {}, its group "{}" of kind {}', member.id, member.kind, whole.id, whole.kind)
from agencies as member join agencies as whole on whole.id = member.group_id
where whole.kind <> member.kind
union all
select 'databases', member._row, 'kind', format('"{}" is of kind {}, its group "{}" of kind {}', member.id, member.kind, whole.id, whole.kind)
from databases as member join databases as whole on whole.id = member.group_id
where whole.kind <> member.kind
