// SPDX-License-Identifier: Apache-2.0
// Asks `logdiag mcp` as an agent does, with the client of the protocol's own
// makers, and prints what it answered. Usage: client.mjs LOGDIAG LOG
import {Client} from '@modelcontextprotocol/sdk/client/index.js';
import {StdioClientTransport} from
    '@modelcontextprotocol/sdk/client/stdio.js';

const [logdiag, log] = process.argv.slice(2);
const client = new Client({name: 'test', version: '1'});
await client.connect(
    new StdioClientTransport({command: logdiag, args: ['mcp']}));
const call = async (name, args) => {
  const answer = await client.callTool({name, arguments: args});
  return {text: answer.content[0].text, failed: answer.isError === true};
};
const told = {
  server: client.getServerVersion(),
  tools: (await client.listTools()).tools.map((tool) => tool.name),
  page: await call('diagnose', {path: log}),
  killed: await call('diagnose', {path: log, exit_code: 137, oom_killed: true}),
  settle: await call('what_would_settle', {path: log}),
  cause: await call('explain_cause', {cause: 'memory/vram-oom'}),
  budget: await call('budget', {model: 'wan2.2-i2v-14b', dtype: 'fp8',
    size: '704x704', frames: 121, gpu: 'RTX 4090'}),
  wrong: await call('budget', {model: 'none', dtype: 'fp8', size: '704x704'}),
};
await client.close();
console.log(JSON.stringify(told));
