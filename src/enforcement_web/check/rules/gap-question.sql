-- title: A gap is a question
-- why: Whoever wants to help must see what to look for.
-- mend: Write it as a question that ends with a question mark.
-- severity: error
-- tables: gaps
-- bad: {"gaps": [{"id": "g", "question": "Dates of the program."}]}
-- good: {"gaps": [{"id": "g", "question": "When did the program begin?"}]}
select 'gaps', _row, 'question', 'is not a question'
from gaps
where not contains(question, '?')
