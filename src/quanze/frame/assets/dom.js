/** Elements, and the parts that several pages show. Text only ever gets in as text. */
import { page } from "./place.js";

/** An element; attributes that are functions listen to the event of that name, true and false set or leave out. */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

/** A whole number with commas between its thousands; asking the locale would load its tables, a long task on a slow phone. */
export function grouped(number) {
  return String(number).replace(/\B(?=(?:[0-9]{3})+$)/gu, ",");
}

/** Pieces of text (see fold.js), what matched as <mark>. */
export function marked(pieces) {
  return pieces.map((text, i) => (i % 2 ? element("mark", {}, text) : text));
}

/** One record found: title, what it is, and where the query stands in its text, or what else there is to say. */
function hit({ url, label, ended, title, gist, snippets, facts: all }, facts, note) {
  const shown = all.filter(([name, values]) => facts.includes(name) && values.length);
  return element(
    "li",
    { class: ended ? "qz-hit qz-hit--ended" : "qz-hit" },
    element("h3", { class: "qz-hit__title" }, element("a", { href: page(url) }, ...marked(title))),
    element(
      "p",
      { class: "qz-hit__facts" },
      element("span", { class: "qz-tag" }, label),
      ended ? element("span", { class: "qz-tag qz-tag--dead" }, "已终止") : "",
      gist ? element("strong", { class: "qz-hit__gist" }, gist) : "",
      ...shown.map(([name, values]) => element("span", { class: "qz-fact" }, `${name}：${values.join("、")}`)),
    ),
    ...snippets.map((pieces) => element("p", { class: "qz-hit__text" }, ...marked(pieces))),
    note ? element("p", { class: "qz-hit__text" }, note) : "",
  );
}

/**
 * A list of records found; `facts` names the facets to show, `note` gives a sentence on a record.
 * @param {(one: any) => string} note
 */
export function hits(found, facts, note = () => "") {
  return element("ol", { class: "qz-hits" }, ...found.map((one) => hit(one, facts, note(one))));
}

/** Whose matter something is that is not this body's, each with its basis; empty where there is nothing to say. */
export function others(found) {
  if (!found.length) return [];
  const row = ({ url, title, bodies, basis }) => element("li", {},
    element("a", { href: page(url) }, title), "：由", element("strong", {}, bodies.join("、")), "管",
    basis.length ? `（${basis.join("、")}）` : "（依据待核）");
  return [element("aside", { class: "qz-elsewhere", "aria-label": "可能不归本机关" },
    element("p", {}, "这件事可能不归本机关："), element("ul", {}, ...found.map(row)))];
}

/** The names in a space-separated data attribute. */
export function list(value = "") {
  return value.split(" ").filter(Boolean);
}
