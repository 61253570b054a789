-- title: Evidence for a number tells the number
-- why: Whoever asks how we know the number of a notice must see it in the text.
-- mend: Write the number that the text gives into the finding or the locator, or let the evidence bear on the whole record.
-- severity: error
-- tables: evidence, databases
-- bad: {"databases": [{"id": "d", "sorn": "DHS/ICE-011"}], "evidence": [{"table": "databases", "record_id": "d", "field": "sorn", "stance": "supports", "finding": "There is a notice.", "locator": "Summary"}]}
-- good: {"databases": [{"id": "d", "sorn": "DHS/ICE-011"}], "evidence": [{"table": "databases", "record_id": "d", "field": "sorn", "stance": "supports", "finding": "The notice has the number DHS/ICE-011.", "locator": "Summary"}]}
-- The digits of one of the record's numbers are enough.
with numbered as (
  select evidence._row, evidence.field, concat_ws(' ', finding, locator) as words,
    case evidence.field when 'sorn' then sorn else pia end as numbers
  from evidence join databases on databases.id = record_id
  where evidence."table" = 'databases' and evidence.field in ('sorn', 'pia') and stance = 'supports'
)
select 'evidence', _row, 'finding', format('tells no number of {}', numbers)
from numbered
where numbers is not null
  and not list_bool_or(list_transform(
    string_split(numbers, ';'),
    lambda number: contains(words, regexp_extract(number, '([0-9]+)[^0-9]*([(][a-z]+[)])?$', 1))
  ))
