/**
 * A form from a JSON Schema: labels are the property names, help is the description, the order is the schema's. Every control
 * writes into the record at once and tells `changed`; nothing is stored or sent.
 */
import { DAY, conditions, only } from "./edit-check.js";
import { written } from "./edit-basis.js";
import { element } from "./dom.js";

const TABLES = { 罚则: ["情形", "对象", "种类", "罚款.下限", "罚款.上限"], 阶次: ["阶次", "情节", "下限", "上限"] };
const NONE = "（不写）";
/** What tells a holder of fields to show one that it keeps back. */
const SHOW = "qz-show";
const HOLDER = ".qz-edit__group, .qz-edit__rest";
let serial = 0;

/** The form of a record; `look` knows the other records: choices(collection), title(collection, id), library, changed(). */
export function form(schema, data, look) {
  return group(schema, data, look, []);
}

function id(path) {
  return `qz-f-${path.join("-") || "whole"}`;
}

/** Show the control of a field, and of what holds it, as if a person had asked for them; null where the form has none. */
export function reveal(root, path) {
  const at = (steps) => (steps.length ? root.querySelector(`[data-path='${JSON.stringify(steps)}']`) : root);
  for (let depth = 0; depth < path.length && at(path.slice(0, depth)); depth += 1) {
    if (!at(path.slice(0, depth + 1))) at(path.slice(0, depth)).querySelector(HOLDER)?.dispatchEvent(new CustomEvent(SHOW, { detail: path[depth] }));
  }
  return at(path);
}

/** The fields of an object: those that it has or must have, the others to be added; `apart` stand elsewhere. */
function group(schema, data, look, path, apart = []) {
  const box = element("div", { class: "qz-edit__group" });
  const here = new Set(Object.keys(schema.properties ?? {}).filter((name) => !apart.includes(name)));
  const offered = () => {
    const { required, forbidden } = conditions(schema, data);
    const names = [...here].filter((name) => !forbidden.has(name) || name in data);
    const shown = names.filter((name) => name in data || required.has(name));
    return { required, shown, rest: names.filter((name) => !shown.includes(name)) };
  };
  const draw = () => {
    const { required, shown, rest } = offered();
    const rows = sections(schema, shown).map(([title, inside]) => {
      const controls = inside.map((name) => row(schema.properties[name], name, data, look, { path: [...path, name], needed: required.has(name), redraw, apart: within(apart, name) }));
      return path.length || !title ? controls : [element("h2", { class: "qz-edit__section" }, title), ...controls];
    });
    box.replaceChildren(...rows.flat(), ...(rest.length ? [more(schema, rest, (name) => add(name))] : []));
  };
  const redraw = () => {
    const active = document.activeElement?.id;
    draw();
    if (active) document.getElementById(active)?.focus();
  };
  const add = (name) => {
    data[name] = begin(schema.properties[name]);
    draw();
    document.getElementById(id([...path, name]))?.focus();
    look.changed();
  };
  box.addEventListener(SHOW, ({ detail }) => offered().rest.includes(detail) && add(detail));
  draw();
  return box;
}

/** What of the parts of a field stands elsewhere. */
function within(apart, name) {
  return apart.filter((one) => one.startsWith(`${name}.`)).map((one) => one.slice(name.length + 1));
}

function sections(schema, names) {
  const titled = new Map();
  for (const name of names) {
    const title = schema.properties[name].section ?? "";
    titled.set(title, [...(titled.get(title) ?? []), name]);
  }
  return [...titled];
}

/** What a field begins with when it is added. */
function begin(schema) {
  if (schema.type === "array") return schema.items.type === "object" || schema.items.properties ? [{}] : [];
  if (schema.type === "object" || schema.properties) return {};
  return "";
}

function more(schema, names, add) {
  const choose = element("select", { class: "qz-edit__more", "aria-label": "再写一个栏目", change: () => choose.value && add(choose.value) },
    element("option", { value: "" }, "再写一个栏目……"),
    ...names.map((name) => element("option", { value: name }, name)));
  return choose;
}

/** A field with its label, its help and what is wrong with it. */
function row(schema, name, data, look, { path, needed, redraw, apart }) {
  const here = id(path);
  const inner = schema.type === "array" ? schema.items : schema;
  const hint = [schema.description, schema.type === "array" ? inner.description : "", inner.only && `${only(inner.only)}。`].filter(Boolean).join(" ");
  const set = (value) => {
    if (value === undefined || value === "") delete data[name];
    else data[name] = value;
    if (inner.enum || inner.type === "boolean") redraw();
    look.changed();
  };
  const control = controls(schema, name, data, look, path, set, apart);
  const simple = /^(INPUT|SELECT|TEXTAREA)$/.test(control.tagName);
  const label = element(simple ? "label" : "span", { class: "qz-edit__label", ...(simple ? { for: here } : { id: `${here}-label` }) },
    name, inner.unit ? element("span", { class: "qz-edit__unit" }, `（${inner.unit}）`) : "", needed ? element("span", { class: "qz-edit__needed" }, "必填") : "");
  control.id = here;
  control.setAttribute("aria-describedby", `${here}-hint ${here}-fault`);
  if (!simple) {
    control.setAttribute("role", "group");
    control.setAttribute("aria-labelledby", `${here}-label`);
    control.tabIndex = -1;
  }
  return element("div", { class: "qz-edit__row", "data-path": JSON.stringify(path) }, label,
    hint ? element("details", { class: "qz-edit__help" }, element("summary", { "aria-label": `「${name}」怎样填` }, "怎样填"), element("p", { id: `${here}-hint` }, hint)) : "",
    control, element("p", { id: `${here}-fault`, class: "qz-edit__fault" }));
}

function controls(schema, name, data, look, path, set, apart) {
  const value = data[name];
  if (schema.type === "array") return several(schema, value ?? (data[name] = []), look, path, name);
  if (schema.title === "引用依据") return basis(schema, value ?? (data[name] = {}), look, path);
  if (schema.type === "object" || schema.properties) return group(schema, value ?? (data[name] = {}), look, path, apart);
  return single(schema, value, look, set);
}

/** One value that is no object. */
function single(schema, value, look, set) {
  if (schema.collection) return picker(schema, value, look, set);
  if (schema.enum) {
    return element("select", { change: (event) => set(event.target.value) }, element("option", { value: "" }, NONE),
      ...schema.enum.map((word) => element("option", { value: word, selected: word === value }, word)));
  }
  if (schema.type === "boolean") {
    const read = { 是: true, 否: false };
    return element("select", { change: (event) => set(read[event.target.value]) }, element("option", { value: "" }, NONE),
      ...Object.keys(read).map((word) => element("option", { value: word, selected: read[word] === value }, word)));
  }
  if (["多行文本", "加重文本"].includes(schema.title)) {
    const box = element("textarea", { rows: 3, input: () => set(box.value.replaceAll(/(?<![ \t])[ \t]+$/gmu, "").replace(/(?<!\n)\n+$/u, "")) });
    box.value = value ?? "";
    return box;
  }
  const number = schema.type === "integer" || schema.type === "number";
  const read = number ? numeric : schema.anyOf ? article : (text) => text;
  const day = typeof schema.pattern === "string" && schema.pattern.startsWith("^[0-9]{4}-(0[1-9]|1[0-2])");
  const input = element("input", { type: day && (!value || DAY.test(value)) ? "date" : "text", inputmode: number ? "decimal" : false, autocomplete: "off",
    input: () => set(read(input.value)) });
  input.value = Array.isArray(value) ? value.join("、") : value ?? "";
  return input;
}

function numeric(text) {
  return /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?$/.test(text.trim()) ? Number(text) : text;
}

/** 97, 95至99, 12之1, or several with 、 between. */
function article(text) {
  const parts = text.split(/[、,，]/u).map((part) => numeric(part.trim())).filter((part) => part !== "");
  return parts.length > 1 ? parts : parts[0] ?? "";
}

/** Another record, chosen by its title. */
function picker(schema, value, look, set) {
  const { collection } = schema;
  const key = `qz-choices-${collection}${schema.only ? `-${JSON.stringify(schema.only)}` : ""}`.replaceAll(/\s/gu, "");
  if (!document.getElementById(key)) {
    document.body.append(element("datalist", { id: key }, ...look.choices(collection).filter(([name]) => look.allowed(schema, name)).map(([name, title]) => element("option", { value: `${title}（${name}）` }))));
  }
  const input = element("input", { type: "text", list: key, autocomplete: "off", placeholder: "写名称的几个字，从中选", input: () => set(chosen(input.value)) });
  const chosen = (text) => /（([a-z0-9-]+)）$/u.exec(text)?.[1] ?? look.choices(collection).find(([, title]) => title === text.trim())?.[0] ?? text.trim();
  input.value = value ? `${look.title(collection, value)}（${value}）` : "";
  return input;
}

/** A list: short words one a line or ticked, everything else one below the other. */
function several(schema, values, look, path, name) {
  const { items } = schema;
  if (items.enum) return ticks(items, values, look);
  const object = items.type === "object" || items.properties;
  if (!object && !items.collection) return words(items, values, look);
  const table = TABLES[items.title];
  if (!values.length) values.push(object ? {} : "");
  const box = element("div", { class: table ? "qz-edit__list qz-edit__list--table" : "qz-edit__list" });
  const draw = () => {
    box.replaceChildren(
      ...values.map((value, at) => entry(schema, values, at, look, [...path, at], () => { values.splice(at, 1); draw(); look.changed(); }, name)),
      element("button", { type: "button", class: "qz-button qz-button--plain", click: () => { values.push(object ? {} : ""); draw(); focus(box); look.changed(); } }, `添加一条${name}`));
  };
  draw();
  return box;
}

function focus(box) {
  const last = [...box.querySelectorAll(":scope > .qz-edit__entry")].at(-1);
  last?.querySelector("input, select, textarea")?.focus();
}

function entry(schema, values, at, look, path, remove, name) {
  const { items } = schema;
  const drop = element("button", { type: "button", class: "qz-edit__drop", "aria-label": `删去第 ${at + 1} 条${name}`, click: remove }, "删去");
  const set = (value) => { values[at] = value; look.changed(); };
  let body;
  if (items.title === "引用依据") body = basis(items, values[at], look, path);
  else if (TABLES[items.title]) body = table(items, values[at], look, path);
  else if (items.collection) body = picker(items, values[at], look, set);
  else body = group(items, values[at], look, path);
  if (!body.id) body.id = id(path);
  if (body.tagName === "INPUT") body.setAttribute("aria-label", `${name}第 ${at + 1} 条`);
  return element("div", { class: "qz-edit__entry", "data-path": JSON.stringify(path) }, element("span", { class: "qz-edit__number" }, `${at + 1}`), body, drop,
    element("p", { class: "qz-edit__fault" }));
}

/** An entry as a row of its main values; the rest of it on demand. */
function table(schema, value, look, path) {
  const cells = TABLES[schema.title].map((name) => {
    const [outer, inner] = name.split(".");
    const part = inner ? schema.properties[outer].properties[inner] : schema.properties[outer];
    const holder = () => (inner ? value[outer] : value) ?? {};
    const set = (next) => {
      const target = inner ? (value[outer] ??= {}) : value;
      if (next === undefined || next === "" || (Array.isArray(next) && !next.length)) delete target[inner ?? outer];
      else target[inner ?? outer] = next;
      look.changed();
    };
    const now = holder()[inner ?? outer];
    const control = part.type === "array"
      ? single({ type: "string" }, (now ?? []).join("、"), look, (text) => set(text.split(/[、，,]/u).map((word) => word.trim()).filter(Boolean)))
      : single(part, now, look, set);
    control.id = id([...path, ...name.split(".")]);
    return element("label", { class: "qz-edit__cell", "data-path": JSON.stringify([...path, ...name.split(".")]) }, element("span", {}, inner ? `${outer}${inner}` : outer), control);
  });
  const rest = element("details", { class: "qz-edit__rest" }, element("summary", {}, "其余栏目"));
  const draw = () => { if (!rest.querySelector("div")) rest.append(group(schema, value, look, path, TABLES[schema.title])); };
  rest.addEventListener("toggle", () => rest.open && draw());
  rest.addEventListener(SHOW, ({ detail }) => {
    draw();
    rest.open = true;
    if (!rest.querySelector(`[data-path='${JSON.stringify([...path, detail])}']`)) rest.querySelector(".qz-edit__group").dispatchEvent(new CustomEvent(SHOW, { detail }));
  });
  return element("div", { class: "qz-edit__table" }, ...cells, rest);
}

/** Words of a vocabulary, ticked. */
function ticks(schema, values, look) {
  return element("div", { class: "qz-edit__ticks" }, ...schema.enum.map((word) => {
    const key = `qz-t-${serial++}`;
    const box = element("input", { type: "checkbox", id: key, checked: values.includes(word), change: () => {
      if (box.checked) values.push(word);
      else values.splice(values.indexOf(word), 1);
      values.sort((left, right) => schema.enum.indexOf(left) - schema.enum.indexOf(right));
      look.changed();
    } });
    return element("span", {}, box, element("label", { for: key }, word));
  }));
}

/** Short texts, one a line. */
function words(schema, values, look) {
  const number = schema.type === "integer" || schema.type === "number";
  const box = element("textarea", { rows: Math.max(2, values.length), placeholder: "一行一个", input: () => {
    const rows = box.value.split("\n").map((row) => row.trim()).filter(Boolean);
    values.splice(0, Infinity, ...(number ? rows.map(numeric) : rows));
    look.changed();
  } });
  box.value = values.join("\n");
  return box;
}

/** A citation in the words of a statute, read and judged while it is typed; its other parts below. */
function basis(schema, value, look, path) {
  const status = element("p", { class: "qz-edit__state", role: "status" });
  const here = `${id(path)}-words`;
  const input = element("input", { type: "text", id: here, autocomplete: "off", list: "qz-laws", "aria-label": "依据：文件名和条、款、项", placeholder: "《文件名》第几条第几款第几项", input: () => {
    const read = look.library.read(input.value);
    for (const name of ["依据文件", "文号", "条", "款", "项", "目", "附件", "原文"]) delete value[name];
    const kept = { ...value };
    for (const name of Object.keys(value)) delete value[name];
    Object.assign(value, read ?? (input.value.trim() ? { 原文: input.value.trim() } : {}), kept);
    say();
    look.changed();
  } });
  const say = () => {
    const { sound, words } = Object.keys(value).length ? look.library.state(value) : { sound: true, words: "写法：文件名第几条第几款第几项" };
    status.textContent = words;
    status.dataset.sound = sound;
  };
  input.value = written(value);
  say();
  const role = schema.properties.作用;
  const choose = single(role, value.作用, look, (word) => { if (word) value.作用 = word; else delete value.作用; look.changed(); });
  choose.setAttribute("aria-label", "这条依据证明什么");
  return element("div", { class: "qz-edit__basis" }, input, choose, status);
}
