// SPDX-License-Identifier: Apache-2.0
// Runs the analyzer beside the page. Put behind the module that emscripten made
// (logdiagModule); `self` is a worker's, or what a test has made.
'use strict';

// One log at a time: the bytes that the analyzer asks for, as it asks.
class Analyzer {
  constructor(module) {
    this.module = module;
    module.readLog = (offset, buffer, size) => this.read(offset, buffer, size);
    module.tellProgress = (bytes) => this.progress(bytes);
  }

  static async load(wasm) {
    return new Analyzer(await logdiagModule({wasmBinary: wasm}));
  }

  // `bytesAt(from, to)` gives them at once. What is read ahead is kept, as each
  // call of it goes through the browser.
  diagnose(name, size, bytesAt, given, progress) {
    this.bytesAt = bytesAt;
    this.size = size;
    this.progress = progress;
    this.ahead = {from: 0, bytes: new Uint8Array(0)};
    const request = JSON.stringify({name, size, given});
    const good =
        this.module.ccall('logdiag_diagnose', 'number', ['string'], [request]);
    this.bytesAt = undefined;
    return good ? undefined : this.answer();
  }

  // Of the log that was diagnosed last. `how`: format, target, language, full.
  write(how) {
    this.module.ccall('logdiag_write', null, ['string'], [JSON.stringify(how)]);
    return this.answer();
  }

  answer() {
    const at = this.module.ccall('logdiag_answer', 'number', [], []);
    const size = this.module.ccall('logdiag_answer_size', 'number', [], []);
    return new TextDecoder().decode(this.module.HEAPU8.slice(at, at + size));
  }

  read(offset, buffer, size) {
    const end = Math.min(offset + size, this.size);
    if (end <= offset) return 0;
    try {
      let from = offset - this.ahead.from;
      if (from < 0 || end > this.ahead.from + this.ahead.bytes.length) {
        const most = 1 << 20;
        const to = Math.min(offset + Math.max(most, size), this.size);
        this.ahead = {from: offset, bytes: this.bytesAt(offset, to)};
        from = 0;
      }
      const bytes = this.ahead.bytes.subarray(from, from + (end - offset));
      this.module.HEAPU8.set(bytes, buffer);
      return bytes.length;
    } catch {
      return -1;  // the file is gone, or was changed
    }
  }
}

// What the browser can unpack; the analyzer names the rest.
async function plain(file) {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (head[0] !== 0x1f || head[1] !== 0x8b) return file;
  const unpacked = file.stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(unpacked).blob();
}

if (typeof WorkerGlobalScope !== 'undefined') {
  let analyzer;
  const steps = {
    async load({wasm}) {
      const packed = Uint8Array.from(atob(wasm), (c) => c.charCodeAt(0));
      const unpacked = new Blob([packed]).stream().pipeThrough(
          new DecompressionStream('gzip'));
      analyzer =
          await Analyzer.load(await new Response(unpacked).arrayBuffer());
      return {};
    },
    async diagnose({name, file, given}) {
      const log = await plain(file);
      const reader = new FileReaderSync();
      const bytesAt = (from, to) =>
          new Uint8Array(reader.readAsArrayBuffer(log.slice(from, to)));
      const tell = (read) => postMessage({progress: read / log.size});
      return {refused: analyzer.diagnose(name, log.size, bytesAt, given, tell)};
    },
    async write({how}) {
      return {text: analyzer.write(how)};
    },
  };
  onmessage = async ({data}) => {
    try {
      postMessage({id: data.id, ...await steps[data.step](data)});
    } catch (error) {
      postMessage({id: data.id, failed: String(error)});
    }
  };
}
