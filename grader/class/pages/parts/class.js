"use strict";
// Sorts and searches the table of submissions. Without it, the table is whole and in order.
(() => {
  const table = document.querySelector("table.class");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const field = document.querySelector(".find input");
  const count = document.querySelector(".find output");
  const heads = Array.from(table.tHead.rows[0].cells);

  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

  const search = () => {
    const words = plain(field.value).split(/\s+/).filter((word) => word);
    for (const row of rows) row.hidden = !words.every((word) => texts.get(row).includes(word));
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} shown`;
  };

  const key = (row, column) => row.cells[column].dataset.key ?? row.cells[column].textContent.trim();
  const compare = (a, b) => {
    const [x, y] = [parseFloat(a), parseFloat(b)];
    return Number.isNaN(x) || Number.isNaN(y) ? a.localeCompare(b) : x - y || a.localeCompare(b);
  };
  const sort = (column) => {
    const up = heads[column].getAttribute("aria-sort") !== "ascending";
    heads.forEach((head) => { if (head.hasAttribute("aria-sort")) head.setAttribute("aria-sort", "none"); });
    heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
    const ordered = rows.slice().sort((a, b) => compare(key(a, column), key(b, column)) * (up ? 1 : -1));
    body.append(...ordered);
  };

  heads.forEach((head, column) => {
    const button = head.querySelector("button");
    if (button) button.addEventListener("click", () => sort(column));
  });
  field.addEventListener("input", search);
  document.querySelector(".find").hidden = false;
  search();
})();
