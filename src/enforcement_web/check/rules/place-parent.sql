-- title: The id of a place begins with that of the place around it
-- why: A place that hangs under the wrong one takes its laws from there.
-- mend: Correct parent_id.
-- severity: error
-- tables: jurisdictions
-- bad: {"jurisdictions": [{"id": "US-WA-king-county", "kind": "county", "parent_id": "US-CA"}]}
-- good: {"jurisdictions": [{"id": "US-WA-king-county", "kind": "county", "parent_id": "US-WA"}]}
select 'jurisdictions', _row, 'parent_id',
  if(parent_id is null, format('"{}" lies in no place', id), format('"{}" does not begin with "{}-"', id, parent_id))
from jurisdictions
where (parent_id is not null and not starts_with(id, parent_id || '-')) or (parent_id is null and contains(id, '-'))
