-- title: What a text leaves out is told of the part that was read
-- why: Of a text that was not read to its end nobody can say what it does not tell.
-- mend: Say "the part read does not", or read the whole and say so in read.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "laws", "record_id": "a", "source_id": "s", "read": "opening", "finding": "The page says that officials seek the data; it does not say that any passed."}]}
-- good: {"evidence": [{"table": "laws", "record_id": "a", "source_id": "s", "read": "opening", "finding": "The page says that officials seek the data; the part read does not say that any passed."}]}
select 'evidence', _row, 'finding', format('speaks of the whole text, of which only the {} was read', read)
from evidence
where read <> 'full'
  and regexp_matches(finding, '; (it|they|the page|the text) ((do|does) not|gives no|names no|says nothing) ')
