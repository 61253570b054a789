-- title: A database that has ended is retired
-- why: A system that ended still counts as running when its status says so.
-- mend: Set the status to retired, or leave the end empty.
-- severity: error
-- tables: databases
-- bad: {"databases": [{"id": "d", "status": "operational", "ended": "2014"}]}
-- good: {"databases": [{"id": "d", "status": "retired", "ended": "2014"}]}
select 'databases', _row, 'status',
  format('"{}" is {}, but ended on {}', id, status, ended)
from databases
where ended is not null and status <> 'retired'
