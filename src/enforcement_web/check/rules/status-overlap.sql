-- title: Statuses of a flow in one place do not overlap
-- why: On each day a flow has one status in a place; two rows that cover a day contradict each other.
-- mend: End the earlier row on the day the later one begins.
-- severity: error
-- tables: flow_status
-- bad: {"flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2017", "ended": "2019-02"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US", "started": "2018"}]}
-- good: {"flow_status": [{"id": "a", "flow_id": "f", "jurisdiction_id": "US", "started": "2017", "ended": "2018"}, {"id": "b", "flow_id": "f", "jurisdiction_id": "US", "started": "2018-01"}]}
select
  'flow_status', later._row, 'started',
  format('begins on {}, but "{}" holds until {}', later.started, earlier.id, coalesce(earlier.ended, 'today'))
from flow_status as later
join flow_status as earlier
  on earlier.flow_id = later.flow_id
  and earlier.jurisdiction_id = later.jurisdiction_id
  and earlier._row <> later._row
  and (earlier.started < later.started or (earlier.started = later.started and earlier._row < later._row))
where is_day(earlier.started) and is_day(later.started)
  and (earlier.ended is null or before(later.started, earlier.ended))
