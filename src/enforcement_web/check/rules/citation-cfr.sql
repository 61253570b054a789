-- title: The Code of Federal Regulations is cited in one form
-- why: One form can be searched, sorted and linked.
-- mend: Write the title, C.F.R. and the section or part, such as 8 C.F.R. § 287.7 or 28 C.F.R. Part 20.
-- severity: error
-- tables: laws
-- bad: {"laws": [{"id": "a", "citation": "8 CFR 287.7"}]}
-- good: {"laws": [{"id": "a", "citation": "8 C.F.R. § 287.7"}, {"id": "b", "citation": "28 C.F.R. Part 20"}]}
select 'laws', _row, 'citation', format('"{}" does not cite the Code of Federal Regulations in its form', citation)
from laws
where regexp_matches(citation, '\bC\.? ?F\.? ?R\b')
  and not regexp_matches(citation, '[0-9]+ C\.F\.R\. (§§? [0-9]+\.[0-9]+|Part [0-9]+)')
