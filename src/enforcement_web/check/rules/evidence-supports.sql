-- title: Every record has evidence that supports it
-- why: Context and contradiction alone do not show that a thing exists or happens.
-- mend: Add evidence that supports the record, or remove the record and ask in data/gaps.csv.
-- severity: error
-- tables: evidence, flow_status
-- bad: {"agencies": [{"id": "ice"}], "evidence": [{"table": "agencies", "record_id": "ice", "stance": "context"}]}
-- good: {"agencies": [{"id": "ice"}], "evidence": [{"table": "agencies", "record_id": "ice", "stance": "supports"}]}
-- A flow that is known only as possible, requested or planned may rest on context, and so may a single status.
with supported as (
  select "table" as table_name, record_id, bool_or(stance = 'supports') as is_supported from evidence group by all
)
select record.table_name, record._row, 'id', format('"{}" has evidence, but none that supports it', record.id)
from _records as record
join supported on supported.table_name = record.table_name and supported.record_id = record.id
where not is_supported
  and record.table_name <> 'flow_status'
  and not (
    record.table_name = 'flows'
    and not exists (
      select 1 from flow_status
      where flow_id = record.id and status not in ('possible', 'requested', 'planned', 'unknown')
    )
  )
