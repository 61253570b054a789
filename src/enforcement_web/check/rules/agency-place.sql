-- title: A body's level fits its place
-- why: A state body that serves the whole country, or a federal one that serves a city, is in the wrong place.
-- mend: Correct the level or the place. A group takes the place that holds all its members.
-- severity: error
-- tables: agencies, jurisdictions
-- bad: {"jurisdictions": [{"id": "US", "kind": "country"}], "agencies": [{"id": "a", "level": "state", "is_group": "false", "jurisdiction_id": "US"}]}
-- good: {"jurisdictions": [{"id": "US-WA", "kind": "state"}], "agencies": [{"id": "a", "level": "state", "is_group": "false", "jurisdiction_id": "US-WA"}]}
select 'agencies', agencies._row, 'level', format('"{}" is {}, but {} is a {}', agencies.id, level, jurisdiction_id, jurisdictions.kind)
from agencies join jurisdictions on jurisdictions.id = jurisdiction_id
where (level = 'federal' and jurisdictions.id <> 'US')
  or (level = 'foreign' and (jurisdictions.kind <> 'country' or jurisdictions.id = 'US'))
  or (is_group = 'false' and level = 'state' and jurisdictions.kind not in ('state', 'territory', 'district'))
  or (is_group = 'false' and level = 'local' and jurisdictions.kind = 'country')
