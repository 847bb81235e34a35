// SPDX-License-Identifier: Apache-2.0
// Opens pages in Chromium and tells, as JSON, what is wrong with them.
// Usage: browser.mjs CHROMIUM AXE_FILE PAGE... [--look=PREFIX]
// --look: writes PREFIX-<page>-<width>-<scheme>.png of each, to be looked at.
import {readFileSync} from 'node:fs';
import {basename} from 'node:path';
import {pathToFileURL} from 'node:url';
import {chromium} from 'playwright-core';

const look = process.argv.find(word => word.startsWith('--look='))?.slice(7);
const [executable, axeFile, ...files] =
    process.argv.slice(2).filter(word => !word.startsWith('--look='));
const axe = readFileSync(axeFile, 'utf8');
const kPhone = {width: 360, height: 740};
const kDesk = {width: 1280, height: 800};
// More would take longer than it tells: they are made by the same code.
const kMostLinks = 25;
const kMostTabs = 30;

const browser =
    await chromium.launch({executablePath: executable, args: ['--no-sandbox']});

async function open(url, options, faults) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on('console', message => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', error => faults.push(`error: ${error.message}`));
  page.on('dialog', dialog => {
    faults.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on('request', request => {
    if (request.url().split('#')[0] !== url) faults.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return {context, page};
}

// Each link leads to its line, and the line is then in sight.
async function follow(page, faults) {
  const links = await page.$$eval('a[href^="#"]', all => all.map(
      link => link.getAttribute('href')));
  const step = Math.max(1, Math.floor(links.length / kMostLinks));
  for (let i = 0; i < links.length; i += step) {
    await page.evaluate(i => {
      const link = document.querySelectorAll('a[href^="#"]')[i];
      link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}));
    }, i);
    const seen = await page.evaluate(target => {
      const line = document.querySelector(':target');
      if (!line || '#' + line.id !== target) return 'not its target';
      const box = line.getBoundingClientRect();
      return box.bottom > 0 && box.top < innerHeight ? '' : 'out of sight';
    }, links[i]);
    if (seen) faults.push(`link ${links[i]}: ${seen}`);
  }
  return links.length;
}

// The Tab key alone comes to every link, in order.
async function tab(page, faults) {
  await page.evaluate(() => {
    location.hash = '';
    document.activeElement?.blur();
    scrollTo(0, 0);
  });
  const stops = await page.$$eval(
      'a[href], [tabindex="0"]', all => all.length);
  const seen = new Set();
  for (let i = 0; i < Math.min(stops, kMostTabs); ++i) {
    await page.keyboard.press('Tab');
    seen.add(await page.evaluate(
        () => [...document.querySelectorAll('a[href], [tabindex="0"]')].indexOf(
            document.activeElement)));
  }
  seen.delete(-1);
  if (seen.size < Math.min(stops, kMostTabs) - 1) {
    faults.push(`the Tab key comes to ${seen.size} of ${stops} stops`);
  }
}

async function judge(page, faults) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run());
  for (const violation of result.violations) {
    if (!['serious', 'critical'].includes(violation.impact)) continue;
    const where = violation.nodes.slice(0, 2).map(node => node.html.slice(0, 160));
    faults.push(`axe ${violation.id}: ${violation.help}: ${where.join(' ... ')}`);
  }
}

const told = [];
for (const file of files) {
  const faults = [];
  const url = pathToFileURL(file).href;
  let links = 0;
  let opened = 0;
  for (const viewport of [kDesk, kPhone]) {
    for (const colorScheme of look ? ['light', 'dark'] :
                              viewport === kDesk ? ['light'] : ['dark']) {
      const width = viewport.width;
      const {context, page} = await open(url, {viewport, colorScheme}, faults);
      const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${wide} px too wide at ${width}`);
      if (viewport === kDesk && colorScheme === 'light') {
        opened = await page.evaluate(
            () => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd);
        links = await follow(page, faults);
        await tab(page, faults);
      }
      await judge(page, faults);
      if (look) {
        await page.evaluate(() => { location.hash = ''; scrollTo(0, 0); });
        const name = basename(file, '.html');
        await page.screenshot({
          path: `${look}-${name}-${width}-${colorScheme}.png`, fullPage: true});
      }
      await context.close();
    }
  }
  told.push({file, faults, links, milliseconds: Math.round(opened)});
}
await browser.close();
console.log(JSON.stringify(told));
