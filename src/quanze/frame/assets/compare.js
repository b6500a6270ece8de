/**
 * The page that holds two texts against each other: two records, two versions of one, two editions of a list. What is compared
 * stands in the address, #a=items/xzcf-001@<commit>&b=…; without @ the text as it stands. Contract: <div data-qz-compare>.
 */
import { connect } from "./client.js";
import { element } from "./dom.js";
import { on } from "./onday.js";
import { page } from "./place.js";
import { differing, made, name, pairs, read, rows } from "./versions.js";

const OFFERED = 8;
const SIDES = [["a", "左边"], ["b", "右边"]];
const NARROW = matchMedia("(max-width: 44.99em)");
const KEY = /^[a-z0-9-]+\/[a-z0-9-]+$/u;

function start(root) {
  const state = { a: null, b: null };
  const pickers = SIDES.map(([side, title]) => picker(side, title));
  const alike = element("input", { type: "checkbox", change: draw });
  const status = element("p", { class: "qz-compare__status", role: "status" });
  const out = element("div", { class: "qz-compare__result" });
  root.append(
    element("div", { class: "qz-compare__sides" }, ...pickers.map(({ node }) => node)),
    element("p", {}, element("label", { class: "qz-compare__alike" }, alike, " 相同的也列出")), status, out,
  );

  /** The choice of one side: a record by its name, then its version or a day. */
  function picker(side, title) {
    const field = element("input", { type: "search", id: `qz-side-${side}`, class: "qz-compare__field", autocomplete: "off", placeholder: "事项、法律、清单的名称或者编号", input: typed });
    const offers = element("ul", { class: "qz-compare__offers", hidden: true });
    const chosen = element("p", { class: "qz-compare__chosen" });
    const version = element("select", { id: `qz-version-${side}`, change: () => put(side, state[side].key, version.value) });
    const day = element("input", { type: "date", id: `qz-day-${side}`, min: "1949-10-01", max: "2999-12-31", change: dated });
    const when = element("div", { class: "qz-compare__when", hidden: true },
      element("label", { for: version.id }, "哪一版"), version, element("label", { for: day.id }, "或者那一天有效的"), day);
    const channel = connect(offer, () => void 0);
    let timer = 0;

    function typed() {
      clearTimeout(timer);
      offers.hidden = !field.value.trim();
      if (!offers.hidden) timer = setTimeout(() => channel.ask({ kind: "search", parts: 1, query: field.value.trim(), chosen: [], order: "", limit: OFFERED }), 90);
    }

    function offer({ hits, groups, near }) {
      const offered = new Map([...groups.flatMap((group) => group.hits), ...hits, ...near].map((hit) => [hit.url, hit]));
      offers.replaceChildren(...[...offered.values()].slice(0, OFFERED).map(({ url, title: pieces, label }) => element("li", {},
        element("button", { type: "button", click: () => take(url) }, pieces.join(""), element("span", { class: "qz-tag" }, label)))));
      if (!offered.size) offers.replaceChildren(element("li", {}, "没有找到，换个说法。"));
    }

    function take(url) {
      field.value = "";
      offers.hidden = true;
      put(side, url.replace(/\/$/u, ""), "");
      version.focus();
    }

    function dated() {
      const { record } = state[side];
      const usual = record.versions.map((version) => ({ ...version, hidden: !version.rows.length }));
      const { version: then, why } = on(usual, day.value);
      if (then && !why) put(side, state[side].key, then.at ? then.commit : "");
      else status.textContent = `${day.value}：${{ before: "本站还没有这条记录", hidden: "没有公布的文字", unreadable: "那一版读不出来", ended: `已经终止（${then?.end} 起）` }[why]}。`;
    }

    function told(side) {
      when.hidden = !side?.record.versions.length;
      chosen.replaceChildren(...(side ? [element("a", { href: page(`${side.key}/`) }, side.record.title), " ", element("span", { class: "qz-tag" }, side.record.label)] : []));
      if (!side) return;
      const states = side.record.versions.filter(({ rows }) => rows.length);
      version.replaceChildren(element("option", { value: "" }, "现在的"), ...states.map((state) => element("option", { value: state.commit }, state.start ? name(state) : `${state.kind}（${state.date} 记录）`)));
      version.value = side.version?.commit ?? "";
      day.hidden = when.children[2].toggleAttribute("hidden", !states[0]?.start);
    }

    const summary = element("summary", {}, title);
    const node = element("details", { class: "qz-compare__side", open: true }, summary,
      element("div", { role: "group", "aria-label": title }, element("label", { for: field.id }, "找一条"), field, offers, chosen, when));

    /** Leaves what is chosen in one line, so that the differences come into sight. */
    function fold() {
      const focused = node.contains(document.activeElement);
      node.open = false;
      if (focused) summary.focus();
    }

    function show(side) {
      told(side);
      summary.textContent = side ? `${title}：${head(side)}` : title;
    }

    return { show, fold, node };
  }

  /** Puts a choice into the address; the other side begins with the same record. */
  function put(side, key, commit) {
    const other = side === "a" ? "b" : "a";
    const words = { [other]: state[other] ? written(state[other]) : key, [side]: commit ? `${key}@${commit}` : key };
    history.pushState(null, "", `#a=${words.a}&b=${words.b}`);
    void arrive();
  }

  const written = ({ key, version }) => (version ? `${key}@${version.commit}` : key);

  async function arrive() {
    const params = new URLSearchParams(location.hash.slice(1));
    status.textContent = "";
    const [a, b] = await Promise.all(["a", "b"].map((side) => fetched(params.get(side) ?? params.get("a") ?? "")));
    Object.assign(state, { a, b });
    if (a && !params.has("b")) state.b = { ...a, version: null };
    pickers.forEach(({ show }, at) => show(state[SIDES[at][0]]));
    draw();
  }

  async function fetched(word) {
    const [key, commit = ""] = word.split("@");
    if (!KEY.test(key)) return null;
    try {
      const record = await read(`${key}/`);
      const version = commit ? made(record, commit) : null;
      if (commit && !version) status.textContent = `${record.title}的历史里没有提交 ${commit}，列出的是现在的。`;
      return { key, record, version: version?.rows.length ? version : null };
    } catch {
      status.textContent = `没有找到 ${key} 的历史：可能没有这条记录，或者这张清单没有登记版次，也可能是网络断了。`;
      return null;
    }
  }

  function draw() {
    const { a, b } = state;
    out.replaceChildren();
    if (!a || !b) return;
    const compared = pairs(...[a, b].map(({ record, version }) => rows(record, version)));
    const differ = compared.filter(([left, right]) => left?.text !== right?.text || left?.name !== right?.name);
    const same = a.key === b.key && a.version?.commit === b.version?.commit;
    status.textContent ||= same ? "两边是同一条、同一版：换一边的记录或者版本。" : differ.length ? `${compared.length} 处里有 ${differ.length} 处不同。` : "两边的文字相同。";
    const listed = alike.checked || same ? compared : differ;
    if (NARROW.matches && !same) for (const { fold } of pickers) fold();
    if (listed.length) out.append(table(a, b, listed));
  }

  const head = ({ record: { title }, version }) => `${title}（${version ? (version.start ? name(version) : version.kind) : "现在的"}）`;

  function table(a, b, listed) {
    const labels = [head(a), head(b)];
    return element("table", { class: "qz-beside" },
      element("thead", {}, element("tr", {}, element("th", { scope: "col" }, "栏目"), ...labels.map((label) => element("th", { scope: "col" }, label)))),
      element("tbody", {}, ...listed.map(([left, right]) => {
        const texts = differing(left?.text ?? "", right?.text ?? "");
        const label = left && right && left.name !== right.name ? `${left.name} / ${right.name}` : (right ?? left).name;
        const cell = (row, nodes, at) => element("td", { "data-label": SIDES[at][1] }, ...(row ? nodes : [element("span", { class: "qz-muted" }, "没有")]));
        return element("tr", left?.text === right?.text ? {} : { class: "qz-beside__changed" },
          element("th", { scope: "row" }, label), cell(left, texts[0], 0), cell(right, texts[1], 1));
      })));
  }

  addEventListener("popstate", arrive);
  addEventListener("hashchange", arrive);
  void arrive();
}

const root = document.querySelector("[data-qz-compare]");
if (root) start(root);
