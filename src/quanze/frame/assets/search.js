/**
 * The search page. Contract: an empty <div data-qz-search data-facts="职权类型 …"></div>, which this fills, `data-facts` being
 * the facets told of each result; and <section data-qz-browse>, the way in by lists, for who has no script: shown as long
 * as nothing is looked for, and again when nothing is found.
 */
import { connect } from "./client.js";
import { element, grouped, hits, list, others } from "./dom.js";
import { choices, facetbox } from "./facetbox.js";
import { read, toggled, write } from "./fragment.js";
import { slash } from "./slash.js";

const STEP = 20;
const PAUSE = 90;
const ORDERS = [["", "相关程度"], ["名称", "名称"], ["编号", "编号"]];

function start(root, browse) {
  const facts = list(root.dataset.facts);
  const boxes = new Map();
  let state = read();
  let limit = STEP;
  let timer = 0;
  let draft = false; // the address's last step belongs to typing that still goes on
  let resume = 0;

  const field = element("input", {
    id: "qz-search-field", class: "qz-search__field", type: "search", maxlength: 200, autocomplete: "off", spellcheck: "false",
    enterkeyhint: "search", placeholder: "事项、日常说法、条文或者编码", "aria-describedby": "qz-search-status", input: typed,
  });
  const order = element("select", { id: "qz-search-order", change: () => go({ order: order.value }) },
    ...ORDERS.map(([value, text]) => element("option", { value }, text)));
  const status = element("p", { id: "qz-search-status", class: "qz-search__status", role: "status" });
  const chosen = element("div", { class: "qz-choices" });
  const facets = element("details", { class: "qz-facets" }, element("summary", {}, "筛选"));
  const results = element("div", { class: "qz-search__results" });
  const wide = matchMedia("(min-width: 60em)").matches;
  facets.open = wide;
  root.append(
    element("form", { class: "qz-search__form", role: "search", submit: submitted },
      element("label", { for: "qz-search-field" }, "查找权责事项"), field,
      element("button", { class: "qz-button", type: "submit" }, "搜索")),
    element("div", { class: "qz-search__bar" }, status,
      element("label", { class: "qz-search__order", for: "qz-search-order" }, "排序 ", order)),
    chosen,
    element("div", { class: "qz-search__body" }, facets, results),
  );
  const channel = connect(show, fail);

  function typed() {
    clearTimeout(timer);
    timer = setTimeout(() => go({ q: field.value.trim() }, true), PAUSE);
  }

  function submitted(event) {
    event.preventDefault();
    clearTimeout(timer);
    go({ q: field.value.trim() });
  }

  /** Changes the state and looks again; a step in the history for each choice and for each run of typing. */
  function go(change, typing = false) {
    if (!("q" in change)) draft = false;
    state = { ...state, ...change };
    write(state, !draft);
    draft = typing;
    ask(STEP);
  }

  const toggle = (name, value) => go({ chosen: toggled(state.chosen, name, value) });

  function ask(most) {
    limit = most;
    results.setAttribute("aria-busy", "true");
    const wanted = Array.from(state.chosen, ([name, values]) => [name, [...values]]);
    channel.ask({ kind: "search", parts: state.q ? 3 : 1, query: state.q, chosen: wanted, order: state.order, limit });
  }

  function show(answer) {
    const blank = !state.q && !state.chosen.size;
    root.dataset.total = answer.total;
    root.dataset.partial = answer.partial;
    results.setAttribute("aria-busy", String(answer.partial));
    status.textContent = told(answer, blank);
    for (const { name, values } of answer.facets) {
      if (!boxes.has(name)) {
        boxes.set(name, facetbox(name, toggle));
        facets.append(boxes.get(name).node);
        boxes.get(name).node.open = state.chosen.has(name);
      }
      boxes.get(name).update(values, state.chosen.get(name));
    }
    choices(chosen, state.chosen, toggle);
    results.replaceChildren(...(blank ? [] : sections(answer)));
    if (resume && !answer.partial) {
      results.querySelectorAll(".qz-found:last-of-type .qz-hit a")[resume]?.focus();
      resume = 0;
    }
    browse?.toggleAttribute("hidden", !blank && Boolean(answer.all || answer.groups.length || answer.near.length || answer.partial));
  }

  function told({ total, all, partial, near, groups, elsewhere, instead, progress }, blank) {
    const rest = partial ? `，${progress ?? "正文还在载入"}……` : "";
    if (blank) return `可查 ${grouped(all)} 条${progress && rest ? rest : "。"}`;
    const read = instead ? `按${instead[0]}“${instead[1]}”` : "";
    if (total) return `${read}找到 ${grouped(total)} 条${rest}`;
    if (partial) return `名称里没有${rest}`;
    if (all) return `有 ${grouped(all)} 条符合搜索，但都不符合所选的筛选；去掉一项筛选再看。`;
    if (groups[0]?.name.startsWith("没有")) return groups[0].name;
    if (groups.length) return `按条文、编号或者罚款数额找到 ${grouped(groups[0].total)} 条`;
    const none = `没有逐字写到“${state.q}”的`;
    if (elsewhere.length && (!near.length || elsewhere[0].first)) return `${none}。`;
    return near.length ? `${none}，下面是相近的。` : `${none}，也没有相近的。可以换个说法，或者从清单找起。`;
  }

  function sections(answer) {
    const block = (title, content, total) =>
      element("section", { class: "qz-found" }, element("h2", { class: "qz-found__title" }, title,
        element("span", { class: "qz-count" }, grouped(total))), content);
    const groups = answer.groups.map((one) => (one.name.startsWith("没有") ? { ...one, name: "依据文件" } : one)); // the status has said it
    if (answer.total) groups.push({ name: "文字匹配", total: answer.total, hits: answer.hits });
    const aside = answer.partial ? [] : others(answer.elsewhere);
    if (!answer.partial && answer.near.length) groups.push({ name: "相近的（不是逐字找到的）", total: answer.near.length, hits: answer.near });
    const after = groups.length && !answer.elsewhere[0]?.first;
    const most = Math.max(0, ...groups.map(({ total }) => total));
    return [
      ...(after ? [] : aside),
      ...groups.map(({ name, total, hits: found }) => block(name, hits(found, facts), total)),
      ...(most > limit ? [more(most)] : []),
      ...(after ? aside : []),
    ];
  }

  function more(total) {
    const button = (text, most) =>
      element("button", { class: "qz-button qz-button--plain", type: "button", click: () => continued(most) }, text);
    return element("p", { class: "qz-further" }, button(`再显示 ${STEP} 条`, limit + STEP), button("显示全部", total));
  }

  /** Shows more; the focus goes to the first that was not there before. */
  function continued(most) {
    resume = results.querySelectorAll(".qz-found:last-of-type .qz-hit").length;
    ask(most);
  }

  function fail() {
    results.setAttribute("aria-busy", "false");
    const retry = element("button", { class: "qz-button", type: "button", click: channel.retry }, "重试");
    status.replaceChildren("检索数据没有载入，可能是网络断了。", retry);
    browse?.removeAttribute("hidden");
  }

  /** Takes the state from the address: on arrival, and on Back and Forward. */
  function arrive() {
    clearTimeout(timer);
    state = read();
    draft = false;
    field.value = state.q;
    order.value = state.order;
    ask(STEP);
  }

  slash(field);
  addEventListener("popstate", arrive);
  arrive();
  if (wide && !state.q) field.focus({ preventScroll: true });
}

const root = document.querySelector("[data-qz-search]");
if (root) start(root, document.querySelector("[data-qz-browse]"));
