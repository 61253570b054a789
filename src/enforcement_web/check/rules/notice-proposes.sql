-- title: A finding tells what a privacy notice proposes as proposed
-- why: Most notices only propose to set up or change a system of records; the change comes on a later day, or not at all.
-- mend: Write that the notice "proposes to" do so, or, where its summary says so, that it "says that the agency is" doing so.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "laws", "record_id": "a", "source_id": "s", "locator": "1", "claim": "existence", "finding": "The notice of May 2015 reissues the system of records."}]}
-- good: {"evidence": [{"table": "laws", "record_id": "a", "source_id": "s", "locator": "1", "claim": "existence", "finding": "The notice of May 2015 proposes to reissue the system of records."}]}
with told as (
  select
    _row,
    regexp_extract(
      finding,
      '[Nn]otice\b([^.;]*?) (sets up|establishes|creates|reissues|republishes|renames|retires|consolidates|modifies)\b',
      ['between', 'verb']
    ) as match
  from evidence
)
select 'evidence', _row, 'finding', format('the notice "{}", as if it were done', match.verb)
from told
where match.verb <> ''
  and not regexp_matches(match.between, '\b(propos\w*|says?|tells?|calls?|is|are|was|were|that|which|to|on|by)\b')
