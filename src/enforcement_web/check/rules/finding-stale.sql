-- title: Findings are reviewed in time
-- why: What became of a statement goes on changing; a finding that nobody looked at again misleads.
-- mend: Look again, bring since, status and as_of up to date, and set a new review_by.
-- severity: warning
-- tables: findings
-- bad: {"findings": [{"id": "f", "review_by": "2020-01-01"}]}
-- good: {"findings": [{"id": "f", "review_by": "2999-01-01"}]}
select 'findings', _row, 'review_by', format('"{}" was to be reviewed by {}', id, review_by)
from findings, _clock
where before(review_by, today)
