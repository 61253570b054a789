-- title: The history of a flow in one place has no holes
-- why: A day that no row covers falls back to the wider place, which is seldom meant.
-- mend: Let the earlier row end on the day the next begins, or add a row with the status unknown for the time between.
-- severity: error
-- tables: flow_status
-- bad: {"flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2010", "ended": "2012"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US", "started": "2015"}]}
-- good: {"flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2010", "ended": "2015"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US", "started": "2015-03"}]}
with chained as (
  select _row, ended,
    lead(id) over history as next_id, lead(started) over history as next_started
  from flow_status
  window history as (partition by flow_id, jurisdiction_id order by started, ended nulls last, _row)
)
select 'flow_status', _row, 'ended', format('ends on {}, but "{}" begins only on {}', ended, next_id, next_started)
from chained
where before(ended, next_started)
