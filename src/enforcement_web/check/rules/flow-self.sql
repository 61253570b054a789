-- title: A flow leads somewhere else
-- why: Data that stays where it is does not flow.
-- mend: Name the database or the agency that the data goes to.
-- severity: error
-- tables: flows
-- bad: {"flows": [{"id": "f", "source_agency_id": "a", "target_agency_id": "a", "source_database_id": "d", "target_database_id": "d"}]}
-- good: {"flows": [{"id": "f", "source_agency_id": "a", "target_agency_id": "a", "source_database_id": "d", "target_database_id": "e"}]}
select 'flows', _row, 'target_agency_id', format('both ends of "{}" are the same', id)
from flows
where source_agency_id = target_agency_id and source_database_id is not distinct from target_database_id
