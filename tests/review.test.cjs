'use strict';

const assert = require('node:assert/strict');
const { mkdtempSync, writeFileSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const test = require('node:test');
const { neutralized, review, suggestions } = require('../.github/scripts/review.cjs');

const SHA = 'a'.repeat(40);
const RUN = { head_sha: SHA, head_repository: { id: 7 }, html_url: 'https://github.com/o/r/actions/runs/1' };
const PULL = { number: 5, state: 'open', head: { sha: SHA, repo: { id: 7 } } };
const FIX = { path: 'data/gaps.csv', start: 2, end: 3, replacement: 'a,b\nc,d' };
const BOT = { login: 'github-actions[bot]' };

/** Run the script on a review, against a GitHub that remembers what it is told. */
async function posted({ number = '5\n', text = '### Check\n', fixes = [], pull = PULL, run = RUN, has = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'review-'));
  writeFileSync(join(folder, 'number'), number);
  writeFileSync(join(folder, 'comment.md'), text);
  writeFileSync(join(folder, 'suggestions.json'), typeof fixes === 'string' ? fixes : JSON.stringify(fixes));
  const calls = [];
  const note = (name) => async (given) => {
    calls.push([name, given]);
    if (name === 'createReview' && has.refuses) throw Object.assign(new Error('no'), { status: has.refuses });
  };
  const said = [];
  const github = {
    paginate: async (list) => list(),
    rest: {
      issues: {
        listComments: async () => has.comments ?? [],
        createComment: note('createComment'),
        updateComment: note('updateComment'),
      },
      pulls: {
        get: async ({ pull_number }) => ({ data: { ...pull, number: pull_number } }),
        listReviewComments: async () => has.reviewComments ?? [],
        createReview: note('createReview'),
      },
    },
  };
  const core = { notice: (words) => said.push(words), warning: (words) => said.push(words) };
  const context = { repo: { owner: 'o', repo: 'r' }, payload: { workflow_run: run } };
  await review({ github, context, core, folder });
  return { calls, said };
}

test('a pull request gets one comment, which is kept', async () => {
  const first = await posted({});
  assert.deepEqual(first.calls.map(([name]) => name), ['createComment']);
  const [, { issue_number, body }] = first.calls[0];
  assert.equal(issue_number, 5);
  assert.match(body, /^<!-- enforcement-web review -->\n### Check\n/);
  assert.ok(body.endsWith(`Of commit ${SHA}. [All of it, in the summary of the job](${RUN.html_url}).\n`));
  const again = await posted({ has: { comments: [{ id: 9, user: BOT, body }] } });
  assert.deepEqual(again.calls, []);
  const other = await posted({ text: 'new', has: { comments: [{ id: 9, user: BOT, body }] } });
  assert.deepEqual(other.calls.map(([name, given]) => [name, given.comment_id]), [['updateComment', 9]]);
});

test('a comment of someone else is never taken for ours', async () => {
  const comments = [{ id: 9, user: { login: 'stranger' }, body: '<!-- enforcement-web review -->' }, { id: 8, user: null }];
  const { calls } = await posted({ has: { comments } });
  assert.deepEqual(calls.map(([name]) => name), ['createComment']);
});

for (const number of ['', '0', '-5', '5.5', '5\n6', '5; 6', '../5', 'NaN', '99999999999', '5\n\n']) {
  test(`${JSON.stringify(number)} is no number of a pull request`, async () => {
    const { calls, said } = await posted({ number, fixes: [FIX] });
    assert.deepEqual(calls, []);
    assert.equal(said.length, 1);
  });
}

const FOREIGN = {
  'another head': { pull: { ...PULL, head: { ...PULL.head, sha: 'b'.repeat(40) } } },
  'another repository': { pull: { ...PULL, head: { ...PULL.head, repo: { id: 8 } } } },
  'a repository that is gone': { pull: { ...PULL, head: { sha: SHA, repo: null } }, run: { ...RUN, head_repository: null } },
  'a closed pull request': { pull: { ...PULL, state: 'closed' } },
};
for (const [name, given] of Object.entries(FOREIGN)) {
  test(`nothing is posted to ${name}`, async () => {
    assert.deepEqual((await posted({ ...given, fixes: [FIX] })).calls, []);
  });
}

test('the marks of our reports are kept', () => {
  const text =
    '### Check\n\n**no problems**\n\n<details><summary>Problems (2)</summary>\n\n- a&#45;b\n- and 2 more\n\n</details>\n*rest*\n';
  assert.equal(neutralized(text, 1000), text.replace('(2)', '&#40;2&#41;'));
  assert.equal(neutralized(neutralized(text, 1000), 1000), neutralized(text, 1000));
});

test('mentions and references are broken, however they are written', () => {
  const text = '@octocat &#64;octocat - #12 &#35;12 &commat;octocat &#0064;octocat &#x40;octocat o/r#1';
  const safe = neutralized(text, 1000);
  const seen = safe.replace(/&#(\d+);/g, (_, number) => String.fromCodePoint(Number(number)));
  assert.doesNotMatch(seen, /[@#](?!\u200b)/);
  assert.doesNotMatch(safe, /&(?!#\d+;)/);
  assert.equal(neutralized(safe, 1000), safe);
});

test('no markup comes through but that of our reports', () => {
  const hostile = [
    '<img src=x onerror=alert(1)>',
    '[click](https://evil.example)',
    '![x](https://evil.example/x.png)',
    '<details open><summary>x</summary>',
    '- <!-- x -->',
    '    code',
    '```',
    '~~~suggestion',
    '| a | b |',
    '<details><summary><b>x</b></summary>',
    '</details>',
    '</details>',
    '&#8238;&#10;&lt;b&gt;',
    '\u202ebidi\u0000',
    'https://evil.example',
  ].join('\n');
  const safe = neutralized(hostile, 10_000);
  const marks = safe.replace(/<details><summary>|<\/summary>|<\/details>|&#\d+;/g, '').replace(/^- /gm, '');
  assert.doesNotMatch(marks, /[<>[\]()`~|!&\u202e\u0000]/);
  assert.equal(safe.split('<details>').length, safe.split('</details>').length);
  assert.doesNotMatch(safe, /&#8238;|&#10;|https:/);
});

test('a long text is cut to whole lines, and what is open is closed', () => {
  const safe = neutralized('<details><summary>x</summary>\n' + '- line\n'.repeat(100_000), 60_000);
  assert.ok(safe.length < 60_100);
  assert.ok(safe.endsWith('- line\n\n</details>'));
  assert.ok(neutralized('x'.repeat(100_000), 60_000).length === 0);
});

test('fixes are one review, at their lines', async () => {
  const one = { path: 'data/reference/terms.csv', start: 4, end: 4, replacement: '```,"x"' };
  const { calls } = await posted({ fixes: [FIX, one] });
  const [name, given] = calls[1];
  assert.equal(name, 'createReview');
  assert.equal(given.commit_id, SHA);
  assert.equal(given.event, 'COMMENT');
  assert.deepEqual(given.comments, [
    {
      path: 'data/gaps.csv',
      body: 'The canonical form:\n\n```suggestion\na,b\nc,d\n```',
      line: 3,
      side: 'RIGHT',
      start_line: 2,
      start_side: 'RIGHT',
    },
    {
      path: 'data/reference/terms.csv',
      body: 'The canonical form:\n\n````suggestion\n```,"x"\n````',
      line: 4,
      side: 'RIGHT',
    },
  ]);
  const reviewComments = given.comments.map((comment) => ({ ...comment, user: BOT }));
  assert.equal((await posted({ fixes: [FIX, one], has: { reviewComments } })).calls.length, 1);
  const others = reviewComments.map((comment) => ({ ...comment, user: { login: 'stranger' } }));
  assert.equal((await posted({ fixes: [FIX], has: { reviewComments: others } })).calls.length, 2);
});

test('that GitHub refuses a fix spoils nothing; that it fails does', async () => {
  assert.equal((await posted({ fixes: [FIX], has: { refuses: 422 } })).said.length, 1);
  await assert.rejects(posted({ fixes: [FIX], has: { refuses: 500 } }));
});

test('only sound fixes to data are kept, and few', () => {
  const odd = [
    null,
    'x',
    { ...FIX, path: '.github/workflows/check.yml' },
    { ...FIX, path: 'data/../Makefile.csv' },
    { ...FIX, path: 'data/x.csv\n' },
    { ...FIX, path: ['data/x.csv'] },
    { ...FIX, start: 0 },
    { ...FIX, start: 4 },
    { ...FIX, end: 3.5 },
    { ...FIX, end: '3' },
    { ...FIX, replacement: 'x'.repeat(30_000) },
    { ...FIX, replacement: 'a\u202eb' },
    { ...FIX, replacement: 'a\rb' },
    { ...FIX, replacement: null },
  ];
  assert.deepEqual(suggestions(JSON.stringify([...odd, FIX])), [FIX]);
  assert.equal(suggestions(JSON.stringify(Array(50).fill(FIX))).length, 20);
  for (const text of ['', '{}', 'null', '[', '1']) assert.deepEqual(suggestions(text), []);
});
