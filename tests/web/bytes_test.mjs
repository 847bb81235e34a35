// SPDX-License-Identifier: Apache-2.0
// node bytes_test.mjs MODULE.js WASM WORKER.js LOGDIAG FIXTURES: the page gives
// the bytes that the command gives, for each log of the fixtures, as Markdown,
// HTML, JSON and for each target.
import {execFileSync} from 'node:child_process';
import {readFileSync, readdirSync} from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const [moduleFile, wasmFile, workerFile, logdiag, fixtures] =
    process.argv.slice(2).map((file) => path.resolve(file));
globalThis.logdiagModule = createRequire(import.meta.url)(moduleFile);
const Analyzer =
    new Function(readFileSync(workerFile, 'utf8') + ';return Analyzer;')();
const analyzer = await Analyzer.load(readFileSync(wasmFile));

const ways = [
  [['--format', 'md'], {format: 'md'}],
  [['--format', 'md', '--full'], {format: 'md', full: true}],
  [['--format', 'html'], {format: 'html'}],
  [['--format', 'html', '--lang', 'ca'], {format: 'html', language: 'ca'}],
  [['--format', 'json'], {format: 'json'}],
  [['--for', 'github', '--format', 'md'], {target: 'github'}],
  [['--for', 'gitlab', '--format', 'md'], {target: 'gitlab'}],
  [['--for', 'jira', '--format', 'md'], {target: 'jira'}],
  [['--for', 'slack', '--format', 'md'], {target: 'slack'}],
];
const given = [
  ['--exit-code', '-9', '--oom-killed', 'no', '--ram-limit', '48GB', '--gpu',
    'RTX 4090'],
  {exit_code: -9, oom_killed: false, ram_limit_mb: 48 * 1024, gpu: 'RTX 4090'},
];

let checked = 0;
const differing = [];
function compare(log, words, facts, chosen) {
  const folder = path.dirname(log);
  const name = path.basename(log);
  const bytes = readFileSync(log);
  const refused = analyzer.diagnose(
      name, bytes.length, (from, to) => bytes.subarray(from, to), facts,
      () => {});
  for (const [options, how] of chosen) {
    ++checked;
    let expected;
    try {
      expected = execFileSync(logdiag, ['-q', ...options, ...words, name],
          {cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28});
    } catch (error) {
      expected = undefined;
    }
    const got = refused === undefined ? analyzer.write(how) : undefined;
    if (got !== expected) differing.push(`${log} ${options.join(' ')}`);
  }
}

for (const entry of readdirSync(fixtures, {recursive: true})) {
  if (!entry.endsWith('.log')) continue;
  const log = path.join(fixtures, entry);
  compare(log, [], {}, ways);
  compare(log, given[0], given[1], ways.slice(0, 1));
}
for (const name of differing) console.log(`differs: ${name}`);
const size = analyzer.module.HEAPU8.length / (1 << 20);
console.log(`${checked} reports compared, ${differing.length} differ; ` +
    `${size} MiB of memory`);
process.exit(checked > 0 && differing.length === 0 ? 0 : 1);
