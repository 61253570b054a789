-- title: The Federal Register is cited in one form
-- why: One form can be searched, sorted and linked.
-- mend: In laws write 84 Fed. Reg. 54182; in the number of a source write 84 FR 54182. Without a page write FR Doc. 2019-21585.
-- severity: error
-- tables: laws, sources
-- bad: {"laws": [{"id": "a", "citation": "84 FR 54182"}]}
-- good: {"laws": [{"id": "a", "citation": "84 Fed. Reg. 54182"}], "sources": [{"id": "s", "number": "84 FR 54182"}]}
select 'laws', _row, 'citation', format('"{}" does not cite the Federal Register in its form', citation)
from laws
where regexp_matches(citation, '\bFR\b|Fed(\.|eral) ?Reg')
  and not regexp_matches(citation, '[0-9]{1,3} Fed\. Reg\. [0-9]{1,6}(\D|$)|^FR Doc\. [0-9A-Z]+-[0-9]+(\D|$)')
union all
select 'sources', _row, 'number', format('"{}" does not cite the Federal Register in its form', number)
from sources
where regexp_matches(number, '\bF\.?R\.?\b|Fed(\.|eral) ?Reg')
  and not regexp_matches(number, '^([0-9]{1,3} FR [0-9]{1,6}|FR Doc\. [0-9A-Z]+-[0-9]+)$')
