-- title: Executive orders of the President are cited in one form
-- why: One form can be searched, sorted and linked.
-- mend: Write the number and the Federal Register citation, such as Exec. Order No. 14159, 90 Fed. Reg. 8443; while the number is not known, the day and the matter.
-- severity: error
-- tables: laws
-- bad: {"laws": [{"id": "a", "kind": "executive-order", "jurisdiction_id": "US", "citation": "EO 14159"}]}
-- good: {"laws": [{"id": "a", "kind": "executive-order", "jurisdiction_id": "US", "citation": "Exec. Order No. 14159, 90 Fed. Reg. 8443"}]}
select 'laws', _row, 'citation', format('"{}" does not cite an executive order in its form', citation)
from laws
where kind = 'executive-order' and jurisdiction_id = 'US'
  and not regexp_matches(citation, '^(Exec\. Order|Proclamation) No\. [0-9]{4,5}(, [0-9]{2,3} Fed\. Reg\. [0-9]{1,6})?$|^(Executive order|Proclamation) of [A-Z][a-z]+ [0-9]{1,2}, [0-9]{4} [(].+[)]$')
