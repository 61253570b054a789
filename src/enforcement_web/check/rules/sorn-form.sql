-- title: Numbers of system of records notices have their official form
-- why: A number that is spelled in several ways cannot be searched or counted.
-- mend: Write the component and the number as the notice prints them, such as DHS/ICE-011, JUSTICE/FBI-009 or STATE-39.
-- severity: error
-- tables: databases
-- bad: {"databases": [{"id": "a", "sorn": "DHS/ICE 11"}]}
-- good: {"databases": [{"id": "a", "sorn": "DHS/ICE-011;JUSTICE/FBI-009"}]}
select 'databases', _row, 'sorn', format('"{}" is not the number of a notice', number)
from (select _row, unnest(string_split(sorn, ';')) as number from databases)
where not regexp_matches(number, '^([A-Z][A-Za-z]+(/[A-Z-]+)*-[0-9]{1,4}[A-Z]?|[0-9]{2}-([0-9]{2}-)?[0-9]{4})$')
