/**
 * Filters, sorts and shortens a table that is whole without this.
 *
 * Contract: <div class="qz-list"><div class="qz-list__tools" hidden></div><table class="qz-table">…</table></div>, one on a page.
 * A column with <th scope="col" data-field="职权类型"> can be sorted, and filtered with data-filter as well; of a cell with
 * several <span class="qz-v"> each is a value of its own. What is not shown is taken out of the table; the rows may come in several bodies. In a table
 * qz-table--parts an entry is a <tbody> of several rows, elsewhere a row; data-records says how many entries one row tells. Entries with data-heading stand under a heading
 * as long as the list's own order is shown.
 */
import { connect } from "./client.js";
import { element, grouped } from "./dom.js";
import { choices, facetbox } from "./facetbox.js";
import { fold, terms } from "./fold.js";
import { fragment, read, toggled, write } from "./fragment.js";
import { page } from "./place.js";
import { tally } from "./tally.js";

const FIRST = matchMedia("(max-width: 44.99em)").matches ? 50 : 100;
const FEW = 3;

function start(root) {
  const tools = root.querySelector(".qz-list__tools");
  const table = root.querySelector(".qz-table");
  const apart = table.classList.contains("qz-table--parts");
  const body = apart ? table : table.tBodies[0];
  const rows = [...(apart ? table.tBodies : table.querySelectorAll("tbody > tr"))].filter((row) => !(apart ? row.rows[0] : row).matches(".qz-table__heading"));
  if (!apart) for (const rest of [...table.tBodies].slice(1)) rest.remove();
  const heads = [...root.querySelectorAll("thead th[data-field]")];
  const place = new Map(heads.map((head) => [head.dataset.field, [...head.parentNode.cells].indexOf(head)]));
  const labels = heads.map((head) => head.textContent);
  const cells = (row, at) => (apart ? [...row.querySelectorAll(`[data-label="${CSS.escape(labels[at])}"]`)] : [row.cells[at]]);
  const text = (row, at) => cells(row, at).map((cell) => cell.textContent).join("\n");
  const matrix = table.classList.contains("qz-table--matrix");
  const sizes = matrix ? rows.map(({ dataset }) => Number(dataset.records)) : null;
  const entries = (some) => (sizes ? some.reduce((sum, row) => sum + sizes[row], 0) : some.length);
  const columns = heads.filter(({ dataset }) => "filter" in dataset).map(({ dataset }) => column(dataset.field));
  const orders = new Map();
  let folded = null; // the rows' texts, and the words that the search knows of them, once someone looks for something
  let state = read();
  let all = false;
  let draft = false; // the address's last step belongs to typing that still goes on

  /** A column's distinct values, the most frequent first, and which of them each row has: in a matrix once for each entry. */
  function column(name) {
    const shown = rows.map((row, number) => {
      const parts = cells(row, place.get(name)).flatMap((cell) => {
        const several = [...cell.querySelectorAll(".qz-v")];
        return several.length ? several : [cell];
      });
      const values = [...new Set(parts.map((part) => part.textContent.trim()))];
      return sizes ? values.flatMap((value) => Array(sizes[number]).fill(value)) : values;
    });
    const counts = new Map();
    for (const value of shown.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
    const values = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
    const numbers = new Map(values.map((value, number) => [value, number]));
    return { name, values, rows: shown.map((values) => values.map((value) => numbers.get(value))) };
  }

  const field = element("input", { id: "qz-list-field", type: "search", class: "qz-list__field", autocomplete: "off", input: () => go({ q: field.value.trim() }, true) });
  const status = element("p", { class: "qz-list__status", role: "status" });
  const chosen = element("div", { class: "qz-choices" });
  const reset = element("button", { class: "qz-button qz-button--plain", type: "button", click: clear }, "清除筛选");
  const more = element("button", { class: "qz-button", type: "button", click: () => ((all = true), show()) });
  const boxes = columns.map(({ name }) => facetbox(name, toggle));
  const wider = element("button", { class: "qz-button qz-button--plain", type: "button", click: () => learn(true) }, "更多筛选");
  const elsewhere = element("p", { class: "qz-list__elsewhere", hidden: true });
  let learnt = null;
  for (const { node } of boxes) node.name = "qz-filter"; // of those of one name the browser keeps one open
  tools.append(
    element("div", { class: "qz-list__quick" }, element("label", { for: field.id }, "在表中查找"), field, reset),
    element("div", { class: "qz-list__filters" }, ...boxes.map(({ node }) => node), wider),
    chosen, status, elsewhere,
  );
  tools.hidden = false;
  root.append(element("p", { class: "qz-further" }, more));
  const sorters = heads.map((head) => {
    const button = element("button", { class: "qz-sort", type: "button", click: () => sort(head.dataset.field) }, ...head.childNodes);
    head.replaceChildren(button);
    return head;
  });

  /** The texts of all rows as they are compared. */
  function folding() {
    folded ??= rows.map((row) => labels.map((_, at) => fold(text(row, at))).join("\n"));
    return folded;
  }

  /** The records that a row names. */
  function named(row) {
    const places = [...row.querySelectorAll("a[href]")].map((link) => /([a-z0-9-]+\/[a-z0-9-]+)\/(?:index\.html)?$/u.exec(link.href)?.[1]);
    return [...new Set(places.filter(Boolean))];
  }

  /** Asks the search for what the table does not show: everyday words, laws, levels, fines. */
  function learn(open = false) {
    learnt ??= new Promise((resolve) => {
      connect(resolve, () => (learnt = null)).ask({ kind: "rows", parts: 1, keys: rows.map(named), matrix });
    }).then(({ words, facets }) => {
      words.forEach((text, row) => (folding()[row] += `\n${text}`));
      for (const facet of facets.filter(({ name }) => !place.has(name))) {
        columns.push(facet);
        const box = facetbox(facet.name, toggle);
        box.node.name = "qz-filter";
        boxes.push(box);
        wider.before(box.node);
      }
      wider.remove();
      show();
    });
    if (open) void learnt.then(() => boxes.at(-1)?.node.querySelector("summary").focus());
  }

  function toggle(name, value) {
    go({ chosen: toggled(state.chosen, name, value) });
  }

  function clear() {
    field.value = "";
    draft = false;
    go({ chosen: new Map(), q: "" });
  }

  /** Ascending, descending, as it was. */
  function sort(name) {
    go({ order: { [name]: `-${name}`, [`-${name}`]: "" }[state.order] ?? name });
  }

  /** Changes the state and shows it; a step in the history for each choice and for each run of typing. */
  function go(change, typing = false) {
    if (!("q" in change)) draft = false;
    state = { ...state, ...change };
    write(state, !draft);
    draft = typing;
    all = false;
    show();
  }

  /** The rows' numbers in the order of a column; the list's own order where that says nothing. */
  function ordered(order) {
    const at = place.get(order.replace("-", ""));
    if (at === undefined) return rows.keys();
    if (!orders.has(order)) {
      const { compare } = new Intl.Collator("zh", { numeric: true });
      const way = order.startsWith("-") ? -1 : 1;
      const texts = rows.map((row) => text(row, at));
      orders.set(order, [...rows.keys()].sort((a, b) => way * compare(texts[a], texts[b])));
    }
    return orders.get(order);
  }

  /** Puts the rows into the table, unless they are what is there. */
  function fill(nodes) {
    const same = nodes.length === body.children.length && nodes.every((node, place) => node === body.children[place]);
    if (!same) body.replaceChildren(...nodes);
  }

  function show() {
    const words = terms(state.q);
    const fitting = [...ordered(state.order)].filter((row) => words.every((word) => folding()[row].includes(word)));
    const { kept, counts } = tally(columns, state.chosen, fitting);
    const shown = all ? kept : kept.slice(0, FIRST);
    const kids = state.order ? shown.map((row) => rows[row]) : [...headed(shown)];
    fill([...(apart ? [...table.children].filter((node) => node.tagName !== "TBODY") : []), ...kids]);
    columns.forEach(({ name, values }, i) => boxes[i].update(values.map((value, n) => [value, counts[i][n]]), state.chosen.get(name)));
    choices(chosen, state.chosen, toggle);
    if (document.activeElement !== field) field.value = state.q;
    reset.disabled = !state.q && !state.chosen.size;
    more.hidden = shown.length === kept.length;
    more.textContent = `显示全部 ${grouped(entries(kept))} 条`;
    status.textContent = told(entries(kept), entries(shown));
    const beyond = Boolean(state.q) && kept.length <= FEW;
    elsewhere.hidden = !beyond;
    if (beyond) elsewhere.replaceChildren(element("a", { href: new URL(fragment({ q: state.q }), page("search/")) }, `到全站搜索里查“${state.q}”`));
    if (!learnt && (state.q || [...state.chosen.keys()].some((name) => !place.has(name)))) learn();
    for (const head of sorters) {
      const way = { [head.dataset.field]: "ascending", [`-${head.dataset.field}`]: "descending" }[state.order];
      if (way) head.setAttribute("aria-sort", way);
      else head.removeAttribute("aria-sort");
    }
  }

  /** The entries in the list's own order, each group under its heading. */
  function* headed(shown) {
    let last = "";
    for (const row of shown.map((number) => rows[number])) {
      const { heading = "" } = (apart ? row.rows[0] : row).dataset;
      if (heading && heading !== last) {
        const line = element("tr", { class: "qz-table__heading" }, element("th", { scope: "rowgroup", colspan: heads.length }, heading));
        yield apart ? element("tbody", {}, line) : line;
      }
      last = heading;
      yield row;
    }
  }

  function told(kept, shown) {
    const count = grouped;
    if (!kept) return "没有符合的，请改一改查找的字，或者清除筛选。";
    const total = entries([...rows.keys()]);
    const fitting = kept === total ? `共 ${count(kept)} 条` : `共 ${count(total)} 条，符合 ${count(kept)} 条`;
    return shown < kept ? `${fitting}，显示前 ${count(shown)} 条` : fitting;
  }

  const close = (target) => boxes.forEach(({ node }) => node.contains(target) || (node.open = false));
  document.addEventListener("click", ({ target }) => /** @type {Node} */ (target).isConnected && close(target));
  tools.addEventListener("keydown", ({ key, target }) => {
    if (key !== "Escape" || !target.closest(".qz-facet")) return;
    target.closest(".qz-facet").querySelector("summary").focus();
    close(null);
  });
  addEventListener("popstate", () => {
    state = read();
    draft = false;
    all = false;
    field.value = state.q;
    show();
  });
  addEventListener("beforeprint", () => ((all = true), show()));
  field.value = state.q;
  show();
}

const root = document.querySelector(".qz-list");
if (root?.querySelector(".qz-list__tools")) start(root);
