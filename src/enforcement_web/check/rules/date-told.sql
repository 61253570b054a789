-- title: A date is told by the evidence or is that of its source
-- why: A date that no finding tells and no source bears cannot be checked by anyone.
-- mend: Tell the date in a finding, or give the one that is told: coarser, or the source's own with start_is "by".
-- severity: error
-- tables: agencies, databases, evidence, flow_laws, flow_status, laws, sources
-- bad: {"agencies": [{"id": "a", "founded": "2003-09"}], "sources": [{"id": "s", "title": "About us", "issued": {"date-parts": [[2018]]}}], "evidence": [{"table": "agencies", "record_id": "a", "source_id": "s", "finding": "The page says that the center was founded in 2003."}]}
-- good: {"agencies": [{"id": "a", "founded": "2003-09"}], "sources": [{"id": "s", "title": "About us", "issued": {"date-parts": [[2018]]}}], "evidence": [{"table": "agencies", "record_id": "a", "source_id": "s", "finding": "The page says that the center was founded on September 16, 2003."}]}
-- The day after a source's last word, from which nothing is known, counts as told by it.
with dates as (
  select
    'agencies' as table_name, _row, id,
    unnest(['founded', 'dissolved']) as field, unnest([founded, dissolved]) as day, unnest([null, founded]) as begun
  from agencies
  union all
  select 'databases', _row, id, unnest(['started', 'ended']), unnest([started, ended]), unnest([null, started])
  from databases
  union all
  select
    'laws', _row, id,
    unnest(['enacted', 'effective', 'ended']), unnest([enacted, effective, ended]), unnest([null, null, enacted])
  from laws
  union all
  select 'flow_status', _row, id, unnest(['started', 'ended']), unnest([started, ended]), unnest([null, started])
  from flow_status
),
-- The record itself, the law that came after it, and the flow of a status with its other statuses there.
beside as (
  select table_name, id, table_name as other_table, id as other
  from _records
  where table_name in ('agencies', 'databases', 'laws', 'flow_status')
  union all select 'laws', id, 'laws', successor_id from laws where successor_id is not null
  union all select 'flow_status', id, 'flows', flow_id from flow_status
  union all
  select 'flow_status', one.id, 'flow_status', two.id
  from flow_status as one
  join flow_status as two on one.flow_id = two.flow_id and one.jurisdiction_id = two.jurisdiction_id and one.id <> two.id
),
texts as (
  select beside.table_name, beside.id, concat_ws(' ', finding, title) as told, date_of(issued) as issued, read_on
  from beside
  join evidence on evidence."table" = other_table and record_id = other
  left join sources on sources.id = source_id
  where finding is not null
  union all
  select 'laws', laws.id, concat_ws(' ', laws.title, citation, sources.title), date_of(issued), null
  from laws join sources on sources.id = source_id
  union all
  select 'laws', laws.id, null, unnest([next.enacted, next.effective]), null
  from laws join laws as next on next.id = laws.successor_id
  union all
  select 'flow_status', bound.id, null, unnest([enacted, effective, laws.ended]), null
  from (
    select id, law_id from flow_status
    union
    select flow_status.id, flow_laws.law_id from flow_status join flow_laws on flow_laws.flow_id = flow_status.flow_id
  ) as bound
  join laws on laws.id = bound.law_id
),
-- Spaces for what may follow a day, so that "May 1" is not found in "May 11".
told_words as (
  select table_name, id, translate(told, ',.;:)-''’', '        ') || ' ' as words, issued, read_on from texts
),
moments as (
  select
    table_name, _row, id, field, day,
    unnest(
      case length(day)
        when 4 then [try_strptime(day, '%Y'), try_strptime(day, '%Y') - interval 1 year]
        when 7 then [try_strptime(day, '%Y-%m'), try_strptime(day, '%Y-%m') - interval 1 month]
        else [try_strptime(day, '%Y-%m-%d'), try_strptime(day, '%Y-%m-%d') - interval 1 day]
      end
    ) as moment
  from dates
  where is_day(day) and not coalesce(before(day, begun), false)
),
spelled as (
  select
    *,
    left(strftime(moment, '%Y-%m-%d'), length(day)) as written,
    strftime(moment, '%Y') as year,
    strftime(moment, '%B') as month,
    strftime(moment, '%B %-d ') as month_day
  from moments
  where moment is not null
)
select table_name, _row, field, format('{} stands in no finding and is the date of no source', day)
from spelled
join told_words using (table_name, id)
group by all
having not coalesce(
  bool_or(
    starts_with(issued, written)
    or read_on = day
    or case
      when not contains(words, year) then false
      when length(day) = 4 then true
      when length(day) = 7 then contains(words, month)
      else contains(words, month_day)
    end
  ),
  false
)
