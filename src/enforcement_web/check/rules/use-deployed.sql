-- title: A claim of use tells of more than that a system is in place
-- why: That a system is deployed, switched on or under contract shows that the means exist; use is what was seen to happen.
-- mend: Claim "access", or say in the finding what was done: what was searched, sent, asked, counted or received.
-- severity: error
-- tables: evidence
-- bad: {"evidence": [{"table": "flows", "record_id": "a", "source_id": "s", "locator": "1", "claim": "use", "finding": "The inventory lists the tool as deployed since June 2025."}]}
-- good: {"evidence": [{"table": "flows", "record_id": "a", "source_id": "s", "locator": "1", "claim": "use", "finding": "The inventory lists the tool as deployed and says that officers share the leads."}]}
select 'evidence', _row, 'claim', 'the finding says that something is in place, not that it was used'
from evidence
where claim = 'use'
  and regexp_matches(lower(finding), '\b(deployed|in place|operational date|installed|switched on|enabled)\b')
  and not regexp_matches(
    lower(finding),
    '\b(use[sd]?|using|sen[dt]s?|sending|search(es|ed|ing)?|check(s|ed)?|shar(e|es|ed|ing)|ask(s|ed)?|counts?|counted|'
    || 'recei(ve|ves|ved)|submit(s|ted)?|draws?|drew|match(es|ed)|identif(y|ies|ied)|'
    || 'alert(s|ed)?|arrest(s|ed)?|review(s|ed)?|analy[sz](e|es|ed)|compar(e|es|ed)|look(s|ed)?|processes)\b'
  )
