// Posts what the check of a pull request found, for .github/workflows/comment.yml.
//
// The folder was written by a job that ran a stranger's code, so nothing in it is trusted: the number must be that of a
// pull request whose head the run checked, the text is held to the marks that our reports use, and suggestions reach the
// data alone.
'use strict';

const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const BOT = 'github-actions[bot]';
const MARKER = '<!-- enforcement-web review -->';
// GitHub takes 65,536 characters.
const LONGEST = 64_000;
const MOST_SUGGESTIONS = 20;
const LONGEST_SUGGESTION = 20_000;
const DATA_FILE = /^data\/(?:[a-z_]+\/)*[a-z_]+\.(?:csv|json)$/;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const MARK = /&#(\d{1,6});|[\\`*_{}[\]()<>#+\-.!|~&@:$]/g;

/** Comment on the pull request of a finished run of the check, and suggest fixes. */
async function review({ github, context, core, folder }) {
  const run = context.payload.workflow_run;
  const read = (name) => readFileSync(join(folder, name), 'utf8');
  const pull = await pullOf(github, context.repo, run, read('number'));
  if (!pull) {
    core.notice('The review is not of the present head of an open pull request; nothing was posted.');
    return;
  }
  await comment(github, context.repo, pull.number, commentBody(read('comment.md'), run));
  await suggest(github, core, context.repo, pull.number, run.head_sha, suggestions(read('suggestions.json')));
}

/** Give the pull request that a text names, if its head is what the run checked; else null. */
async function pullOf(github, repo, run, text) {
  if (!/^[1-9]\d{0,8}\n?$/.test(text)) return null;
  const { data: pull } = await github.rest.pulls.get({ ...repo, pull_number: Number(text) });
  const isOfRun = pull.head.sha === run.head_sha && pull.head.repo?.id === (run.head_repository?.id ?? null);
  return isOfRun && pull.state === 'open' ? pull : null;
}

/** Write the comment: the review within the limit, and a link to all of it that the run itself gives. */
function commentBody(text, run) {
  const end = `\n\nOf commit ${run.head_sha}. [All of it, in the summary of the job](${run.html_url}).\n`;
  return `${MARKER}\n${neutralized(text, LONGEST)}${end}`;
}

/** Keep of a Markdown text only the marks that our reports use, in whole lines of a length together. */
function neutralized(text, longest) {
  const lines = [];
  let length = 0;
  let open = 0;
  for (const line of text.split('\n')) {
    const safe = safeLine(line.replace(UNSEEN, '').trim());
    if (safe === '</details>' && open === 0) continue;
    length += safe.length + 1;
    if (length > longest) break;
    if (safe.startsWith('<details>')) open += 1;
    if (safe === '</details>') open -= 1;
    lines.push(safe);
  }
  return [...lines, ...Array(open).fill('\n</details>')].join('\n');
}

function safeLine(line) {
  if (line === '</details>') return line;
  for (const [start, end] of [['<details><summary>', '</summary>'], ['**', '**'], ['*', '*'], ['### ', ''], ['- ', '']]) {
    if (line.length > start.length + end.length && line.startsWith(start) && line.endsWith(end)) {
      return start + escaped(line.slice(start.length, line.length - end.length)) + end;
    }
  }
  return escaped(line);
}

/**
 * Write each mark of Markdown as its character reference. A reader sees the same; none of it mentions or links.
 * GitHub looks for mentions in what a reader sees, so those are also broken with a space of no width (U+200B).
 */
function escaped(text) {
  return text.replace(MARK, (found, number) => {
    if (number === '8203') return '';
    const mark = number ? String.fromCodePoint(Number(number)) : found;
    if (mark === '@' || mark === '#') return `&#${mark.codePointAt(0)};&#8203;`;
    if (number && mark.search(MARK) !== 0) return `&#38;${escaped(found.slice(1))}`;
    return `&#${mark.codePointAt(0)};`;
  });
}

/** Update the one comment that this workflow keeps, or make it. */
async function comment(github, repo, number, body) {
  const all = await github.paginate(github.rest.issues.listComments, { ...repo, issue_number: number, per_page: 100 });
  const ours = all.find((one) => one.user?.login === BOT && one.body?.startsWith(MARKER));
  if (!ours) await github.rest.issues.createComment({ ...repo, issue_number: number, body });
  else if (ours.body !== body) await github.rest.issues.updateComment({ ...repo, comment_id: ours.id, body });
}

/** Read suggestions, and keep those that are sound. */
function suggestions(text) {
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    return [];
  }
  return (Array.isArray(found) ? found : []).filter(isSound).slice(0, MOST_SUGGESTIONS);
}

function isSound(one) {
  return (
    typeof one?.path === 'string' &&
    DATA_FILE.test(one.path) &&
    Number.isSafeInteger(one.start) &&
    Number.isSafeInteger(one.end) &&
    one.start >= 1 &&
    one.end >= one.start &&
    typeof one.replacement === 'string' &&
    one.replacement.length <= LONGEST_SUGGESTION &&
    one.replacement.replaceAll('\n', '').search(UNSEEN) < 0
  );
}

/** Post as one review the suggestions that are not there yet. */
async function suggest(github, core, repo, number, sha, found) {
  const all = await github.paginate(github.rest.pulls.listReviewComments, {
    ...repo,
    pull_number: number,
    per_page: 100,
  });
  const posted = new Set(all.filter((one) => one.user?.login === BOT).map((one) => `${one.path}\n${one.body}`));
  const comments = found.map(reviewComment).filter((one) => !posted.has(`${one.path}\n${one.body}`));
  if (comments.length === 0) return;
  const body = 'What `enforcement-web check --fix` would write in lines of this pull request:';
  try {
    await github.rest.pulls.createReview({
      ...repo,
      pull_number: number,
      commit_id: sha,
      event: 'COMMENT',
      body,
      comments,
    });
  } catch (error) {
    if (error.status !== 422) throw error;
    core.warning(`GitHub refused the suggestions: ${error.message}`);
  }
}

function reviewComment({ path, start, end, replacement }) {
  const longest = Math.max(2, ...Array.from(replacement.matchAll(/`+/g), (found) => found[0].length));
  const fence = '`'.repeat(longest + 1);
  const body = `The canonical form:\n\n${fence}suggestion\n${replacement}\n${fence}`;
  const place = { path, body, line: end, side: 'RIGHT' };
  return start === end ? place : { ...place, start_line: start, start_side: 'RIGHT' };
}

module.exports = { review, neutralized, suggestions };
