-- title: What supports a flow does not say that its text leaves the flow out
-- why: A text that does not name the system, the sender or the receiver shows no data going between them: it is context.
-- mend: Make the stance context; or, where the text bears the flow all the same, tell only what it says.
-- severity: error
-- tables: evidence
-- bad: {"flows": [{"id": "f"}], "evidence": [{"table": "flows", "record_id": "f", "source_id": "s", "claim": "use", "stance": "supports", "finding": "The newspaper says that staff send the names to a federal file; the part read does not name the system."}]}
-- good: {"flows": [{"id": "f"}], "evidence": [{"table": "flows", "record_id": "f", "source_id": "s", "claim": "use", "stance": "context", "finding": "The newspaper says that staff send the names to a federal file; the part read does not name the system."}]}
-- A rule (authority, limit) covers cases that it does not name, and a date (existence) stands apart from the flow.
select "table", _records._row, 'id', format('"{}" supports it, but by the finding its text leaves it out', source_id)
from evidence
join _records on table_name = "table" and id = record_id
where "table" in ('flows', 'flow_status')
  and stance = 'supports'
  and claim in ('use', 'access')
  and regexp_matches(finding, ' (does|do) not (describe|mention|name|reach|say|speak|tell)\b')
