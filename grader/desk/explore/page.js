// SPDX-License-Identifier: MIT
/*
 * page.js - the page of heaplab explore (its data: explore.h): the heap from step to step. stores.js comes before it,
 * strip.js and inside.js after it.
 *
 * Everything is made of spans. A span is a piece of the heap that stays the same from one step to another. All spans
 * are found once, at the start. The map draws each as one rectangle; the heap after a step is all spans that cover the
 * step. Spans are listed by runs of steps, so that a step has to look at few of them.
 *
 * Text from the data goes into the page as text, never as HTML.
 */
'use strict';

const RUN = 256; // steps per run
const element = (id) => document.getElementById(id);

/* --- spans --- */

const spans = []; // {from, to, offset, bytes, kind, note, id, name, payload}: steps from <= k < to

function open(span) {
  span.to = steps;
  spans.push(span);
  return span;
}

/* A cell in use is a block with a payload in it or, if no call has asked for it, all payload. */
const NEAREST_HEADER = 8;
const FARTHEST_HEADER = 64;

function holdsPayload(payloads, offset, bytes) {
  for (let distance = 0; distance <= FARTHEST_HEADER && distance < bytes; distance += NEAREST_HEADER) {
    if (payloads.has(offset + distance)) return true;
  }
  return false;
}

const cellKinds = { u: 'block', f: 'free', d: 'damaged' };

function cellKind(change, payloads) {
  if (change[3] !== 'u') return cellKinds[change[3]];
  if (holdsPayload(payloads, change[1], change[2])) return 'overhead';
  return change[4] === 'list' ? 'overhead' : 'live';
}

/* The block's name in the story: "char *b = mm_malloc(8);" names it b. Blocks without one are numbered. */
function nameAt(k) {
  const named = /([A-Za-z_]\w*) = /.exec(data.texts[k]);
  return named ? named[1] : `${data.trace ? 'p' : 'block '}${data.ids[k] + (data.trace ? 0 : 1)}`;
}

function findSpans() {
  const byId = new Map(); // id: span of its payload
  const payloads = new Map(); // offset: number of payloads there
  const cells = new Map(); // offset: span of the cell
  let next = 0;
  const leave = (offset) => {
    const left = payloads.get(offset) - 1;
    if (left > 0) payloads.set(offset, left);
    else payloads.delete(offset);
  };
  for (let k = 0; k < steps; k++) {
    const id = data.ids[k];
    const old = byId.get(id);
    if (data.kinds[k] !== 'c' && id >= 0) {
      if (old) {
        old.to = k;
        leave(old.offset);
        byId.delete(id);
      }
      if (data.offsets[k] >= 0) {
        byId.set(id, open({ from: k, offset: data.offsets[k], bytes: data.sizes[k], kind: 'live', id, name: nameAt(k), payload: true }));
        payloads.set(data.offsets[k], (payloads.get(data.offsets[k]) || 0) + 1);
      }
    }
    for (; next < data.cells.length && data.cells[next][0] === k; next++) {
      const change = data.cells[next];
      const cell = cells.get(change[1]);
      if (cell) cell.to = k;
      cells.delete(change[1]);
      if (change.length > 2) {
        cells.set(change[1], open({ from: k, offset: change[1], bytes: change[2], kind: cellKind(change, payloads), note: change[4], header: change[5] || 0, footer: change[6] || 0, id: -1 }));
      }
    }
  }
}

findSpans();
const hasCells = data.cells.length > 0;
const runs = Array.from({ length: Math.ceil(steps / RUN) }, () => []);
for (const span of spans) {
  for (let run = Math.floor(span.from / RUN); run * RUN < span.to; run++) runs[run].push(span);
}

/* The spans at step K in order of address, cells before the payloads in them. */
function spansAt(k) {
  return runs[Math.floor(k / RUN)]
    .filter((span) => span.from <= k && k < span.to)
    .sort((a, b) => a.offset - b.offset || b.bytes - a.bytes);
}

/* --- numbers at each step --- */

const liveBytes = new Float64Array(steps);
const freeBytes = new Float64Array(steps);
const largestFree = new Float64Array(steps);
const heapBytes = new Float64Array(steps);

function largestOf(sizes) {
  let largest = 0;
  for (const size of sizes.keys()) if (size > largest) largest = size;
  return largest;
}

/* Sums up what begins and ends at each step, from the first step on. */
function sumUp() {
  const begins = Array.from({ length: steps + 1 }, () => []);
  const ends = Array.from({ length: steps + 1 }, () => []);
  for (const span of spans) {
    begins[span.from].push(span);
    ends[span.to].push(span);
  }
  let live = 0;
  let free = 0;
  let largest = 0;
  let extent = 0;
  const sizes = new Map(); // of free cells: how many
  for (let k = 0; k < steps; k++) {
    for (const span of ends[k]) {
      if (span.kind === 'live') live -= span.bytes;
      if (span.kind !== 'free') continue;
      free -= span.bytes;
      const left = sizes.get(span.bytes) - 1;
      if (left > 0) sizes.set(span.bytes, left);
      else sizes.delete(span.bytes);
      if (left === 0 && span.bytes === largest) largest = -1;
    }
    for (const span of begins[k]) {
      extent = Math.max(extent, span.offset + span.bytes);
      if (span.kind === 'live') live += span.bytes;
      if (span.kind !== 'free') continue;
      free += span.bytes;
      sizes.set(span.bytes, (sizes.get(span.bytes) || 0) + 1);
      if (largest >= 0) largest = Math.max(largest, span.bytes);
    }
    if (largest < 0) largest = largestOf(sizes);
    liveBytes[k] = live;
    freeBytes[k] = free;
    largestFree[k] = largest;
    heapBytes[k] = data.heaps[k] > 0 ? data.heaps[k] : extent;
  }
}

sumUp();
const mostHeap = heapBytes.reduce((a, b) => Math.max(a, b), 1);

function utilization(k) {
  return heapBytes[k] > 0 ? Math.min(1, liveBytes[k] / heapBytes[k]) : 0;
}

function fragmentation(k) {
  return freeBytes[k] > 0 ? 1 - largestFree[k] / freeBytes[k] : 0;
}

/* --- words --- */

function bytesText(number) {
  return `${plain(number)} byte${number === 1 ? '' : 's'}`;
}

/* The name of the block that step K is about, as it was before. */
function blockName(k) {
  const block = data.ids[k] >= 0 && k > 0 ? spansAt(k - 1).find((span) => span.id === data.ids[k]) : undefined;
  return block ? block.name : 'NULL';
}

function callText(k) {
  if (data.texts[k]) return data.texts[k];
  const size = plain(data.sizes[k]);
  if (data.kinds[k] === 'a' && data.offsets[k] < 0) return `mm_malloc(${size}); returned NULL`;
  if (data.kinds[k] === 'f') return `mm_free(${blockName(k)});`;
  if (data.kinds[k] === 'r') return `mm_realloc(${blockName(k)}, ${size});`;
  return `${nameAt(k)} = mm_malloc(${size});`;
}

function kindText(span) {
  if (span.payload) return `payload of ${span.name}`;
  if (span.kind === 'overhead') return span.note === 'list' ? 'the list' : 'block in use';
  if (span.kind === 'live') return 'in use';
  return span.kind === 'damaged' ? `damaged: ${span.note}` : 'free block';
}

function describe(span) {
  return `${kindText(span)} at heap + ${plain(span.offset)}: ${bytesText(span.bytes)}, since step ${span.from + 1}`;
}

/* --- what is shown --- */

let now = 0;
let done = 0; // how many of the step's stores have happened
let centre = -1; // of the strip's window, if the reader moved it; -1: the place that the step is about
let view = { from: 0, to: steps }; // the steps that the map and the curves show
let playing = 0;

const colours = {};
function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ['paper', 'ink', 'soft', 'edge', 'live', 'on-live', 'overhead', 'on-overhead', 'free', 'on-free',
    'damaged', 'on-damaged', 'cursor', 'used-line', 'scattered-line']) {
    colours[name] = style.getPropertyValue(`--${name}`).trim();
  }
}

function storesIn(k) {
  return firstStore[k + 1] - firstStore[k];
}

function timeNow() {
  return firstStore[now] + done;
}

/* The store that happened last in this step. */
function latestStore() {
  return done > 0 ? stores[timeNow() - 1] : undefined;
}

/* The blocks: within a step, those from before it. */
function shapeNow() {
  return spansAt(done < storesIn(now) && now > 0 ? now - 1 : now);
}

/* The place in the heap to look at in step K: its payload or, without one, what changed. */
function place(k) {
  if (data.offsets[k] >= 0) return data.offsets[k];
  const block = data.ids[k] >= 0 && k > 0 ? spansAt(k - 1).find((span) => span.id === data.ids[k]) : undefined;
  if (block) return block.offset;
  const fresh = runs[Math.floor(k / RUN)].find((span) => span.from === k);
  return fresh ? fresh.offset : -1;
}

/* Sets the canvas to its size on the page, in device pixels. Its context then counts in CSS pixels. */
function prepared(canvas) {
  const ratio = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  const height = canvas.clientHeight;
  canvas.width = Math.max(1, Math.round(width * ratio));
  canvas.height = Math.max(1, Math.round(height * ratio));
  const context = canvas.getContext('2d');
  context.setTransform(canvas.width / width, 0, 0, canvas.height / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/* --- the map and the curves: drawn when the view changes, kept, and copied under the cursor at each step --- */

const LEFT = 68; // room for labels: a heap may have 67 108 864 bytes
const BOTTOM = 20;
const TOP = 6;
const RIGHT = 8;

function stepX(k, width) {
  return LEFT + ((k - view.from) / (view.to - view.from)) * (width - LEFT - RIGHT);
}

function kept(canvas, draw) {
  const copy = document.createElement('canvas');
  return {
    redraw() {
      const { context, width, height } = prepared(canvas);
      draw(context, width, height);
      copy.width = canvas.width;
      copy.height = canvas.height;
      copy.getContext('2d').drawImage(canvas, 0, 0);
      this.cursor();
    },
    cursor() {
      const context = canvas.getContext('2d');
      const width = canvas.clientWidth;
      context.save();
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(copy, 0, 0);
      context.restore();
      if (now < view.from || now >= view.to) return;
      const x = stepX(now + 0.5, width);
      context.fillStyle = colours.cursor;
      context.fillRect(x - 1, TOP, 2, canvas.clientHeight - TOP - BOTTOM);
    },
  };
}

function label(context, text, x, y, align) {
  context.fillStyle = colours.soft;
  context.font = '12px system-ui, sans-serif';
  context.textAlign = align;
  context.fillText(text, x, y);
}

function stepLabels(context, width, height) {
  label(context, `step ${plain(view.from + 1)}`, LEFT, height - 5, 'left');
  label(context, plain(view.to), width - RIGHT, height - 5, 'right');
}

function failingLine(context, width, height) {
  if (data.failing === null || data.failing < view.from || data.failing >= view.to) return;
  const x = stepX(data.failing + 0.5, width);
  context.strokeStyle = colours.damaged;
  context.lineWidth = 2;
  context.setLineDash([5, 3]);
  context.beginPath();
  context.moveTo(x, TOP);
  context.lineTo(x, height - BOTTOM);
  context.stroke();
  context.setLineDash([]);
}

/* All of the heap, run by run of equal sizes; spans are drawn over it. */
function drawHeapArea(context, width, scaleY, floor) {
  context.fillStyle = colours.free;
  for (let k = view.from; k < view.to;) {
    let end = k + 1;
    while (end < view.to && heapBytes[end] === heapBytes[k]) end++;
    const x = stepX(k, width);
    context.fillRect(x, floor - heapBytes[k] * scaleY, stepX(end, width) - x, heapBytes[k] * scaleY);
    k = end;
  }
}

function drawSpans(context, width, scaleY, floor, payloads) {
  for (const span of spans) {
    if (span.to <= view.from || span.from >= view.to || Boolean(span.payload) !== payloads) continue;
    const x = stepX(Math.max(span.from, view.from), width);
    const right = stepX(Math.min(span.to, view.to), width);
    context.fillStyle = colours[span.kind];
    context.fillRect(x, floor - (span.offset + span.bytes) * scaleY, right - x, span.bytes * scaleY);
  }
}

const map = kept(element('map'), (context, width, height) => {
  const floor = height - BOTTOM;
  const scaleY = (floor - TOP) / mostHeap;
  drawHeapArea(context, width, scaleY, floor);
  drawSpans(context, width, scaleY, floor, false);
  drawSpans(context, width, scaleY, floor, true);
  failingLine(context, width, height);
  label(context, plain(mostHeap), LEFT - 4, TOP + 10, 'right');
  label(context, '0', LEFT - 4, floor, 'right');
  stepLabels(context, width, height);
});

function drawCurve(context, width, height, value, colour, dash) {
  const floor = height - BOTTOM;
  context.strokeStyle = colour;
  context.lineWidth = 2;
  context.setLineDash(dash);
  context.beginPath();
  for (let k = view.from; k < view.to; k++) {
    const y = floor - value(k) * (floor - TOP);
    if (k === view.from) context.moveTo(stepX(k, width), y);
    context.lineTo(stepX(k, width), y);
    context.lineTo(stepX(k + 1, width), y);
  }
  context.stroke();
  context.setLineDash([]);
}

const curves = kept(element('curves'), (context, width, height) => {
  const floor = height - BOTTOM;
  for (let quarter = 0; quarter <= 4; quarter++) {
    const y = floor - (quarter / 4) * (floor - TOP);
    context.fillStyle = colours.free;
    context.fillRect(LEFT, y, width - LEFT - RIGHT, 1);
    label(context, `${quarter * 25}%`, LEFT - 4, Math.max(y + 4, TOP + 8), 'right');
  }
  if (hasCells) drawCurve(context, width, height, fragmentation, colours['scattered-line'], [6, 4]);
  drawCurve(context, width, height, utilization, colours['used-line'], []);
  failingLine(context, width, height);
  stepLabels(context, width, height);
});

/* --- words about the step, and the table --- */

function fact(parent, text, tag, name) {
  const made = document.createElement(tag || 'span');
  made.textContent = text;
  if (name) made.className = name;
  parent.append(made);
  return made;
}

function stepFacts() {
  const facts = [`heap ${bytesText(heapBytes[now])}`, `live ${bytesText(liveBytes[now])}`, `utilization ${Math.round(100 * utilization(now))}%`];
  if (hasCells) facts.push(`free ${bytesText(freeBytes[now])}, the largest block ${plain(largestFree[now])}`);
  return facts.join('; ');
}

function showStep() {
  const step = element('step');
  step.replaceChildren();
  fact(step, `Step ${plain(now + 1)} of ${plain(steps)}: `);
  fact(step, callText(now), 'code');
  fact(step, '', 'br');
  fact(step, `After it: ${stepFacts()}.`, 'span', 'small');
  if (now !== data.failing) return;
  fact(step, '', 'br');
  fact(step, `Here the test failed: ${data.message || 'see above'}`, 'span', 'fails');
}

const TABLE_ROWS = 40;

function showTable() {
  const here = place(now);
  const shown = spansAt(now);
  let middle = shown.findIndex((span) => span.offset + span.bytes > here);
  if (here < 0 || middle < 0) middle = 0;
  const first = Math.max(0, middle - TABLE_ROWS / 2);
  const body = element('blocks');
  body.replaceChildren();
  for (const span of shown.slice(first, first + TABLE_ROWS)) {
    const row = document.createElement('tr');
    if (span.payload && span.offset === here) row.className = 'here';
    for (const text of [`heap + ${plain(span.offset)}`, plain(span.bytes), kindText(span), plain(span.from + 1)]) {
      fact(row, text, 'td');
    }
    body.append(row);
  }
}

/* --- moving --- */

let waiting = false;

function showNow() {
  waiting = false;
  const slider = element('slider');
  slider.value = String(now);
  slider.setAttribute('aria-valuetext', `step ${now + 1} of ${steps}: ${callText(now)}`);
  showStep();
  drawWhole();
  drawStrip();
  map.cursor();
  curves.cursor();
  showTable();
  if (stores.length > 0) showInside();
}

function keepInView() {
  if (now >= view.from && now < view.to) return;
  const width = view.to - view.from;
  const from = Math.max(0, Math.min(now - Math.floor(width / 2), steps - width));
  view = { from, to: from + width };
  redraw();
}

function go(k) {
  now = Math.max(0, Math.min(steps - 1, k));
  done = storesIn(now);
  centre = -1;
  keepInView();
  if (!waiting) {
    waiting = true;
    requestAnimationFrame(showNow);
  }
}

function redraw() {
  map.redraw();
  curves.redraw();
}

const LEAST_VIEW = 20;

function zoom(factor) {
  const width = Math.max(Math.min(LEAST_VIEW, steps), Math.min(steps, Math.round((view.to - view.from) * factor)));
  const from = Math.max(0, Math.min(now - Math.floor(width / 2), steps - width));
  view = { from, to: from + width };
  redraw();
}

/* Plays everything in about ten seconds, but no faster than one step per frame unless there are many steps. */
const TICK_MS = 50;
const TICKS = 200;

function play(on) {
  clearInterval(playing);
  playing = on ? setInterval(() => {
    go(now + Math.max(1, Math.round(steps / TICKS)));
    if (now === steps - 1) play(false);
  }, TICK_MS) : 0;
  element('play').setAttribute('aria-pressed', String(on));
  element('play').textContent = on ? 'Pause' : 'Play';
}

function goFailing() {
  if (data.failing !== null) go(data.failing);
}

const keys = {
  ArrowRight: (event) => go(now + (event.shiftKey ? 10 : 1)),
  ArrowLeft: (event) => go(now - (event.shiftKey ? 10 : 1)),
  PageDown: () => go(now + 100),
  PageUp: () => go(now - 100),
  Home: () => go(0),
  End: () => go(steps - 1),
  f: goFailing,
  p: () => play(!playing),
  '+': () => zoom(0.5),
  '-': () => zoom(2),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  const scrolls = event.target.classList && event.target.classList.contains('scroll');
  if (!action || (scrolls && event.key.length > 1)) return;
  event.preventDefault();
  if (event.key !== 'p' && event.key !== 'P') play(false);
  action(event);
});

/* --- the pointer --- */

function stepUnder(canvas, event) {
  const width = canvas.clientWidth - LEFT - RIGHT;
  const share = (event.offsetX - LEFT) / width;
  return Math.max(view.from, Math.min(view.to - 1, view.from + Math.floor(share * (view.to - view.from))));
}

function showTip(event, text) {
  const tip = element('tip');
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  const left = Math.min(event.pageX + 14, document.documentElement.clientWidth - tip.offsetWidth - 8);
  tip.style.left = `${Math.max(0, left)}px`;
  tip.style.top = `${event.pageY + 18}px`;
}

/* The payload at OFFSET in step K, or else the cell. */
function spanUnder(k, offset) {
  const found = spansAt(k).filter((span) => span.offset <= offset && offset < span.offset + span.bytes);
  return found.find((span) => span.payload) || found[0];
}

function mapTip(event) {
  const canvas = element('map');
  const k = stepUnder(canvas, event);
  const floor = canvas.clientHeight - BOTTOM;
  const span = spanUnder(k, ((floor - event.offsetY) / (floor - TOP)) * mostHeap);
  showTip(event, `step ${plain(k + 1)}: ${callText(k)}${span ? ` - ${describe(span)}` : ''}`);
}

function curvesTip(event) {
  const k = stepUnder(element('curves'), event);
  const scattered = hasCells ? `, fragmentation ${Math.round(100 * fragmentation(k))}%` : '';
  showTip(event, `step ${plain(k + 1)}: utilization ${Math.round(100 * utilization(k))}%${scattered}`);
}

function stripTip(event) {
  const offset = stripOffset(event);
  const span = spanUnder(now, offset);
  const word = Math.floor(offset / WORD) * WORD;
  const { bytes, latest } = wordAt(word, timeNow());
  const author = stores.length === 0 ? '' : ` - ${placeText(word)} holds ${valueText(bytes, '', heapBytes[now])}, written by ${authorText(latest)}`;
  showTip(event, span ? `${describe(span)}${author}` : author.slice(3));
}

function follow(canvas, tip) {
  canvas.addEventListener('mousemove', tip);
  canvas.addEventListener('mouseleave', (event) => showTip(event, ''));
}

/* --- the start --- */

function showVerdict() {
  document.title = `heaplab: ${data.name}`;
  element('title').textContent = `${data.lab}: ${data.name}`;
  element('what').textContent = data.what || '';
  element('free-label').textContent = hasCells ? 'free' : 'not asked for: free, or the allocator\'s own';
  element('damaged-label').hidden = !spans.some((span) => span.kind === 'damaged');
  element('overhead-label').hidden = !spans.some((span) => span.kind === 'overhead');
  element('fragmentation-label').hidden = !hasCells;
  if (!data.message) return;
  element('verdict').hidden = false;
  element('message').textContent = data.message;
  for (const [name, text] of [['expected', data.expected], ['found', data.found], ['where', data.where], ['written', data.written], ['think', data.hint]]) {
    if (!text) continue;
    fact(element('facts'), name, 'dt');
    fact(element('facts'), text, 'dd');
  }
  element('failing').hidden = data.failing === null;
}

function describeCanvases() {
  const peak = liveBytes.reduce((a, b) => Math.max(a, b), 0);
  element('map').setAttribute('aria-label', `Each block as a rectangle: address against time, ${steps} steps, at most ${bytesText(mostHeap)} of heap. Arrow keys step.`);
  element('curves').setAttribute('aria-label', `Utilization over time. At most ${bytesText(peak)} were live; at the end utilization is ${Math.round(100 * utilization(steps - 1))}%.`);
}

/* The step to begin with: where the test failed; in a trace, where fragmentation cost the most: the heap grew although so
 * many bytes of it were not in use. */
function opening() {
  if (data.failing !== null) return data.failing;
  let worst = steps - 1;
  let most = 0;
  for (let k = 1; data.trace && k < steps; k++) {
    const idle = hasCells ? freeBytes[k - 1] : heapBytes[k - 1] - liveBytes[k - 1];
    if (heapBytes[k] <= heapBytes[k - 1] || idle <= most) continue;
    most = idle;
    worst = k;
  }
  return worst;
}

function start() {
  readColours();
  showVerdict();
  describeCanvases();
  element('slider').max = String(steps - 1);
  element('slider').addEventListener('input', (event) => { play(false); go(Number(event.target.value)); });
  for (const [id, action] of [['first', () => go(0)], ['back', () => go(now - 1)], ['forward', () => go(now + 1)],
    ['last', () => go(steps - 1)], ['failing', goFailing], ['wider', () => zoom(2)], ['closer', () => zoom(0.5)]]) {
    element(id).addEventListener('click', () => { play(false); action(); });
  }
  element('play').addEventListener('click', () => play(!playing));
  for (const [id, tip] of [['map', mapTip], ['curves', curvesTip]]) {
    follow(element(id), tip);
    element(id).addEventListener('click', (event) => go(stepUnder(element(id), event)));
  }
  follow(element('strip'), stripTip);
  element('strip').addEventListener('click', (event) => { if (stores.length > 0) choose({ word: Math.floor(stripOffset(event) / WORD) * WORD }); });
  element('whole').addEventListener('click', (event) => { centre = wholeOffset(event); showNow(); });
  follow(element('whole'), (event) => showTip(event, `heap + ${plain(wholeOffset(event))}`));
  window.addEventListener('resize', () => { redraw(); showNow(); });
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColours(); redraw(); showNow(); });
  now = opening();
  done = storesIn(now);
  redraw();
  showNow();
}
