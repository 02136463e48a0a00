// SPDX-License-Identifier: MIT
/*
 * inside.js - within a call, from store to store: the words around the place in question, the source beside them, who
 * wrote a word, what a line wrote. Comes after page.js, whose steps it refines.
 *
 * `done` of page.js counts the stores of the step that have happened; at the end of the step it is all of them.
 */
'use strict';

const AROUND = 256; // bytes of the heap that the list of words shows on each side of the place in question
const MOST_HISTORY = 30;
let chosen = null; // the word or line whose history is shown: {word} or {line}
let shownFile = '';

/* --- moving --- */

function goInside(step, count) {
  go(step);
  done = Math.max(0, Math.min(count, storesIn(now)));
}

/* One store forward or back, over the borders of steps. */
function goStore(by) {
  const time = timeNow() + by;
  if (stores.length === 0 || time < 0 || time > stores.length) return;
  if (by > 0 && done === storesIn(now)) {
    let next = now + 1;
    while (next < steps && storesIn(next) === 0) next++;
    if (next < steps) goInside(next, 1);
  } else if (by < 0 && done === 0) {
    let before = now - 1;
    while (before >= 0 && storesIn(before) === 0) before--;
    if (before >= 0) goInside(before, storesIn(before) - 1);
  } else {
    goInside(now, done + by);
  }
}

/* To just after store NUMBER. */
function goToStore(number) {
  goInside(stores[number].step, number - firstStore[stores[number].step] + 1);
}

/* --- the words --- */

/* The place that the list of words is about. */
function focus() {
  if (chosen && chosen.word !== undefined) return chosen.word;
  const store = latestStore();
  if (store && store.place >= 0 && store.offset >= 0) return store.offset;
  return Math.max(0, place(now));
}

/* [offset, bytes, label] of what is worth a row between FROM and TO: fields where the layout is known, words elsewhere. */
function rowsBetween(from, to) {
  const rows = [];
  let at = from;
  const cells = layout ? shapeNow().filter((span) => !span.payload && span.offset < to && span.offset + span.bytes > from) : [];
  const words = (end, label) => {
    for (at = Math.ceil(at / WORD) * WORD; at < end && at < to; at += WORD) rows.push([at, WORD, label]);
  };
  for (const cell of cells) {
    words(cell.offset, '');
    const label = cell.note && cell.note !== 'list' && cell.kind !== 'damaged' ? cell.note : '';
    for (const [offset, bytes, name] of fieldsOf(cell)) {
      words(offset, cell.kind === 'free' ? 'free' : 'payload');
      if (offset + bytes > from && offset < to) rows.push([offset, bytes, label ? `${name} of ${label}` : name, name]);
      at = Math.max(at, offset + bytes);
    }
    words(cell.offset + cell.bytes, cell.note === 'list' ? '' : 'payload');
  }
  words(to, '');
  return rows;
}

/* Does STORE touch the BYTES bytes at OFFSET? */
function touches(store, offset, bytes) {
  return store.offset < offset + bytes && offset < store.offset + store.bytes;
}

/* Which of the step's stores so far touched them: 2 the latest of all, 1 an earlier one, 0 none. */
function changedBy(offset, bytes) {
  const time = timeNow();
  for (let number = time - 1; number >= firstStore[now]; number--) {
    if (touches(stores[number], offset, bytes)) return number === time - 1 ? 2 : 1;
  }
  return 0;
}

function rowData([offset, bytes, label, name]) {
  const word = Math.floor(offset / WORD) * WORD;
  const { bytes: all, latest } = wordAt(word, timeNow());
  const value = valueText(all.slice(offset - word, offset - word + bytes), name || '', heapBytes[now]);
  return { offset, end: offset + bytes, word, label, value, author: authorText(latest), changed: changedBy(offset, bytes), field: Boolean(name) };
}

/* Joins neighbours that say the same; a field stays alone. */
function joined(rows) {
  const result = [];
  for (const row of rows) {
    const last = result[result.length - 1];
    const alike = last && !last.field && !row.field && last.value === row.value && last.author === row.author &&
      last.label === row.label && last.changed === row.changed;
    if (alike && !(chosen && chosen.word === row.word)) last.end = row.end;
    else result.push(row);
  }
  return result;
}

function showWords() {
  const middle = Math.floor(focus() / WORD) * WORD;
  const from = Math.max(0, middle - AROUND);
  const to = Math.min(heapBytes[now], middle + AROUND);
  const body = element('words');
  body.replaceChildren();
  for (const row of joined(rowsBetween(from, to).map(rowData))) {
    const line = document.createElement('tr');
    if (row.changed) line.className = row.changed === 2 ? 'written' : 'changed';
    if (chosen && chosen.word === row.word) line.classList.add('here');
    const button = fact(fact(line, '', 'td'), placeText(row.offset), 'button', 'plain');
    button.type = 'button';
    button.addEventListener('click', () => choose({ word: row.word }));
    const length = row.end - row.offset;
    fact(line, row.field ? row.label : `${row.label} ${bytesText(length)}`.trim(), 'td');
    fact(line, row.value, 'td');
    fact(line, row.author, 'td');
    body.append(line);
  }
}

/* --- the source --- */

function showFile(file) {
  if (file === shownFile) return;
  shownFile = file;
  const list = element('source');
  list.replaceChildren();
  element('source-name').textContent = file || 'No source';
  (data.sources[file] || '').replace(/\n$/, '').split('\n').forEach((text, i) => {
    const item = document.createElement('li');
    const key = `${file}:${i + 1}`;
    const wrote = byLine.has(key);
    const code = fact(item, text || ' ', wrote ? 'button' : 'code', 'plain');
    if (wrote) {
      code.type = 'button';
      code.setAttribute('aria-label', `line ${i + 1}: ${text.trim()}`);
      code.addEventListener('click', () => choose({ line: key }));
    }
    list.append(item);
  });
}

/* Marks the line KEY, "file:line", and brings it into the pane, which alone scrolls. */
function markLine(key) {
  for (const old of document.querySelectorAll('#source .now')) old.classList.remove('now');
  const [file, line] = key ? key.split(':') : ['', 0];
  const item = file === shownFile ? element('source').children[line - 1] : null;
  if (!item) return;
  item.classList.add('now');
  const pane = element('source-pane');
  const top = item.offsetTop - pane.offsetTop;
  if (top < pane.scrollTop || top > pane.scrollTop + pane.clientHeight - 40) pane.scrollTop = top - pane.clientHeight / 3;
}

function showSource() {
  const latest = latestStore();
  const key = latest ? lineOf(latest) : '';
  const file = key.split(':')[0] || (chosen && chosen.line ? chosen.line.split(':')[0] : '') || shownFile || Object.keys(data.sources || {})[0] || '';
  showFile(file);
  markLine(key);
}

/* --- what the latest store did --- */

/* "count, " if STORE writes a field of that name. */
function fieldText(store) {
  for (const cell of shapeNow()) {
    const field = cell.payload ? undefined : fieldsOf(cell).find(([offset, bytes]) => offset === store.offset && bytes === store.bytes);
    if (field) return `${field[2]}, `;
  }
  return '';
}

function storeText(store) {
  const number = stores.indexOf(store, firstStore[now]);
  const bytes = store.bytes <= WORD ? Array.from({ length: store.bytes }, (_, i) => byteOf(store, i)) : [];
  const value = bytes.length > 0 ? valueText(bytes, '', heapBytes[now]) : bytesText(store.bytes);
  const by = store.place < 0 ? 'The test or the kit' : authorText(number);
  return `${by} wrote ${value} to ${fieldText(store)}${placeText(store.offset)}`;
}

function showStore() {
  const store = latestStore();
  const all = storesIn(now);
  const text = all === 0 ? 'No stores to the heap in this call.'
    : !store ? `Before the first of ${plain(all)} stores.` : `Store ${plain(done)} of ${plain(all)}: ${storeText(store)}.`;
  element('store').textContent = `${text}${done < all ? ' The blocks are drawn as they were before the call.' : ''}`;
}

/* --- history --- */

function choose(what) {
  chosen = what;
  showNow();
  element('history-title').focus();
}

function numbersChosen() {
  return chosen.word !== undefined ? storesOf(chosen.word) : byLine.get(chosen.line) || [];
}

function addHistory(number) {
  const store = stores[number];
  const item = document.createElement('li');
  const bytes = store.bytes <= WORD ? Array.from({ length: store.bytes }, (_, i) => byteOf(store, i)) : [];
  const value = bytes.length > 0 ? valueText(bytes, '', mostHeap) : bytesText(store.bytes);
  const where = chosen.word !== undefined && store.bytes <= WORD && store.offset === chosen.word ? '' : ` at ${placeText(store.offset)}`;
  const button = fact(item, `step ${plain(store.step + 1)}, ${callText(store.step).replace(/;.*$/, '')}: ${value}${where}`, 'button', 'plain');
  button.type = 'button';
  button.addEventListener('click', () => goToStore(number));
  fact(item, chosen.word !== undefined ? ` ${authorText(number)}` : '', 'span', 'small');
  if (number === timeNow() - 1) item.className = 'now';
  element('history').append(item);
}

function showHistory() {
  element('history-part').hidden = !chosen;
  if (!chosen) return;
  const numbers = numbersChosen();
  const before = numbers.filter((number) => number < timeNow()).length;
  const first = Math.max(0, Math.min(before - MOST_HISTORY / 2, numbers.length - MOST_HISTORY));
  element('history-title').textContent = chosen.word !== undefined ? `Who wrote ${placeText(chosen.word)}` : `What ${chosen.line} wrote`;
  element('history').replaceChildren();
  numbers.slice(first, first + MOST_HISTORY).forEach(addHistory);
  const left = numbers.length - Math.min(MOST_HISTORY, numbers.length);
  element('history-more').textContent = numbers.length === 0 ? 'Nobody has written there.' : left > 0 ? `${plain(left)} more, earlier or later.` : '';
}

/* --- all of it --- */

function showInside() {
  showWords();
  showSource();
  showStore();
  showHistory();
}

if (stores.length > 0) {
  element('inside').hidden = false;
  element('store-controls').hidden = false;
  keys['.'] = () => goStore(1);
  keys[','] = () => goStore(-1);
  element('store-forward').addEventListener('click', () => goStore(1));
  element('store-back').addEventListener('click', () => goStore(-1));
  element('history-close').addEventListener('click', () => { chosen = null; showNow(); });
  if (data.lost > 0) element('lost').textContent = `${plain(data.lost)} stores are missing: there were too many.`;
} else {
  element('inside').hidden = true;
}
start();
