-- title: A network holds nothing
-- why: A network carries messages; what it would hold is in the systems at its ends.
-- mend: Empty holds and about, or give the system another kind.
-- severity: error
-- tables: databases
-- bad: {"databases": [{"id": "n", "kind": "network", "holds": "warrant"}]}
-- good: {"databases": [{"id": "n", "kind": "network"}, {"id": "i", "kind": "index", "holds": "warrant"}]}
select 'databases', _row, 'holds', format('"{}" is a network', id)
from databases
where kind = 'network' and (holds is not null or about is not null)
