-- title: Summaries argue nothing
-- why: A reader of any view must be able to rely on the words; adjectives that argue cost that trust.
-- mend: Say what the system does, for whom and under what authority, and drop the word.
-- severity: warning
-- tables: agencies, databases, flows, flow_status, laws, touchpoints, evidence, actions, findings
-- bad: {"flows": [{"id": "f", "summary": "A sweeping and draconian search of everyone's records."}]}
-- good: {"flows": [{"id": "f", "summary": "A search of the records of everyone who is booked."}]}
with prose as (
  select 'agencies' as table_name, _row, 'summary' as field, summary as words from agencies
  union all select 'databases', _row, 'summary', summary from databases
  union all select 'flows', _row, 'summary', summary from flows
  union all select 'flow_status', _row, 'summary', summary from flow_status
  union all select 'laws', _row, 'summary', summary from laws
  union all select 'touchpoints', _row, 'summary', summary from touchpoints
  union all select 'evidence', _row, 'finding', finding from evidence
  union all select 'actions', _row, 'summary', summary from actions
  union all select 'findings', _row, 'since', since from findings
), found as (
  select *, regexp_extract(lower(words), '\b(alarming|appalling|blatant|brutal|chilling|cruel|disgraceful|disturbing|draconian|dystopian|egregious|horrific|infamous|inhumane|insidious|invasive|massive|notorious|orwellian|outrageous|overreaching|predatory|rampant|ruthless|shameful|shocking|sinister|so-called|sweeping|troubling|unprecedented|vicious)\b') as word
  from prose
)
select table_name, _row, field, format('"{}" argues', word)
from found
where word <> ''
