// SPDX-License-Identifier: Apache-2.0
// Runs queries in DuckDB and prints the rows of each as JSON, by its name.
// Usage: duckdb.mjs QUERIES.sql, in a folder with summaries.ndjson
import {readFileSync} from 'node:fs';
import {DuckDBInstance} from '@duckdb/node-api';

const text = readFileSync(process.argv[2], 'utf8');
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const told = {};
for (const statement of text.split(/;\s*$/m)) {
  if (!statement.trim()) continue;
  const name = /^-- ([a-z-]+): /m.exec(statement)?.[1];
  const result = await connection.runAndReadAll(statement);
  if (name) told[name] = result.getRowObjectsJson();
}
console.log(JSON.stringify(told));
