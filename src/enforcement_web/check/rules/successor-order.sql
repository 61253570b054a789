-- title: A successor takes over when its predecessor ends
-- why: A gap or a successor that is older than what it replaces means a wrong date or a wrong link.
-- mend: Check the end of the one and the beginning of the other in their sources.
-- severity: error
-- tables: agencies, databases, laws
-- bad: {"databases": [{"id": "a", "ended": "2014", "successor_id": "b"}, {"id": "b", "started": "2016"}]}
-- good: {"databases": [{"id": "a", "ended": "2014", "successor_id": "b"}, {"id": "b", "started": "2012"}]}
with period as (
  select 'agencies' as table_name, _row, id, successor_id, founded as begun, dissolved as over from agencies
  union all select 'databases', _row, id, successor_id, started, ended from databases
  union all select 'laws', _row, id, successor_id, coalesce(enacted, effective), ended from laws
)
select one.table_name, one._row, 'successor_id',
  if(before(one.over, two.begun),
    format('"{}" ended on {}, but "{}" began only on {}', one.id, one.over, two.id, two.begun),
    format('"{}" began on {}, before "{}" itself, {}', two.id, two.begun, one.id, one.begun))
from period as one join period as two on two.table_name = one.table_name and two.id = one.successor_id
where before(one.over, two.begun) or before(two.begun, one.begun)
