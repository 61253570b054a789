-- title: A law stands in the table once
-- why: Two records of one law split its flows and its evidence between them.
-- mend: Keep one of the two, move what rests on the other to it, and lead the other's id to it in redirects.
-- severity: error
-- tables: laws
-- bad: {"laws": [{"id": "a", "title": "Rule on samples", "jurisdiction_id": "US", "enacted": "2020-03-09"}, {"id": "b", "title": "Rule on Samples", "jurisdiction_id": "US", "enacted": "2020-03-09"}]}
-- good: {"laws": [{"id": "a", "title": "Rule on samples", "jurisdiction_id": "US", "enacted": "2020-03-09"}, {"id": "b", "title": "Rule on Samples", "jurisdiction_id": "US", "enacted": "2021-03-09"}]}
select 'laws', later._row, 'title', format('"{}" has the same title, place and day', earlier.id)
from laws as later
join laws as earlier
  on plain_name(earlier.title) = plain_name(later.title)
  and earlier.jurisdiction_id = later.jurisdiction_id
  and earlier.enacted = later.enacted
  and earlier._row < later._row
