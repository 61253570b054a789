-- title: Summaries argue nothing
-- why: A reader of any view must be able to rely on the words; adjectives that argue cost that trust.
-- mend: Say what the system does, for whom and under what authority, and drop the word.
-- severity: warning
-- tables: agencies, databases, flows, flow_status, laws, touchpoints, evidence, actions, findings
-- bad: {"flows": [{"id": "f", "summary": "A sweeping and draconian search of everyone's records."}]}
-- good: {"flows": [{"id": "f", "summary": "A search of the records of everyone who is booked."}]}
with found as (
  select *, regexp_extract(lower(words), '\b(alarming|appalling|blatant|brutal|chilling|cruel|disgraceful|disturbing|draconian|dystopian|egregious|horrific|infamous|inhumane|insidious|invasive|massive|notorious|orwellian|outrageous|overreaching|predatory|rampant|ruthless|shameful|shocking|sinister|so-called|sweeping|troubling|unprecedented|vicious)\b') as word
  from _prose
)
select table_name, _row, field, format('"{}" argues', word)
from found
where word <> ''
