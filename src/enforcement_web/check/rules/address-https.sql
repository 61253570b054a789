-- title: Addresses of public bodies start with https
-- why: A page fetched over http can be changed on its way, and governments serve theirs over https.
-- mend: Write https. An old copy that stands only at an http address has a note that says so.
-- severity: error
-- tables: agencies, agreements, sources
-- bad: {"agencies": [{"id": "a", "website": "http://www.ice.gov"}]}
-- good: {"agencies": [{"id": "a", "website": "https://www.ice.gov"}], "sources": [{"id": "s", "URL": "http://edocket.access.gpo.gov/2010/2010-3605.htm", "note": "The copy read stands at an http address."}]}
select 'agencies', _row, 'website', format('"{}" is not an https address', website) from agencies where website like 'http:%'
union all
select 'agreements', _row, 'agreement_url', format('"{}" is not an https address', agreement_url) from agreements where agreement_url like 'http:%'
union all
select 'agreements', _row, 'addendum_url', format('"{}" is not an https address', addendum_url) from agreements where addendum_url like 'http:%'
union all
select 'sources', _row, 'URL', format('"{}" is not an https address, and no note says that the copy stands at an http address', URL)
from sources
where URL like 'http:%' and not contains(lower(coalesce(note, '')), 'http address')
