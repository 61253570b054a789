-- title: An answer is set off by whoever asked, or by a system
-- why: In an answer the data goes to the one who asked, so the target set it off, unless a system answers by itself.
-- mend: Set initiated_by to target or system, or empty responds_to when the step is not an answer.
-- severity: error
-- tables: flows
-- bad: {"flows": [{"id": "a", "responds_to": "b", "initiated_by": "source"}, {"id": "b"}]}
-- good: {"flows": [{"id": "a", "responds_to": "b", "initiated_by": "target"}, {"id": "b"}]}
select 'flows', _row, 'initiated_by', format('"{}" answers "{}", so it is set off by the target or a system', id, responds_to)
from flows
where responds_to is not null and initiated_by = 'source'
