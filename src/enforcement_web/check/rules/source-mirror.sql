-- title: A copy on a site that only hosts documents is marked as a mirror
-- why: The publisher is the body that issued the text, not the site that hosts a copy.
-- mend: Set custom.is_mirror to true, and publisher to the body that issued the text.
-- severity: error
-- tables: sources
-- bad: {"sources": [{"id": "a", "URL": "https://www.scribd.com/document/1", "custom": {"is_mirror": false}}]}
-- good: {"sources": [{"id": "a", "URL": "https://www.scribd.com/document/1", "custom": {"is_mirror": true}}]}
select 'sources', _row, 'custom/is_mirror', format('{} hosts documents of others', regexp_extract(URL, '^https?://([^/]+)', 1))
from sources
where (custom->>'is_mirror') = 'false'
  and regexp_matches(URL, '^https?://([a-z0-9-]+\.)*(scribd\.com|docslib\.org|docplayer\.net|dokumen\.tips|vdocuments?\.[a-z]+|fdocuments\.[a-z]+|cupdf\.com|moam\.info|docstoc\.com|pdfslide\.[a-z]+|slideshare\.net|documentcloud\.org|archive\.org|omb\.report|studylib\.net|yumpu\.com|doczz\.net|silo\.tips|webarchive\.loc\.gov)/')
