/**
 * 修改 and 新增: the form of one record, what it changes, and the file that comes of it. Nothing is sent from here: a button
 * opens the page of the code host on which a person records the change, or saves the file.
 * Contract: <div data-qz-edit></div> and a <script type="application/json" id="qz-edit-data"> with the record.
 */
import { ROOT } from "./place.js";
import { element } from "./dom.js";
import { library, UNITS, written } from "./edit-basis.js";
import { faults, words } from "./edit-check.js";
import { form, reveal } from "./edit-form.js";
import { host } from "./edit-host.js";
import { amended, clean, document as whole, ordered, same } from "./edit-yaml.js";

const PAUSE = 150;

async function start(root) {
  const page = JSON.parse(document.getElementById("qz-edit-data").textContent);
  const [schema, choices] = await Promise.all([`edit/forms/${page.collection}.json`, "edit/choices.json"].map(fetched));
  const titles = new Map(Object.entries(choices.records).map(([name, rows]) => [name, new Map(rows)]));
  const fitting = new Map(Object.entries(choices.only).map(([condition, ids]) => [condition, new Set(ids)]));
  const wanted = ({ collection, only }) => `${collection} ${JSON.stringify(only)}`;
  const laws = library(choices.laws, page.at);
  const before = page.data;
  const data = structuredClone(before);
  const status = element("p", { class: "qz-edit__told", role: "status" });
  let timer = 0;
  const look = {
    choices: (collection) => choices.records[collection] ?? [],
    title: (collection, one) => titles.get(collection)?.get(one) ?? one,
    known: (collection, one) => !titles.has(collection) || titles.get(collection).has(one),
    allowed: (schema, one) => !schema.only || !fitting.has(wanted(schema)) || fitting.get(wanted(schema)).has(one),
    taken: (fields, key, now) => {
      const { status = "", idle = [], taken = {} } = choices.unique[page.collection] ?? {};
      return idle.includes(now[status]) ? "" : (taken[fields]?.[key] ?? []).find((id) => id !== page.id) ?? "";
    },
    cited: laws.cited,
    library: laws,
    changed: () => { status.textContent = ""; clearTimeout(timer); timer = setTimeout(tell, PAUSE); },
  };
  document.body.append(element("datalist", { id: "qz-laws" }, ...laws.titles.map((title) => element("option", { value: `《${title}》` }))));
  const result = element("section", { class: "qz-edit__result", "aria-label": "改动" });
  const name = page.path ? null : naming(page, data, look);
  root.append(...problems(page), ...(name ? [name.row] : []), element("form", { class: "qz-edit__form", submit: (event) => event.preventDefault() }, form(schema, data, look)), result, status);
  tell();

  /** The file as the form stands at this moment: whoever presses a button may have typed just before. */
  function made() {
    const now = clean(data) ?? {};
    const path = page.path || name.path(now);
    const text = page.path ? amended(page.text, page.places, before, now, order(schema)) : whole(page.head, ordered(now, Object.keys(schema.properties)));
    return { now, path, text };
  }

  function tell() {
    const { now, path, text } = made();
    const wrong = faults(schema, now, look);
    if (name?.fault()) wrong.unshift({ path: [], message: name.fault() });
    mark(root, wrong);
    result.replaceChildren(...outcome({ wrong, differences: changes(before, now, [], schema), look, path, text, existing: Boolean(page.path), code: choices.code, made, status }));
  }
}

async function fetched(path) {
  const answer = await fetch(new URL(path, ROOT));
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}

/** The order of the fields of the mapping at a pointer of the record. */
function order(schema) {
  return (pointer) => {
    let here = schema;
    for (const step of pointer.split("/").slice(1)) here = here?.type === "array" ? here.items : here?.properties?.[step];
    return Object.keys(here?.properties ?? {});
  };
}

/** What the check says of the record as it is, each with the way to its field. */
function problems({ problems: listed }) {
  if (!listed.length) return [];
  const go = (pointer) => () => {
    const whole = document.querySelector(".qz-edit__form");
    const steps = pointer.split("/").slice(1).map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~")).map((step) => (/^[0-9]+$/.test(step) ? Number(step) : step));
    let place = reveal(whole, steps);
    while (!place) {
      steps.pop();
      place = reveal(whole, steps);
    }
    place.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null} */ (place.querySelector("input, select, textarea"))?.focus();
  };
  return [element("section", { class: "qz-edit__problems" }, element("h2", {}, `检查对这条记录说了 ${listed.length} 句`),
    element("ul", {}, ...listed.map(({ level, message, rule, pointer }) => element("li", {},
      element("span", { class: "qz-tag" }, level === "error" ? "错误" : "待复核"), " ", message, " ",
      pointer ? element("button", { type: "button", class: "qz-button qz-button--plain", click: go(pointer) }, "去改") : "", " ",
      element("a", { href: new URL(`guide/rules/#${rule}`, ROOT) }, "这是什么意思")))))];
}

/** The id of a new record: the next number of its type, or one that a person writes. */
function naming({ ids, heads, used, collection, role }, data, look) {
  const input = element("input", { type: "text", id: "qz-f-id", autocomplete: "off", spellcheck: "false", input: () => { own = true; look.changed(); } });
  let own = !Object.keys(ids).length;
  const row = element("div", { class: "qz-edit__row" }, element("label", { class: "qz-edit__label", for: "qz-f-id" }, "编号", element("span", { class: "qz-edit__needed" }, "必填")), input,
    element("p", { class: "qz-edit__state" }, "小写英文字母、数字和短横线，如 xzcf-001；公布以后不再改动。有职权类型的自动编。"));
  return {
    row,
    fault: () => {
      if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(input.value)) return "编号还没有写，或者写法不对：小写英文字母、数字和短横线";
      return used.includes(input.value) ? `编号「${input.value}」用过了；编号一经使用不再给别的记录，请换一个` : "";
    },
    path: (now) => {
      if (!own) input.value = ids[now[role]] ?? ids[""] ?? "";
      const head = input.value.replace(/-[0-9]+$/, "");
      return `catalog/${collection}/${heads[head] ? `${heads[head]}/` : ""}${input.value}.yaml`;
    },
  };
}

/** Put what is wrong beside its field. */
function mark(root, wrong) {
  for (const node of root.querySelectorAll(".qz-edit__fault")) node.textContent = "";
  for (const { path, message } of wrong) {
    const steps = [...path];
    let fault = null;
    while (steps.length && !fault) {
      fault = root.querySelector(`[data-path='${JSON.stringify(steps)}'] > .qz-edit__fault`);
      steps.pop();
    }
    if (fault) fault.textContent = [fault.textContent, message].filter(Boolean).join("；");
  }
}

/** What differs, each as { path, old, new, schema }, in the order of the form; elements of lists one by one where both have them, a citation whole. */
function changes(old, now, path, schema) {
  if (same(old, now)) return [];
  const both = old && now && typeof old === "object" && typeof now === "object" && Array.isArray(old) === Array.isArray(now);
  if (!both || cites(old) || cites(now)) return [{ path, old, new: now, schema }];
  const names = [...new Set([...Object.keys(schema?.properties ?? {}).filter((name) => name in old || name in now), ...Object.keys(old), ...Object.keys(now)])];
  const inner = (step) => (Array.isArray(old) ? schema?.items : schema?.properties?.[step]);
  return names.flatMap((step) => changes(old[step], now[step], [...path, Array.isArray(old) ? Number(step) : step], inner(step)));
}

function cites(value) {
  return Boolean(value?.依据文件);
}

/** A value in words: a record by its name, a citation as a statute writes it. */
function plain(value, schema, look) {
  if (value === undefined) return "（没有）";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (Array.isArray(value)) return value.map((one) => plain(one, schema?.items, look)).join("；");
  if (value && typeof value === "object") {
    const parts = Object.entries(value).filter(([name]) => !cites(value) || !["依据文件", ...UNITS, "附件"].includes(name));
    const told = parts.map(([name, part]) => `${name}：${plain(part, schema?.properties?.[name], look)}`);
    return [...(cites(value) ? [written(value)] : []), ...told].join("，");
  }
  return schema?.collection ? look.title(schema.collection, value) : String(value);
}

function outcome({ wrong, differences, look, path, text, existing, code, made: others, status }) {
  const title = element("h2", {}, differences.length ? `改动 ${differences.length} 处` : "还没有改动");
  const table = element("table", { class: "qz-edit__changes" },
    element("thead", {}, element("tr", {}, ...["栏目", "原", "现"].map((head) => element("th", { scope: "col" }, head)))),
    element("tbody", {}, ...differences.map((difference) => element("tr", {}, element("th", { scope: "row" }, words(difference.path)), ...[difference.old, difference.new].map((value) => element("td", {}, plain(value, difference.schema, look)))))));
  const todo = element("div", { class: "qz-edit__wrong", role: "status" }, wrong.length ? element("p", {}, `还有 ${wrong.length} 处要改：`) : element("p", {}, "表单检查没有问题；提交以后还会逐条检查。"),
    element("ul", {}, ...wrong.slice(0, 20).map(({ message }) => element("li", {}, message))));
  const made = element("details", {}, element("summary", {}, `文件 ${path}`), element("pre", { tabindex: 0 }, text));
  const ready = differences.length > 0 && wrong.length === 0;
  return [title, ...(differences.length ? [table] : []), todo, ...(ready ? buttons(path, text, { existing, code, made: others, status }) : []), ...(differences.length ? [made] : [])];
}

function buttons(path, text, { existing, code, made, status }) {
  const label = host(code, path, text, existing)?.label;
  const open = () => {
    const file = made();
    const way = host(code, file.path, file.text, existing);
    if (way.copy) navigator.clipboard.writeText(file.text).then(() => { status.textContent = way.copy; }, () => { status.textContent = "没有复制成；请用“下载文件”。"; });
    window.open(way.url, "_blank", "noopener");
  };
  const save = () => {
    const file = made();
    const name = file.path.split("/").at(-1);
    const link = element("a", { href: URL.createObjectURL(new Blob([file.text], { type: "text/yaml" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    status.textContent = `已存为 ${name}；在代码托管网站上放到 ${file.path}。`;
  };
  return [element("p", { class: "qz-edit__buttons" },
    label ? element("button", { type: "button", class: "qz-button", click: open }, label) : "",
    element("button", { type: "button", class: "qz-button qz-button--plain", click: save }, "下载文件"))];
}

const root = document.querySelector("[data-qz-edit]");
if (root) start(root).catch(() => root.append(element("p", { class: "qz-limit", role: "alert" }, "表单没有载入，可能是网络断了；请重新打开这一页。")));
