-- title: A flow's network is a network
-- why: The network carries the message between two databases; it is not one of them.
-- mend: Name a database whose kind is network, or leave the cell empty.
-- severity: error
-- tables: flows, databases
-- bad: {"flows": [{"id": "a", "network_id": "ncic"}], "databases": [{"id": "ncic", "kind": "index"}]}
-- good: {"flows": [{"id": "a", "network_id": "nlets"}], "databases": [{"id": "nlets", "kind": "network"}]}
select 'flows', flows._row, 'network_id', format('"{}" is a {}, not a network', network_id, databases.kind)
from flows join databases on databases.id = network_id
where databases.kind <> 'network'
