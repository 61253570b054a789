-- title: Every term is used
-- why: A word that no record uses is a word that nobody has tried.
-- mend: Use it, or remove it and run make schemas. A term that planned records need is excepted in data/reference/exceptions.csv.
-- severity: warning
-- tables: terms
-- bad: {"terms": [{"vocabulary": "mechanism", "term": "court-order"}]}
-- good: {"terms": [{"vocabulary": "mechanism", "term": "court-order"}], "flows": [{"id": "f", "mechanism": "court-order"}]}
select 'terms', _row, 'term', format('no record uses "{}" of {}', term, vocabulary)
from terms
where exists (select 1 from _vocabularies where _vocabularies.vocabulary = terms.vocabulary)
  and not exists (select 1 from _uses where _uses.vocabulary = terms.vocabulary and _uses.term = terms.term)
