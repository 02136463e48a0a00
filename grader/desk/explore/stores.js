// SPDX-License-Identifier: MIT
/*
 * stores.js - what was written to the heap, store by store (its data: explore.h). Comes before page.js.
 *
 * Stores are numbered in order. A time is a number of stores that have happened. For each word of the heap there is a list
 * of the stores that touched it, so that its value at any time is found without playing anything again. Stores of many
 * bytes are few, and are kept in a list of their own.
 */
'use strict';

const data = JSON.parse(document.getElementById('data').textContent);
const steps = data.kinds.length;
const WORD = 8;
const WIDE = 512; // bytes of a store that is listed apart
const HEAP = data.heap_start || 0;

const stores = (data.stores || []).filter((store) => store[0] < steps)
  .map(([step, place, offset, bytes, text]) => ({ step, place, offset, bytes, text }));
const places = data.places || [];
const firstStore = new Uint32Array(steps + 1); // of each step; the step's stores end where the next one's begin
const byWord = new Map(); // offset of a word: numbers of the stores that touched it
const byLine = new Map(); // "file:line": numbers of its stores
const wide = [];

function lineOf(store) {
  return store.place >= 0 && places[store.place][1] ? `${places[store.place][1]}:${places[store.place][2]}` : '';
}

function addTo(map, key, number) {
  const list = map.get(key);
  if (list) list.push(number);
  else map.set(key, [number]);
}

function indexStores() {
  let step = 0;
  stores.forEach((store, number) => {
    for (; step < store.step; step++) firstStore[step + 1] = number;
    if (lineOf(store)) addTo(byLine, lineOf(store), number);
    if (store.bytes > WIDE) {
      wide.push(number);
      return;
    }
    for (let word = Math.floor(store.offset / WORD) * WORD; word < store.offset + store.bytes; word += WORD) addTo(byWord, word, number);
  });
  for (; step < steps; step++) firstStore[step + 1] = stores.length;
}

indexStores();

/* The numbers of the stores that touched the word at OFFSET, oldest first. */
function storesOf(offset) {
  const narrow = byWord.get(offset) || [];
  const far = wide.filter((number) => stores[number].offset < offset + WORD && offset < stores[number].offset + stores[number].bytes);
  return far.length > 0 ? [...narrow, ...far].sort((a, b) => a - b) : narrow;
}

/* Byte I of what STORE wrote; -1 if it was not kept. */
function byteOf(store, i) {
  if (store.text[0] === '=') return parseInt(store.text.slice(1, 3), 16);
  return 2 * i + 1 < store.text.length ? parseInt(store.text.slice(2 * i, 2 * i + 2), 16) : -1;
}

/* The word at OFFSET at TIME: its bytes, -1 for those that are not known, and the number of the latest store, or -1. */
function wordAt(offset, time) {
  const bytes = new Array(WORD).fill(-2);
  let latest = -1;
  let missing = WORD;
  const touched = storesOf(offset);
  for (let i = touched.length - 1; i >= 0 && missing > 0; i--) {
    if (touched[i] >= time) continue;
    const store = stores[touched[i]];
    if (latest < 0) latest = touched[i];
    for (let k = 0; k < WORD; k++) {
      const from = offset + k - store.offset;
      if (bytes[k] !== -2 || from < 0 || from >= store.bytes) continue;
      bytes[k] = byteOf(store, from);
      missing--;
    }
  }
  const untouched = data.trace ? -1 : 0; // the heap starts with zeros; in a trace, what the program writes is not listed
  return { bytes: bytes.map((byte) => (byte === -2 ? untouched : byte)), latest };
}

/* BYTES, lowest first, as a number; NaN if one is not known. Above 2 ** 53 it is no longer exact. */
function numberOf(bytes) {
  return bytes.includes(-1) ? NaN : bytes.reduceRight((sum, byte) => sum * 256 + byte, 0);
}

function hexOf(bytes) {
  const digits = [...bytes].reverse().map((byte) => byte.toString(16).padStart(2, '0')).join('').replace(/^0+(?=.)/, '');
  return `0x${digits}`;
}

/* --- layouts --- */

const USED = 0x44455355;
const FREE = 0x45455246;
const MAGIC = 0x5afeb10c;

/* The fields of the blocks of labs whose contract fixes them: [offset, bytes, name], from the block's start; of the footer
 * from its own. */
const header = [[0, 8, 'size'], [8, 4, 'state'], [12, 4, 'magic']];
const listed = { header, footer: [[0, 8, 'footer']], free: [[16, 8, 'next'], [24, 8, 'prev']], list: [[0, 8, 'first'], [8, 8, 'rover'], [16, 8, 'count'], [24, 4, 'policy']] };
const layouts = { '05': { header, footer: [], free: [], list: [] }, '06': listed, '07': listed };
const layout = layouts[data.lab.slice(0, 2)] || null;
const LINKS = new Set(['next', 'prev', 'first', 'rover']);

/* The fields of a cell of the drawing: [offset in the heap, bytes, name]. */
function fieldsOf(cell) {
  if (!layout) return [];
  if (cell.note === 'list') return layout.list.map(([from, bytes, name]) => [cell.offset + from, bytes, name]);
  const fields = [...layout.header, ...(cell.kind === 'free' ? layout.free : [])].map(([from, bytes, name]) => [cell.offset + from, bytes, name]);
  const end = cell.offset + cell.bytes - WORD;
  for (const [from, bytes, name] of layout.footer) fields.push([end + from, bytes, name]);
  return fields;
}

const constants = { state: { [USED]: 'MM_USED', [FREE]: 'MM_FREE' }, magic: { [MAGIC]: 'MM_MAGIC' } };

/* --- names and values --- */

const namesAt = new Map((data.names || []).map(([offset, name]) => [offset, name]));

function plain(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, ' ');
}

function placeText(offset) {
  const name = namesAt.get(offset);
  return `heap ${offset < 0 ? '-' : '+'} ${plain(Math.abs(offset))}${name ? ` (${name})` : ''}`;
}

const JUNK = 0xcb;
const FREED = 0xdd;
const MOST_DECIMAL = 2 ** 26;

/* What BYTES say, in the field NAME (may be ''): a constant, a place, a number. */
function valueText(bytes, name, heapSize) {
  const number = numberOf(bytes);
  if (Number.isNaN(number)) return 'not known';
  if (constants[name] && constants[name][number]) return constants[name][number];
  if (bytes.length === WORD && bytes.every((byte) => byte === JUNK)) return 'new memory';
  if (bytes.length === WORD && bytes.every((byte) => byte === FREED)) return 'freed memory';
  if (bytes.length === WORD && HEAP > 0 && number >= HEAP && number <= HEAP + heapSize) return placeText(number - HEAP);
  if (number === 0 && LINKS.has(name)) return 'NULL';
  return number < MOST_DECIMAL ? plain(number) : hexOf(bytes);
}

/* The place in the heap that the word at OFFSET leads to at TIME; -1 if it leads nowhere there. */
function leadsTo(offset, time, heapSize) {
  const number = numberOf(wordAt(offset, time).bytes);
  return HEAP > 0 && number >= HEAP && number < HEAP + heapSize ? number - HEAP : -1;
}

/* "mm_insert, free_list.c:131" */
function authorText(number) {
  if (number < 0) return data.trace ? 'not your code' : 'nobody';
  const store = stores[number];
  if (store.place < 0) return 'not your code';
  return lineOf(store) ? `${places[store.place][0]}, ${lineOf(store)}` : `${places[store.place][0]}, not in your files`;
}
