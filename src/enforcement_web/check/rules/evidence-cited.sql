-- title: A text that was not read supports nothing alone
-- why: What a text says is known only to who read it; a citation of it by another can be wrong.
-- mend: Read the text, or add evidence from the text that cites it.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "laws", "record_id": "a", "stance": "supports", "read": "cited"}]}
-- good: {"evidence": [{"table": "laws", "record_id": "a", "stance": "supports", "read": "cited"}, {"table": "laws", "record_id": "a", "stance": "supports", "read": "opening"}]}
select 'evidence', min(_row), 'read', format('"{}" rests only on what others cite', record_id)
from evidence
where stance = 'supports' and record_id is not null
group by "table", record_id
having bool_and(read = 'cited')
