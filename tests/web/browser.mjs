// SPDX-License-Identifier: Apache-2.0
// Uses the page as people do and tells, as JSON, what is wrong with it.
// Usage: browser.mjs CHROMIUM AXE_FILE PAGE CASES.json [--look=PREFIX]
import {readFileSync} from 'node:fs';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const look = process.argv.find((word) => word.startsWith('--look='))?.slice(7);
const [executable, axeFile, pageFile, casesFile] = process.argv.slice(2);
const axe = readFileSync(axeFile, 'utf8');
const cases = JSON.parse(readFileSync(casesFile, 'utf8'));
const address = pathToFileURL(pageFile).href;
const kMinute = 60_000;

const faults = [];
let checks = 0;
function check(what, good, why = '') {
  ++checks;
  if (!good) faults.push(why ? `${what}: ${why}` : what);
}

const browser =
    await chromium.launch({executablePath: executable, args: ['--no-sandbox']});

async function open(options = {}) {
  const context = await browser.newContext({locale: 'en-GB', ...options});
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      .catch(() => {});
  const page = await context.newPage();
  page.setDefaultTimeout(kMinute / 2);
  page.on('console', (message) => {
    // What the debugger itself runs in the frame of a report.
    const text = message.text();
    if (text.startsWith('Blocked script execution in \'about:srcdoc')) return;
    if (message.type() === 'error') faults.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  // A worker's program and the frame of a report come from the page itself.
  context.on('request', (request) => {
    const url = request.url();
    if (url !== address && !/^(blob:|about:srcdoc)/.test(url)) {
      faults.push(`request: ${url}`);
    }
  });
  await page.goto(address);
  await page.waitForSelector('#empty:visible');
  return page;
}

// page.waitForFunction() would need eval, which the page's policy forbids.
async function until(page, holds, argument) {
  for (const begun = performance.now(); !await page.evaluate(holds, argument);) {
    if (performance.now() - begun > kMinute) throw new Error(`never: ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const give = (page, ...names) => page.setInputFiles('#files',
    names.map((name) => cases[name].file));
const done = (page) => page.waitForSelector('#bar:visible');
async function saved(page, format) {
  const [file] = await Promise.all([
    page.waitForEvent('download'), page.click(`[data-save="${format}"]`)]);
  return {name: file.suggestedFilename(),
    text: readFileSync(await file.path(), 'utf8')};
}
const shown = async (page) => (await saved(page, 'html')).text;
const inFrame = (page) => page.$eval('#report', (frame) => frame.srcdoc);
// Waits until the frame has another report.
const changed = (page, report) => until(page,
    (before) => document.getElementById('report').srcdoc !== before, report);

async function accessible(page, where) {
  await page.evaluate(axe + ';0').catch(() => {});
  // The policy of the page lets no script of others in but by the debugger.
  const result = await page.evaluate(
      () => axe.run(document, {iframes: false, runOnly: ['wcag2a', 'wcag2aa']}));
  const serious = result.violations.filter(
      (rule) => ['serious', 'critical'].includes(rule.impact));
  check(`axe, ${where}`, serious.length === 0,
      serious.map((rule) => `${rule.id} ${rule.nodes[0].html}`).join('; '));
}

async function wide(page, where) {
  const over = await page.evaluate(
      () => document.documentElement.scrollWidth - innerWidth);
  check(`width, ${where}`, over <= 0, `${over} px too wide`);
}

async function picture(name) {
  if (!look) return;
  for (const [width, height] of [[360, 740], [1280, 800]]) {
    for (const colorScheme of ['light', 'dark']) {
      const page = await open({viewport: {width, height}, colorScheme});
      const shot = async (state) => page.screenshot(
          {path: `${look}-${state}-${width}-${colorScheme}.png`});
      await shot('empty');
      await give(page, 'large');
      await until(page,
          () => document.getElementById('progress').value > 0.02);
      await shot('working');
      await page.click('#cancel');
      await page.waitForSelector('#empty:visible');
      await give(page, 'incident');
      await done(page);
      const frame = page.frames().find((one) => one !== page.mainFrame());
      await frame.waitForSelector('h1');
      await new Promise((resolve) => setTimeout(resolve, 300));
      await shot('done');
      await page.context().close();
    }
  }
}

// With a mouse.
{
  const page = await open();
  await accessible(page, 'empty');
  await give(page, 'incident');
  await done(page);
  check('HTML', await shown(page) === cases.incident.html);
  await accessible(page, 'done');
  const frame = page.frames().find((one) => one !== page.mainFrame());
  await frame.waitForSelector('a[href^="#"]');
  const links = await frame.$$('a[href^="#"]');
  for (const link of links.slice(0, 5)) {
    const target = await link.getAttribute('href');
    await link.click();
    const seen = await frame.evaluate(() => {
      const line = document.querySelector(':target');
      if (!line) return '';
      const box = line.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight ? '#' + line.id : '';
    });
    check(`link ${target}`, seen === target, seen);
  }
  await page.selectOption('#target', 'jira');
  await page.click('#copy');
  await until(page,
      () => document.getElementById('told').textContent !== '');
  check('copy', await page.evaluate(() => navigator.clipboard.readText())
      === cases.incident.jira);
  const json = await saved(page, 'json');
  check('save JSON', json.text === cases.incident.json);
  check('its name', json.name === 'incident.log.diagnosis.json', json.name);
  let before = await inFrame(page);
  await page.click('[data-language="ca"]');
  await changed(page, before);
  check('Catalan', await shown(page) === cases.incident.catalan);
  await page.click('[data-language="en"]');
  before = await inFrame(page);
  await page.click('#more');
  await page.fill('[name="exit_code"]', '137');
  await page.click('#apply');
  await changed(page, before);
  await done(page);
  check('given facts', await shown(page) === cases.incident.killed);
  await page.click('#another');
  await page.click('#known summary');
  await page.fill('[name="exit_code"]', '');

  await give(page, 'image');
  await page.waitForSelector('#refused:visible');
  check('an image is refused',
      /PNG/.test(await page.textContent('#refused')));
  await give(page, 'packed');
  await done(page);
  check('packed', await shown(page)
      === cases.incident.html.replaceAll('incident.log', 'packed.gz'));
  await page.click('#another');

  await give(page, 'incident', 'image', 'day');
  await done(page);
  check('what was not read is told', /PNG/.test(await page.textContent('#told')));
  check('the first', await shown(page) === cases.incident.html);
  before = await inFrame(page);
  await page.selectOption('#logs', {label: 'day.log'});
  await changed(page, before);
  check('the second', await shown(page) === cases.day.html);
  check('the second as JSON',
      (await saved(page, 'json')).text === cases.day.json);
  await page.click('#another');

  await give(page, 'hostile');
  await done(page);
  check('hostile text is text', /walrus/.test(await shown(page)));
  await page.click('#another');
  await page.click('text="Paste a log"');
  await page.evaluate((text) => navigator.clipboard.writeText(text),
      readFileSync(cases.incident.file, 'utf8'));
  await page.focus('#pasted');
  await page.keyboard.press('Control+V');
  await page.click('#read');
  await done(page);
  check('pasted', await shown(page)
      === cases.incident.html.replaceAll('incident.log', 'pasted.log'));
  await page.context().close();
}

// By keyboard alone, on a telephone's width.
{
  const page = await open({viewport: {width: 360, height: 740}});
  await wide(page, 'empty');
  const chooser = page.waitForEvent('filechooser');
  for (let i = 0; i < 10; ++i) {
    await page.keyboard.press('Tab');
    const id = await page.evaluate(() => document.activeElement.id);
    if (id === 'choose') break;
  }
  await page.keyboard.press('Enter');
  await (await chooser).setFiles(cases.incident.file);
  await done(page);
  await wide(page, 'done');
  const controls = await page.$$eval(
      '#bar button, #bar select', (all) => all.filter(
          (one) => one.checkVisibility()).length);
  const seen = new Set();
  // The first of them has the focus when a report is there.
  for (let i = 0; i < controls + 6; ++i) {
    seen.add(await page.evaluate(() =>
      [...document.querySelectorAll('#bar button, #bar select')].indexOf(
          document.activeElement)));
    await page.keyboard.press('Tab');
  }
  seen.delete(-1);
  check('the Tab key comes to all', seen.size === controls,
      `${seen.size} of ${controls}`);
  await page.context().close();
}

// A large log: cancelled, then read whole.
const page = await open();
await give(page, 'large');
await until(page,
    () => document.getElementById('progress').value > 0.01);
await page.click('#cancel');
await page.waitForSelector('#empty:visible');
check('a cancelled one is no error', await page.isHidden('#refused'));
const begun = performance.now();
await give(page, 'large');
await page.waitForSelector('#bar:visible', {timeout: 10 * kMinute});
const seconds = (performance.now() - begun) / 1000;
check('a large log', (await saved(page, 'md')).text === cases.large.md);
await picture();
await browser.close();
console.log(JSON.stringify({faults, checks, seconds}));
