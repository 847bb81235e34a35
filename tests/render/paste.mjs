// SPDX-License-Identifier: Apache-2.0
// What Jira, Slack and a tracker without HTML make of pasted Markdown.
// Reads a JSON list of texts, writes a list of {jira, slack, linear}: an ADF
// document, mrkdwn, HTML.
import {createRequire} from 'node:module';
import {text as readAll} from 'node:stream/consumers';

import MarkdownIt from 'markdown-it';
import {slackifyMarkdown} from 'slackify-markdown';

// Atlassian's modules are written for bundlers; their CommonJS form loads.
const require = createRequire(import.meta.url);
const {MarkdownTransformer} = require('@atlaskit/editor-markdown-transformer');
const {defaultSchema} = require('@atlaskit/adf-schema/schema-default');

const jira = new MarkdownTransformer(defaultSchema);
const linear = new MarkdownIt({html: false, linkify: true});

const texts = JSON.parse(await readAll(process.stdin));
process.stdout.write(JSON.stringify(texts.map(text => ({
  jira: jira.parse(text).toJSON(),
  slack: slackifyMarkdown(text),
  linear: linear.render(text),
}))));
