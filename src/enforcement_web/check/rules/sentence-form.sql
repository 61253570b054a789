-- title: Summaries and findings are sentences
-- why: A text that breaks off or begins in the middle cannot be understood alone.
-- mend: Begin with a capital letter, a digit or a quotation mark, and end with a full stop.
-- severity: error
-- tables: agencies, databases, flows, flow_status, laws, touchpoints, evidence, actions, findings
-- bad: {"flows": [{"id": "f", "summary": "fingerprints are sent to"}]}
-- good: {"flows": [{"id": "f", "summary": "Fingerprints are sent to the bureau."}]}
select table_name, _row, field, 'is not a whole sentence'
from _prose
where table_name not in ('actions', 'findings') and not regexp_matches(words, '^["''(§$]*[A-Z0-9eN].*[.?!]["'')]*$')
