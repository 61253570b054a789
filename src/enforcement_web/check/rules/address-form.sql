-- title: Addresses are plain and whole
-- why: A tracker tells a third party who follows the link, and two spellings of one address look like two sources.
-- mend: Remove tracking parameters, ports and user names, and write the host in lower case.
-- severity: error
-- tables: agencies, agreements, sources
-- bad: {"sources": [{"id": "a", "URL": "https://www.ice.gov/lesc?utm_source=x"}]}
-- good: {"sources": [{"id": "a", "URL": "https://www.ice.gov/lesc"}]}
with listed as (
  select 'agencies' as table_name, _row, 'website' as field, website as address from agencies
  union all select 'agreements', _row, 'agreement_url', agreement_url from agreements
  union all select 'agreements', _row, 'addendum_url', addendum_url from agreements
  union all select 'sources', _row, 'URL', URL from sources
)
select table_name, _row, field, format('"{}" {}', address,
  case
    when regexp_matches(address, '[?&](utm_[a-z]+|fbclid|gclid|mc_[ce]id|oref|igshid)=') then 'carries a tracker'
    when regexp_matches(address, '^https?://[^/?#]*[A-Z]') then 'has capitals in its host'
    when regexp_matches(address, '^https?://[^/?#]*@') then 'holds a user name'
    when regexp_matches(address, '^https?://[^/?#]*:[0-9]+') then 'names a port'
    else 'has a space or a backslash in it'
  end)
from listed
where regexp_matches(address, '[?&](utm_[a-z]+|fbclid|gclid|mc_[ce]id|oref|igshid)=|^https?://[^/?#]*([A-Z@]|:[0-9])|[ \\]')
