-- title: The address of a source leads to its page
-- why: The address of a site alone does not lead a reader to the text.
-- mend: Give the address of the page that was read. A text that is the site's front page has a title that names the site.
-- severity: warning
-- tables: sources
-- bad: {"sources": [{"id": "a", "type": "report", "URL": "https://www.caloes.ca.gov"}]}
-- good: {"sources": [{"id": "a", "type": "webpage", "URL": "https://www.ice.gov"}, {"id": "b", "type": "report", "URL": "https://www.ice.gov/report"}]}
select 'sources', _row, 'URL', format('"{}" is the address of a site', URL)
from sources
where regexp_matches(URL, '^https?://[^/]+/?$') and type <> 'webpage'
