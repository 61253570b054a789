-- title: The agency at an end of a flow owns or uses the database named there
-- why: A route goes on from a database to whoever owns or uses it; a stranger there breaks the route.
-- mend: Name the agency that owns, operates, fills or queries the database, or another database, or none.
-- severity: error
-- tables: flows, agencies, databases
-- bad: {"agencies": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "databases": [{"id": "d", "owner_id": "a"}], "flows": [{"id": "f", "source_agency_id": "b", "source_database_id": "d", "target_agency_id": "c"}]}
-- good: {"agencies": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "databases": [{"id": "d", "owner_id": "a"}], "flows": [{"id": "f", "source_agency_id": "b", "source_database_id": "d", "target_agency_id": "c"}, {"id": "g", "source_agency_id": "b", "target_agency_id": "a", "target_database_id": "d"}]}
-- An agency stands for its offices, for the bodies that it is part of, for its group or members and for its successor.
-- It uses a database when another flow passes its data into the database, or the database's data to it, and then also the
-- parts of the database and the whole.
with recursive part_of as (
  select id, id as whole from agencies
  union
  select part_of.id, parent_id from part_of join agencies on agencies.id = whole where parent_id is not null
), kin as (
  select id, whole as relative from part_of
  union select whole, id from part_of
  union select id, unnest([group_id, successor_id]) from agencies
  union select unnest([group_id, successor_id]), id from agencies
), held as (
  select id as database_id, unnest([owner_id, operator_id]) as agency_id, '' as flow_id from databases
  union select source_database_id, target_agency_id, id from flows
  union select target_database_id, source_agency_id, id from flows
), used as (
  select database_id, agency_id, flow_id from held
  union select part.id, agency_id, flow_id from held join databases as part on part.parent_id = database_id
  union select part.parent_id, agency_id, flow_id from held join databases as part on part.id = database_id
), ends as (
  select _row, id, 'source_agency_id' as field, source_agency_id as agency_id, source_database_id as database_id, target_agency_id as other from flows
  union all select _row, id, 'target_agency_id', target_agency_id, target_database_id, source_agency_id from flows
)
select 'flows', _row, field, format('"{}" neither owns, operates nor uses database "{}"', agency_id, database_id)
from ends
where exists (select 1 from agencies where id = agency_id)
  and exists (select 1 from databases where id = database_id)
  and not exists (
    select 1 from used join kin on kin.relative = used.agency_id
    where used.database_id = ends.database_id and kin.id = ends.agency_id and used.flow_id <> ends.id
  )
