-- title: Evidence for a cell is for a filled cell
-- why: A text that is read for a date says nothing while the date is not in the record.
-- mend: Fill the cell, or let the evidence bear on the whole record.
-- severity: error
-- tables: evidence, agencies, databases, flow_status, laws
-- bad: {"laws": [{"id": "l"}], "evidence": [{"table": "laws", "record_id": "l", "field": "effective", "stance": "supports"}]}
-- good: {"laws": [{"id": "l", "effective": "2018"}], "evidence": [{"table": "laws", "record_id": "l", "field": "effective", "stance": "supports"}]}
with filled as (
  unpivot (select id, founded, dissolved, successor_id, parent_id from agencies)
    on founded, dissolved, successor_id, parent_id into name field value cell
), filled_databases as (
  unpivot (select id, started, ended, successor_id, parent_id, operator_id, sorn, pia, holds, about from databases)
    on started, ended, successor_id, parent_id, operator_id, sorn, pia, holds, about into name field value cell
), filled_statuses as (
  unpivot (select id, started, ended, law_id from flow_status) on started, ended, law_id into name field value cell
), filled_laws as (
  unpivot (select id, enacted, effective, ended, successor_id, issuer_id from laws)
    on enacted, effective, ended, successor_id, issuer_id into name field value cell
), known as (
  select 'agencies' as table_name, id, field from filled
  union all select 'databases', id, field from filled_databases
  union all select 'flow_status', id, field from filled_statuses
  union all select 'laws', id, field from filled_laws
), judged as (
  select unnest([
    'founded', 'dissolved', 'successor_id', 'parent_id', 'started', 'ended', 'operator_id', 'sorn', 'pia', 'holds', 'about',
    'law_id', 'enacted', 'effective', 'issuer_id'
  ]) as field
)
select 'evidence', _row, 'field', format('{} of "{}" is empty', evidence.field, record_id)
from evidence
where stance = 'supports' and evidence.field in (select field from judged)
  and evidence."table" in ('agencies', 'databases', 'flow_status', 'laws')
  and exists (select 1 from _records as record where record.table_name = evidence."table" and record.id = record_id)
  and not exists (
    select 1 from known where known.table_name = evidence."table" and known.id = record_id and known.field = evidence.field
  )
