-- title: News is not a primary source
-- why: How close a text is to the fact decides what may rest on it.
-- mend: Set custom.tier to news; an official text that a newspaper prints is a document of the body that issued it.
-- severity: error
-- tables: sources
-- bad: {"sources": [{"id": "a", "type": "article-newspaper", "custom": {"tier": "primary"}}]}
-- good: {"sources": [{"id": "a", "type": "article-newspaper", "custom": {"tier": "news"}}]}
select 'sources', _row, 'custom/tier', format('"{}" is an article, but its tier is primary', id)
from sources
where type in ('article-newspaper', 'article-magazine') and (custom->>'tier') = 'primary'
