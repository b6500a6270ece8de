/** A facet as a foldable group of check boxes; the order of its values stays, so that focus does. */
import { element, grouped } from "./dom.js";

const MOST = 30;

/** Makes one; `toggle(name, value)` is called on a choice. Returns { node, update(values, chosen) }. */
export function facetbox(name, toggle) {
  const sum = element("span", { class: "qz-facet__chosen" });
  const items = element("ul", { "aria-label": name });
  const rest = element("button", { class: "qz-facet__rest", type: "button", click: whole });
  const panel = element("div", { class: "qz-facet__panel" }, items, rest);
  const node = element("details", { class: "qz-facet", toggle: render }, element("summary", {}, `${name} `, sum), panel);
  const boxes = new Map();
  let [values, chosen, most] = [[], new Set(), MOST];

  function box(value) {
    const place = values.findIndex(([one]) => one === value);
    const next = [...boxes.values()].find((other) => other.place > place);
    const input = element("input", { type: "checkbox", change: () => toggle(name, value) });
    const count = element("span", { class: "qz-count" });
    const item = element("li", {}, element("label", { class: "qz-facet__value" }, input, element("span", {}, value), count));
    items.insertBefore(item, next?.item ?? null);
    return { input, count, item, place };
  }

  /** Brings the boxes up to date, as far as they are to be seen: a column may have a thousand values. */
  function render() {
    if (!node.open) return;
    const left = values.filter(([value, number]) => number || chosen.has(value));
    const shown = new Map(left.filter(([value], i) => i < most || chosen.has(value)));
    for (const value of shown.keys()) if (!boxes.has(value)) boxes.set(value, box(value));
    for (const [value, { input, count, item }] of boxes) {
      input.checked = chosen.has(value);
      item.hidden = !shown.has(value);
      if (!item.hidden) count.textContent = grouped(shown.get(value));
    }
    rest.hidden = shown.size === left.length;
    rest.textContent = `显示全部 ${left.length} 个`;
  }

  function whole() {
    most = Infinity;
    render();
    items.querySelector(`li:nth-child(${MOST + 1}) input`)?.focus();
  }

  /** Tells how many each value, given as [value, count], would leave; those that would leave none are not shown. */
  function update(now, marked = new Set()) {
    [values, chosen] = [now, marked];
    sum.textContent = chosen.size ? `已选 ${chosen.size}` : "";
    node.hidden = values.every(([, count]) => !count) && !chosen.size;
    render();
  }

  return { node, update };
}

/** Shows the choices made, each as a button that takes it back; the focus stays among them. */
export function choices(node, chosen, toggle) {
  const focused = node.contains(document.activeElement);
  const button = (name, value) =>
    element(
      "button",
      { class: "qz-choice", type: "button", "aria-label": `去掉筛选 ${name}：${value}`, click: () => toggle(name, value) },
      `${name}：${value} ✕`,
    );
  node.tabIndex = -1;
  node.replaceChildren(...[...chosen].flatMap(([name, values]) => Array.from(values, (value) => button(name, value))));
  if (focused) (node.firstElementChild ?? node).focus();
}
