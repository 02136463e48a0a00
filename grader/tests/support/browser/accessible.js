// SPDX-License-Identifier: MIT
// accessible.js - what a page lacks for readers with a screen reader, a keyboard, little light or a narrow window: the
// sentences, as an array. Run in the page by accessible.py. The rules are those of WCAG 2.2, level AA, that can be
// decided by a program; each is named by the rule of axe-core 4.14 (2026) that it stands for.
const wrong = [];
const say = (rule, node, what) => wrong.push(`${rule}: <${node.localName}${node.id ? ` id=${node.id}` : ""}> "${
  (node.textContent || "").trim().slice(0, 40)}" ${what}`);
const all = (selector) => Array.from(document.querySelectorAll(selector));
const shown = (node) => node.checkVisibility({checkOpacity: true, checkVisibilityCSS: true}) && node.getClientRects().length > 0;

// --- names, structure ---
const nameOf = (node) => (node.getAttribute("aria-label") || Array.from(node.labels ?? []).map((label) => label.textContent).join(" ") ||
  node.textContent || node.title || "").trim();
for (const node of all("a[href], button, input, select, textarea, summary, meter, output").filter(shown))
  if (!nameOf(node) && node.localName !== "output") say("label", node, "has no name");
if (!document.documentElement.lang) wrong.push("html-has-lang: the page has no language");
if (!document.title.trim()) wrong.push("document-title: the page has no title");
if (all("main").length !== 1) wrong.push(`landmark-one-main: ${all("main").length} elements <main>`);
if (all("h1").length !== 1) wrong.push(`page-has-heading-one: ${all("h1").length} elements <h1>`);
let level = 0;
for (const node of all("h1, h2, h3, h4, h5, h6").filter(shown)) {
  const own = Number(node.localName[1]);
  if (own > level + 1) say("heading-order", node, `follows a heading of level ${level}`);
  if (!node.textContent.trim()) say("empty-heading", node, "is empty");
  level = own;
}
const landmarks = "main, body > header, body > footer, nav, aside";
for (const node of Array.from(document.body.children).filter(shown))
  if (!node.matches(`${landmarks}, script, style`)) say("region", node, "lies in no landmark");
const ids = all("[id]").map((node) => node.id);
for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) wrong.push(`duplicate-id: ${id}`);
for (const node of all("[for]"))
  if (!node.getAttribute("for").split(" ").every((id) => ids.includes(id))) say("label", node, "is for nothing");
for (const node of all("th")) {
  if (!node.scope) say("scope-attr-valid", node, "has no scope");
  if (!node.textContent.trim()) say("empty-table-header", node, "is empty");
}
for (const node of all("table")) if (!node.caption?.textContent.trim()) say("table", node, "has no caption");
for (const node of all("ul, ol"))
  if (Array.from(node.children).some((child) => child.localName !== "li")) say("list", node, "holds more than <li>");
for (const node of all("svg"))
  if (node.getAttribute("aria-hidden") !== "true" && node.getAttribute("role") !== "img") say("svg-img-alt", node, "says nothing");
for (const node of all("[tabindex]")) if (node.tabIndex > 0) say("tabindex", node, "changes the order of keys");

// --- colours ---
const colour = (text) => {
  const parts = text.match(/[\d.]+/g).map(Number);
  if (text.startsWith("color(srgb")) return [...parts.slice(0, 3).map((part) => part * 255), parts[3] ?? 1];
  return [...parts.slice(0, 3), parts[3] ?? 1];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const background = (node) => {
  const layers = [];
  for (let at = node; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
};
const light = (rgb) => {
  const [r, g, b] = rgb.slice(0, 3).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const grounds = new Map();
const seen = new Set();
for (const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); walker.nextNode();) {
  const node = walker.currentNode.parentElement;
  if (!walker.currentNode.data.trim() || node.closest("svg, script, style") || !shown(node)) continue;
  const style = getComputedStyle(node);
  if (!grounds.has(node)) grounds.set(node, background(node));
  const ground = grounds.get(node);
  const [low, high] = [light(over(colour(style.color), ground)), light(ground)].sort((a, b) => a - b);
  const size = parseFloat(style.fontSize);
  const least = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
  const ratio = (high + 0.05) / (low + 0.05);
  const kind = `${style.color} ${ground} ${least}`;
  if (ratio < least && !seen.has(kind)) {
    seen.add(kind);
    say("color-contrast", node, `has a contrast of ${ratio.toFixed(2)}, ${style.color} on ${ground}`);
  }
}

// --- width and keys ---
const page = document.scrollingElement;
if (page.scrollWidth > innerWidth + 1) {
  const wide = all("body *").find((node) => shown(node) && node.getBoundingClientRect().right > innerWidth + 1 &&
    !node.closest(".scrolls, pre"));
  wrong.push(`reflow: the page is ${page.scrollWidth} wide in a window of ${innerWidth}`);
  if (wide) say("reflow", wide, "is the first that does not fit");
}
for (const node of all("body *").filter(shown)) {
  const style = getComputedStyle(node);
  const scrolls = /auto|scroll/.test(style.overflowX) && node.scrollWidth > node.clientWidth + 1;
  if (scrolls && node.tabIndex < 0 && !node.querySelector("a[href], button, input, [tabindex]"))
    say("scrollable-region-focusable", node, "scrolls, but not by keys");
}
for (const node of all("table.class tbody th").filter(shown).slice(0, 20))
  if (node.getBoundingClientRect().width < 100) say("reflow", node, "is too narrow for a name");
for (const node of all("table.class tbody td").filter(shown))
  if (node.textContent.trim().length > 20 && node.getBoundingClientRect().width < 100) {
    say("reflow", node, "is too narrow for its text");
    break;
  }
return wrong;
