/** A facet as a foldable group of check boxes; the order of its values stays, so that focus does. */
import { element } from "./dom.js";

/** Makes one; `toggle(name, value)` is called on a choice. Returns { node, update(values, chosen) }. */
export function facetbox(name, toggle) {
  const sum = element("span", { class: "qz-facet__chosen" });
  const items = element("ul", { "aria-label": name });
  const node = element("details", { class: "qz-facet" }, element("summary", {}, `${name} `, sum), items);
  const boxes = new Map();

  function box(value) {
    const input = element("input", { type: "checkbox", change: () => toggle(name, value) });
    const count = element("span", { class: "qz-count" });
    const item = element("li", {}, element("label", { class: "qz-facet__value" }, input, element("span", {}, value), count));
    items.append(item);
    return { input, count, item };
  }

  /** Shows how many each value, given as [value, count], would leave; those that would leave none are hidden. */
  function update(values, chosen = new Set()) {
    for (const [value, count] of values) {
      if (!boxes.has(value)) boxes.set(value, box(value));
      const { input, count: shown, item } = boxes.get(value);
      input.checked = chosen.has(value);
      shown.textContent = count.toLocaleString("zh-CN");
      item.hidden = !count && !input.checked;
    }
    sum.textContent = chosen.size ? `已选 ${chosen.size}` : "";
    node.hidden = values.every(([, count]) => !count) && !chosen.size;
  }

  return { node, update };
}

/** The choices made, each as a button that takes it back. */
export function choices(chosen, toggle) {
  return [...chosen].flatMap(([name, values]) =>
    Array.from(values, (value) =>
      element(
        "button",
        { class: "qz-choice", type: "button", "aria-label": `去掉筛选 ${name}：${value}`, click: () => toggle(name, value) },
        `${name}：${value} ✕`,
      ),
    ),
  );
}
