-- title: One address is one source
-- why: Two sources for one page look like two independent texts.
-- mend: Let the evidence of both cite one of them, and redirect the id that goes.
-- severity: error
-- tables: sources
-- bad: {"sources": [{"id": "a", "URL": "https://www.ice.gov/lesc"}, {"id": "b", "URL": "https://www.ice.gov/lesc/"}]}
-- good: {"sources": [{"id": "a", "URL": "https://www.ice.gov/lesc"}, {"id": "b", "URL": "https://www.ice.gov/perc"}]}
-- Capitals, a last slash, www. and http for https make no other address.
with addressed as (
  select _row, id, regexp_replace(rtrim(lower(URL), '/'), '^https?://(www\.)?', '') as address from sources
)
select 'sources', later._row, 'URL', format('"{}" has the same address', earlier.id)
from addressed as later join addressed as earlier on earlier.address = later.address and earlier._row < later._row
