-- title: Evidence contradicts only what other evidence supports
-- why: A contradiction marks a dispute; without the other side the record says something that no text bears out.
-- mend: Add the evidence that supports the same column of the record, or change the record to what the text says.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "laws", "record_id": "a", "field": "enacted", "stance": "contradicts"}]}
-- good: {"evidence": [{"table": "laws", "record_id": "a", "field": "enacted", "stance": "contradicts"}, {"table": "laws", "record_id": "a", "field": "enacted", "stance": "supports"}]}
-- Evidence about a whole record may be met by support for any part of it.
select 'evidence', against._row, 'stance',
  format('contradicts {} "{}", and nothing supports it', coalesce(against.field || ' of', 'the record'), against.record_id)
from evidence as against
where against.stance = 'contradicts'
  and not exists (
    select 1 from evidence as side
    where side."table" = against."table" and side.record_id = against.record_id and side.stance = 'supports'
      and (against.field is null or side.field is not distinct from against.field)
  )
