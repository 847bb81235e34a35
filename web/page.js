// SPDX-License-Identifier: Apache-2.0
// What the reader does on the page. The analyzer runs in a worker (worker.js),
// which answers one step after the other; a cancelled one is ended with it.
'use strict';

const $ = (id) => document.getElementById(id);
const textOf = (id) => $(id).textContent;
const words = JSON.parse(textOf('words'));
let language = navigator.language.startsWith('ca') ? 'ca' : 'en';
let worker;
let logs = [];  // of this call: {file, name}, of which a report could be made
let shown;      // the one whose report is on the page
let diagnosed;  // the one that the worker has in hand

function say(key, values = {}) {
  return words[key][language].replace(
      /\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function speak() {
  document.documentElement.lang = language;
  for (const part of document.querySelectorAll('[data-word]')) {
    part.textContent = say(part.dataset.word);
  }
  for (const part of document.querySelectorAll('[data-label]')) {
    part.setAttribute('aria-label', say(part.dataset.label));
  }
  for (const choice of document.querySelectorAll('[data-language]')) {
    choice.setAttribute('aria-pressed', choice.dataset.language === language);
  }
}

function show(state) {
  for (const id of ['empty', 'working', 'done']) $(id).hidden = id !== state;
  // The fields are at hand in both states.
  (state === 'done' ? $('facts_here') : $('known')).append($('facts'));
}

function startWorker() {
  const source = new Blob([textOf('worker')], {type: 'text/javascript'});
  const address = URL.createObjectURL(source);
  const made = new Worker(address);
  URL.revokeObjectURL(address);
  const waiting = new Map();
  let number = 0;
  made.onmessage = ({data}) => {
    if (data.progress !== undefined) return tell(data.progress);
    const {resolve, reject} = waiting.get(data.id);
    waiting.delete(data.id);
    data.failed === undefined ? resolve(data) : reject(new Error(data.failed));
  };
  made.onerror = (error) => {
    for (const {reject} of waiting.values()) reject(new Error(error.message));
    waiting.clear();
  };
  const ask = (step, values) => new Promise((resolve, reject) => {
    waiting.set(++number, {resolve, reject});
    made.postMessage({id: number, step, ...values});
  });
  worker = {
    ask,
    end() {
      made.terminate();
      for (const {reject} of waiting.values()) reject(new Cancelled());
    },
  };
  worker.ready = ask('load', {wasm: textOf('wasm')});
  // Whoever waits for it hears of it.
  worker.ready.catch(() => {});
  diagnosed = undefined;
}

class Cancelled extends Error {}

function restartWorker() {
  worker.end();
  startWorker();
}

function givenFacts() {
  const form = $('facts');
  const given = {};
  const gigabytes = (text) => Math.round(Number(text) * 1024);
  if (form.exit_code.value !== '') {
    given.exit_code = Math.trunc(Number(form.exit_code.value));
  }
  if (form.oom_killed.value !== '') {
    given.oom_killed = form.oom_killed.value === 'yes';
  }
  if (gigabytes(form.ram_limit.value) > 0) {
    given.ram_limit_mb = gigabytes(form.ram_limit.value);
  }
  if (gigabytes(form.vram.value) > 0) {
    given.vram_mb = gigabytes(form.vram.value);
  }
  if (form.gpu.value.trim() !== '') given.gpu = form.gpu.value.trim();
  return given;
}

let size = 0;
function tell(share) {
  const megabytes = (bytes) => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);
  $('progress').value = share;
  $('read_so_far').textContent =
      say('so_far', {read: megabytes(share * size), all: megabytes(size)});
}

// Has the worker diagnose `log`; undefined, or why there is no report.
async function diagnose(log) {
  $('name').textContent = log.name;
  size = log.file.size;
  tell(0);
  try {
    await worker.ready;
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    return say('old_browser', {why: error.message});
  }
  diagnosed = undefined;
  try {
    const {refused} =
        await worker.ask('diagnose', {...log, given: givenFacts()});
    if (refused === undefined) diagnosed = log;
    return refused && say('refused', {name: log.name, why: refused});
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    restartWorker();
    return say('ended', {name: log.name, why: error.message});
  }
}

async function written(how) {
  if (diagnosed !== shown) {
    const why = await diagnose(shown);
    if (why !== undefined) throw new Error(why);
  }
  return (await worker.ask('write', {how: {language, ...how}})).text;
}

async function showReport(log) {
  shown = log;
  const html = await written({format: 'html'});
  // Without it, links within the report would lead to this page.
  $('report').srcdoc =
      html.replace('<head>', '<head><base href="about:srcdoc">');
  $('told').textContent = '';
}

function refuse(reasons) {
  $('refused').replaceChildren(...reasons.map((reason) => {
    const line = document.createElement('p');
    line.textContent = reason;
    return line;
  }));
  $('refused').hidden = reasons.length === 0;
}

// Reads all of `given`, shows `first` or else the first that has a report.
async function readAll(given, first) {
  show('working');
  const reasons = [];
  logs = [];
  try {
    for (const log of given) {
      const why = await diagnose(log);
      if (why === undefined) {
        logs.push(log);
      } else {
        reasons.push(why);
      }
    }
    refuse(reasons);
    if (logs.length === 0) return show('empty');
    $('logs').replaceChildren(...logs.map((log, index) => {
      const option = document.createElement('option');
      option.value = index;
      option.textContent = log.name;
      return option;
    }));
    $('which').hidden = logs.length < 2;
    $('logs').value = Math.max(0, logs.indexOf(first));
    await showReport(logs[$('logs').value]);
    show('done');
    // What was not read is said beside what was.
    $('told').textContent = reasons.join(' ');
    $('another').focus();
  } catch (error) {
    if (!(error instanceof Cancelled)) refuse([error.message]);
    show('empty');
    $('choose').focus();
  }
}

const named = (files) => [...files].map((file) => ({file, name: file.name}));

function save(name, text, type) {
  const address = URL.createObjectURL(new Blob([text], {type}));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has it once it has begun; a minute is more than that.
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

const types = {html: 'text/html', json: 'application/json', md: 'text/markdown'};

// What goes wrong is told where the buttons are.
function onClick(id, act) {
  const button = typeof id === 'string' ? $(id) : id;
  button.addEventListener('click', async () => {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Cancelled)) $('told').textContent = error.message;
    }
  });
}

onClick('choose', () => $('files').click());
$('files').addEventListener('change', () => {
  const chosen = named($('files').files);
  $('files').value = '';
  if (chosen.length > 0) readAll(chosen);
});
// A text field makes a new line of each return, with which bars begin anew; the
// clipboard has them as they were.
let clipboard = '';
$('pasted').addEventListener('paste', (event) => {
  clipboard = event.clipboardData.getData('text/plain');
});
onClick('read', () => {
  const value = $('pasted').value;
  const untouched = clipboard.replace(/\r\n?/g, '\n') === value;
  const text = untouched ? clipboard : value;
  if (text !== '') readAll([{file: new Blob([text]), name: 'pasted.log'}]);
});
onClick('cancel', restartWorker);
onClick('another', () => {
  refuse([]);
  show('empty');
  $('choose').focus();
});
$('logs').addEventListener('change', () => {
  showReport(logs[$('logs').value]).catch((error) => {
    $('told').textContent = error.message;
  });
});
onClick('copy', async () => {
  const text = await written({format: 'md', target: $('target').value});
  const copied = await navigator.clipboard?.writeText(text).then(
      () => true, () => false);
  $('told').textContent = say(copied ? 'copied' : 'not_copied');
});
for (const button of document.querySelectorAll('[data-save]')) {
  onClick(button, async () => {
    const format = button.dataset.save;
    save(`${shown.name}.diagnosis.${format}`, await written({format}),
        types[format]);
  });
}
onClick('more', () => {
  $('again').hidden = !$('again').hidden;
  $('more').setAttribute('aria-expanded', String(!$('again').hidden));
});
onClick('apply', () => readAll(logs, shown));
for (const choice of document.querySelectorAll('[data-language]')) {
  onClick(choice, async () => {
    language = choice.dataset.language;
    speak();
    if (!$('done').hidden) await showReport(shown);
  });
}
// All of the page takes what is dropped, as people miss the box.
document.addEventListener('dragover', (event) => {
  event.preventDefault();
  $('drop').classList.add('over');
});
document.addEventListener('dragleave', () => $('drop').classList.remove('over'));
document.addEventListener('drop', (event) => {
  event.preventDefault();
  $('drop').classList.remove('over');
  const dropped = named(event.dataTransfer.files);
  if (dropped.length > 0 && $('working').hidden) readAll(dropped);
});

startWorker();
speak();
show('empty');
