// SPDX-License-Identifier: MIT
/*
 * strip.js - the heap at one moment: all of it as a bar, and a part of it as a strip, with headers, links and what the step
 * has written (page.js).
 */
'use strict';

/* --- the whole heap, as a bar with the strip's window in it --- */

function drawWhole() {
  const { context, width, height } = prepared(element('whole'));
  const heap = Math.max(heapBytes[now], 1);
  const box = (span, colour) => {
    context.fillStyle = colour;
    context.fillRect((span.offset / heap) * width, 3, Math.max(1, (span.bytes / heap) * width), height - 6);
  };
  box({ offset: 0, bytes: heap }, colours.free);
  for (const span of shapeNow()) box(span, colours[span.kind]);
  const range = stripRange();
  context.strokeStyle = colours.cursor;
  context.lineWidth = 3;
  context.strokeRect((range.from / heap) * width + 1, 1, Math.max(6, ((range.to - range.from) / heap) * width - 2), height - 2);
}

function wholeOffset(event) {
  return Math.floor((event.offsetX / element('whole').clientWidth) * heapBytes[now]);
}

/* --- the strip: the heap after this step, or the part of it around the block in question --- */

const ROWS = 4;
const GAP = 13; // above and below a row, for arrows
const PIXELS_A_BYTE = 2.2;

/* How many bytes a row has: as many as leave room for values, in steps of 64. */
function rowBytes() {
  const most = Math.max(128, Math.min(512, Math.floor(element('strip').clientWidth / PIXELS_A_BYTE / 64) * 64));
  return Math.max(64, Math.min(most, Math.ceil(heapBytes[now] / ROWS / 64) * 64));
}

function stripRange() {
  const heap = Math.max(heapBytes[now], 1);
  const bytes = ROWS * rowBytes();
  if (heap <= bytes) return { from: 0, to: heap };
  const store = latestStore();
  const here = centre >= 0 ? centre : store && store.place >= 0 && store.offset >= 0 ? store.offset : Math.max(place(now), 0);
  const from = Math.max(0, Math.min(Math.floor((here - bytes / 2) / 16) * 16, heap - bytes));
  return { from, to: from + bytes };
}

/* The parts of a span on the strip: one rectangle for each row it touches. */
function stripBoxes(span, range, width, height) {
  const bytes = rowBytes();
  const rowHeight = height / ROWS;
  const boxes = [];
  const from = Math.max(span.offset, range.from) - range.from;
  const to = Math.min(span.offset + span.bytes, range.to) - range.from;
  for (let row = Math.floor(from / bytes); row * bytes < to; row++) {
    const start = Math.max(from, row * bytes) - row * bytes;
    const end = Math.min(to, (row + 1) * bytes) - row * bytes;
    if (end > start) {
      boxes.push({ x: (start / bytes) * width, y: row * rowHeight + GAP, width: ((end - start) / bytes) * width, height: rowHeight - 2 * GAP });
    }
  }
  return boxes;
}

function stripText(span) {
  if (span.payload) return span.name;
  return span.kind === 'free' ? `free ${span.note ? `${span.note} ` : ''}${span.bytes}` : span.kind === 'damaged' ? span.note : span.note || '';
}

function drawBox(context, box, span, isHere) {
  context.fillStyle = colours[span.kind];
  context.fillRect(box.x, box.y, box.width, box.height);
  context.strokeStyle = isHere ? colours.cursor : colours.paper;
  context.lineWidth = isHere ? 3 : 1;
  context.strokeRect(box.x + 0.5, box.y + 0.5, Math.max(0, box.width - 1), box.height - 1);
}

function writeOn(context, box, text, colour) {
  context.font = '12px system-ui, sans-serif';
  if (!text || context.measureText(text).width + 4 > box.width) return;
  context.fillStyle = colour;
  context.textAlign = 'center';
  context.fillText(text, box.x + box.width / 2, box.y + box.height / 2 + 4);
}

/* A cell's header and footer, with the number in their first word. */
function drawEnds(context, span, range, width, height) {
  const ends = [{ offset: span.offset, bytes: span.header }, { offset: span.offset + span.bytes - span.footer, bytes: span.footer }];
  for (const end of ends) {
    if (!end.bytes) continue;
    const text = valueText(wordAt(end.offset, timeNow()).bytes, '', heapBytes[now]);
    for (const box of stripBoxes(end, range, width, height)) {
      drawBox(context, box, { kind: 'overhead' }, false);
      writeOn(context, box, text === 'not known' ? '' : text, colours['on-overhead']);
    }
  }
}

/* Under what the step's stores so far have written: a bar, a thick one under the latest. */
function drawChanges(context, range, width, height) {
  for (let number = firstStore[now]; number < timeNow(); number++) {
    if (stores[number].place < 0) continue;
    const isLatest = number === timeNow() - 1;
    for (const box of stripBoxes(stores[number], range, width, height)) {
      context.fillStyle = colours.damaged;
      context.fillRect(box.x, box.y + box.height + 1, Math.max(2, box.width), isLatest ? 6 : 3);
    }
  }
}

/* The words between FROM and TO that may be links: [offset, is it a way back]. */
function linksIn(range) {
  if (!layout) {
    return Array.from({ length: Math.floor((range.to - range.from) / WORD) }, (_, i) => [Math.ceil(range.from / WORD) * WORD + i * WORD, false]);
  }
  return shapeNow().filter((span) => !span.payload && span.offset + span.bytes > range.from && span.offset < range.to)
    .flatMap((cell) => fieldsOf(cell).filter((field) => LINKS.has(field[2])).map((field) => [field[0], field[2] === 'prev']));
}

function drawArrow(context, from, to, back) {
  const bow = (back ? 1 : -1) * Math.min(2 * GAP, 8 + Math.hypot(to.x - from.x, to.y - from.y) / 12);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + bow };
  const angle = Math.atan2(to.y - middle.y, to.x - middle.x);
  context.strokeStyle = back ? colours['scattered-line'] : colours.ink;
  context.fillStyle = context.strokeStyle;
  context.lineWidth = 1.5;
  context.setLineDash(back ? [4, 3] : []);
  context.beginPath();
  context.moveTo(from.x, from.y);
  context.quadraticCurveTo(middle.x, middle.y, to.x, to.y);
  context.stroke();
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(to.x, to.y);
  context.lineTo(to.x - 8 * Math.cos(angle - 0.4), to.y - 8 * Math.sin(angle - 0.4));
  context.lineTo(to.x - 8 * Math.cos(angle + 0.4), to.y - 8 * Math.sin(angle + 0.4));
  context.fill();
}

const MOST_ARROWS = 60;

function drawArrows(context, range, width, height) {
  let drawn = 0;
  for (const [offset, back] of linksIn(range)) {
    const target = drawn < MOST_ARROWS ? leadsTo(offset, timeNow(), heapBytes[now]) : -1;
    const [from] = stripBoxes({ offset, bytes: WORD }, range, width, height);
    const [to] = stripBoxes({ offset: target, bytes: WORD }, range, width, height);
    if (target < range.from || target >= range.to || !from || !to) continue;
    drawn++;
    drawArrow(context, { x: from.x + from.width / 2, y: back ? from.y + from.height : from.y }, { x: to.x + 2, y: back ? to.y + to.height : to.y }, back);
  }
}

function drawStrip() {
  const { context, width, height } = prepared(element('strip'));
  const range = stripRange();
  const here = place(now);
  if (!hasCells) {
    for (const box of stripBoxes({ offset: 0, bytes: heapBytes[now] }, range, width, height)) {
      context.fillStyle = colours.free;
      context.fillRect(box.x, box.y, box.width, box.height);
    }
  }
  const shown = shapeNow().filter((span) => span.offset < range.to && span.offset + span.bytes > range.from);
  for (const span of shown) {
    stripBoxes(span, range, width, height).forEach((box) => drawBox(context, box, span, span.payload && span.offset === here));
  }
  for (const span of shown) if (!span.payload && span.note !== 'list') drawEnds(context, span, range, width, height);
  for (const span of shown) {
    const ends = span.note === 'list' ? [0, 0] : [span.header || 0, span.footer || 0];
    const boxes = stripBoxes({ offset: span.offset + ends[0], bytes: span.bytes - ends[0] - ends[1] }, range, width, height);
    if (boxes.length > 0 && (span.payload || span.kind !== 'overhead' || span.note === 'list')) writeOn(context, boxes[0], stripText(span), colours[`on-${span.kind}`]);
  }
  drawChanges(context, range, width, height);
  drawArrows(context, range, width, height);
  element('strip-range').textContent = `heap + ${plain(range.from)} to heap + ${plain(range.to)}, of ${bytesText(heapBytes[now])}.`;
  element('strip').setAttribute('aria-label', `The heap in step ${now + 1}; the tables below say the same in words.`);
}

/* The byte of the heap under the pointer. */
function stripOffset(event) {
  const canvas = element('strip');
  const row = Math.floor((event.offsetY / canvas.clientHeight) * ROWS);
  return Math.floor(stripRange().from + row * rowBytes() + (event.offsetX / canvas.clientWidth) * rowBytes());
}
