-- title: Two texts are not summed up in the same words
-- why: A finding that fits any source was not read in this one.
-- mend: Say of each text what it says.
-- severity: error
-- tables: evidence, sources
-- bad: {"evidence": [{"table": "flows", "record_id": "f", "source_id": "a", "finding": "It runs."}, {"table": "flows", "record_id": "f", "source_id": "b", "finding": "It runs."}], "sources": [{"id": "a"}, {"id": "b"}]}
-- good: {"evidence": [{"table": "flows", "record_id": "f", "source_id": "a", "finding": "It runs."}, {"table": "flow_status", "record_id": "s", "source_id": "a", "finding": "It runs."}]}
select 'evidence', max(_row), 'finding', format('{} sources have this same finding', count(distinct source_id))
from evidence
where source_id in (select id from sources)
group by finding
having count(distinct source_id) > 1
