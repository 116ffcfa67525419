"use strict";
// Filters for long lists, and evidence that opens when a link leads to it. The page reads without.
for (const list of document.querySelectorAll("[data-filter]")) {
  const items = Array.from(list.children, (item) => [item, item.textContent.toLowerCase()]);
  if (items.length < 8) continue;
  const label = document.createElement("label");
  const input = document.createElement("input");
  const shown = document.createElement("output");
  label.className = "filter";
  label.textContent = list.dataset.filter;
  input.type = "search";
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const [item, text] of items) {
      item.hidden = !words.every((word) => text.includes(word));
      if (!item.hidden) count += 1;
    }
    shown.textContent = words.length ? count + " of " + items.length : "";
  });
  label.append(input, shown);
  (list.closest("table") || list).before(label);
}
function unfold() {
  const target = location.hash && document.getElementById(location.hash.slice(1));
  const details = target && target.querySelector("details");
  if (details && target.tagName === "TBODY") details.open = true;
}
addEventListener("hashchange", unfold);
unfold();
