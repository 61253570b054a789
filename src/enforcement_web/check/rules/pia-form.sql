-- title: Numbers of privacy impact assessments have their official form
-- why: A number that is spelled in several ways cannot be searched or counted.
-- mend: Write it as the assessment prints it, such as DHS/ICE/PIA-015(j).
-- severity: error
-- tables: databases
-- bad: {"databases": [{"id": "a", "pia": "DHS/ICE PIA 15"}]}
-- good: {"databases": [{"id": "a", "pia": "DHS/ICE/PIA-015;DHS/ICE/PIA-015(j)"}]}
select 'databases', _row, 'pia', format('"{}" is not the number of an assessment', number)
from (select _row, unnest(string_split(pia, ';')) as number from databases)
where not regexp_matches(number, '^[A-Z]+(/[A-Za-z&-]+)*/PIA-[0-9]{3}(-[0-9])?([(][a-z]+[)])?$')
