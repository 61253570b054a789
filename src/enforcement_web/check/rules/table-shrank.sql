-- title: A table keeps most of the records of the last release
-- why: A table that is cut off by a slip still looks sound, row by row.
-- mend: Put the records back. If so many really go, say so in data/reference/exceptions.csv.
-- severity: error
-- tables: releases
-- bad: {"releases": [{"version": "0.1.0", "released": "2026-11-23", "table": "flows", "records": "100"}]}
-- good: {"releases": [{"version": "0.1.0", "released": "2026-11-23", "table": "flows", "records": "1"}], "flows": [{"id": "f"}]}
-- More than one record in ten may not go between two releases.
with last_release as (
  select "table" as table_name, max_by(_row, released || version) as _row,
    max_by(version, released || version) as version, max_by(cast(records as integer), released || version) as held
  from releases
  where regexp_matches(records, '^[0-9]{1,9}$')
  group by "table"
)
select 'releases', last_release._row, 'records',
  format('{} has {} records, and had {} in version {}', last_release.table_name, records, held, version)
from last_release join _tables on _tables.table_name = last_release.table_name
where records < 0.9 * held
