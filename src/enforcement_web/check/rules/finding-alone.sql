-- title: A finding can be read alone
-- why: Findings are shown beside records, in cards and in tables; what an opening pronoun points to is not there.
-- mend: Name the document, body or system that the finding speaks of.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "laws", "record_id": "a", "source_id": "s", "locator": "1", "claim": "existence", "finding": "It says that the system was set up in 2015."}]}
-- good: {"evidence": [{"table": "laws", "record_id": "a", "source_id": "s", "locator": "1", "claim": "existence", "finding": "The notice says that the system was set up in 2015."}]}
select 'evidence', _row, 'finding', format('begins with "{}"', regexp_extract(finding, '^\w+'))
from evidence
where regexp_matches(finding, '^(It|Its|This|These|That|Those|They|Their|He|She|Such)\b')
