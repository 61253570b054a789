-- title: What ends does not end before it begins
-- why: A period that runs backwards covers no day at all.
-- mend: Check both dates in their sources; the end is the first day on which it no longer holds.
-- severity: error
-- tables: agencies, databases, flow_status, laws
-- bad: {"laws": [{"id": "a", "enacted": "2018-01", "ended": "2017-12-31"}]}
-- good: {"laws": [{"id": "a", "enacted": "2018-01", "ended": "2018"}]}
with period as (
  select 'agencies' as table_name, _row, 'dissolved' as field, founded as begun, dissolved as ended from agencies
  union all select 'databases', _row, 'ended', started, ended from databases
  union all select 'flow_status', _row, 'ended', started, ended from flow_status
  union all select 'laws', _row, 'ended', enacted, ended from laws
  union all select 'laws', _row, 'ended', effective, ended from laws
)
select distinct table_name, _row, field, format('"{}" is before the beginning, {}', ended, begun)
from period
where before(ended, begun)
