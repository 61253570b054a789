-- title: The United States Code is cited in one form
-- why: One form can be searched, sorted and linked.
-- mend: Write the title, U.S.C., the section sign and the section, such as 8 U.S.C. § 1373 or 8 U.S.C. §§ 1302-1306.
-- severity: error
-- tables: laws
-- bad: {"laws": [{"id": "a", "citation": "8 USC 1373"}]}
-- good: {"laws": [{"id": "a", "citation": "8 U.S.C. § 1373"}, {"id": "b", "citation": "Pub. L. 114-126 (5 U.S.C. § 552a note)"}]}
select 'laws', _row, 'citation', format('"{}" does not cite the United States Code in its form', citation)
from laws
where regexp_matches(citation, '\bU\.? ?S\.? ?C\b')
  and not regexp_matches(citation, '[0-9]+ U\.S\.C\. §§? [0-9]+[a-z]*(-[0-9]+)?')
