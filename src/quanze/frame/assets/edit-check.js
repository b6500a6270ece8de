/**
 * Does a record fit its form? As much of JSON Schema (2020-12) as the forms use, told in the words of the check, and what the kinds and
 * rules of the form say; what needs other records is asked of `look`. The check on the server decides: this spares a clerk the way there and back.
 */
import { unsound } from "./edit-kinds.js";
import { declared } from "./edit-rules.js";

export const DAY = /^[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/;

/** What is wrong, as [{ path, message }]; path is the steps that lead to the value. */
export function faults(schema, value, look = {}, path = []) {
  return [...check(schema, value, look, path), ...unsound(schema, value), ...declared(schema.rules ?? [], value, { title: schema.title, taken: look.taken })];
}

/** What a record with these values must have, and what it cannot have, by the conditions of its form. */
export function conditions(schema, value) {
  const named = { required: new Set(schema.required ?? []), forbidden: new Set() };
  for (const rule of [schema, ...(schema.allOf ?? [])]) {
    if (!rule.if) continue;
    const then = fits(rule.if, value) ? rule.then : rule.else;
    for (const name of then?.required ?? []) named.required.add(name);
    for (const [name, part] of Object.entries(then?.properties ?? {})) if (nothing(part)) named.forbidden.add(name);
  }
  return named;
}

/** Whether a schema permits no value at all; one that was inlined says so with words. */
function nothing(schema) {
  return schema === false || Boolean(schema?.not && !Object.keys(schema.not).length);
}

function fits(schema, value) {
  return check(schema, value, {}, []).next().done;
}

/** Yield what of its schema a record breaks. */
export function* check(schema, value, look, path) {
  const say = (message) => ({ path, message: `${words(path)}${message}` });
  if (nothing(schema)) return void (yield say("不能有：请删去，或者核对决定它的栏目"));
  if (schema === true || !schema) return;
  if (schema.type && !types(schema.type).some((type) => is(type, value))) return void (yield say(wanted(schema.type)));
  if (schema.enum && !schema.enum.includes(value)) yield say(`不能是「${value}」；只能是：${schema.enum.join("、")}`);
  if ("const" in schema && value !== schema.const) yield say(`须是「${schema.const}」`);
  if (typeof value === "string") yield* text(schema, value, say);
  if (typeof value === "number") yield* number(schema, value, say);
  if (Array.isArray(value)) yield* sequence(schema, value, look, path, say);
  else if (value && typeof value === "object") yield* mapping(schema, value, look, path, say);
  if (schema.not && fits(schema.not, value)) yield say("写法不对");
  if (schema.anyOf && !schema.anyOf.some((part) => fits(part, value))) yield say(either(schema.anyOf));
  for (const part of schema.allOf ?? []) yield* check({ ...part, if: undefined }, value, look, path);
  if (schema.title === "引用依据" && look.cited) for (const message of look.cited(value)) yield say(message);
  if (schema.collection && typeof value === "string" && look.known) {
    if (!look.known(schema.collection, value)) yield say(`「${value}」没有这条记录`);
    else if (!look.allowed(schema, value)) yield say(`「${look.title(schema.collection, value)}」不能写在这里：${only(schema.only)}`);
  }
}

/** Whom a reference may point to, in words. */
export function only(condition) {
  const demands = Object.entries(condition ?? {}).map(([name, wanted]) => (Array.isArray(wanted) || typeof wanted === "string" ? `「${name}」是${[wanted].flat().join("、")}` : `「${name}」符合要求`));
  return `只能是${demands.join("，")}的`;
}

function* text(schema, value, say) {
  const length = [...value].length;
  if (length < (schema.minLength ?? 0)) yield say(`太短，至少 ${schema.minLength} 个字`);
  if (length > (schema.maxLength ?? Infinity)) yield say(`太长，最多 ${schema.maxLength} 个字`);
  if (!schema.pattern || new RegExp(schema.pattern, "u").test(value)) return;
  if (value !== value.trim()) yield say("前后有空格，请删去");
  else yield say(`「${value}」写法不对；${schema.description ?? "请与同类记录对照"}${schema.examples ? `，如 ${schema.examples[0]}` : ""}`);
}

function* number(schema, value, say) {
  if (value < (schema.minimum ?? -Infinity)) yield say(`不能小于 ${schema.minimum}`);
  if (value > (schema.maximum ?? Infinity)) yield say(`不能大于 ${schema.maximum}`);
}

function* sequence(schema, value, look, path, say) {
  if (value.length < (schema.minItems ?? 0)) yield say(`至少要有 ${schema.minItems} 条`);
  if (value.length > (schema.maxItems ?? Infinity)) yield say(`最多 ${schema.maxItems} 条`);
  const written = value.map((element) => JSON.stringify(element));
  if (schema.uniqueItems && new Set(written).size < written.length) yield say("有重复的，请删去一条");
  for (const [at, element] of value.entries()) yield* check(schema.items, element, look, [...path, at]);
}

function* mapping(schema, value, look, path, say) {
  const { required, forbidden } = conditions(schema, value);
  for (const name of required) if (!(name in value)) yield { path: [...path, name], message: `${words(path)}缺少必填的「${name}」` };
  for (const [name, inner] of Object.entries(value)) {
    if (forbidden.has(name)) yield* check(false, inner, look, [...path, name]);
    else if (name in (schema.properties ?? {})) yield* check(schema.properties[name], inner, look, [...path, name]);
    else if (schema.additionalProperties === false) yield { path: [...path, name], message: `${words(path)}里没有「${name}」这个栏目` };
    else yield* check(schema.additionalProperties, inner, look, [...path, name]);
    for (const other of schema.dependentRequired?.[name] ?? []) {
      if (!(other in value)) yield { path: [...path, other], message: `${words(path)}「${name}」写了，「${other}」就不能缺` };
    }
  }
  const count = Object.keys(value).length;
  if (count < (schema.minProperties ?? 0)) yield say("没有内容，请整个删去");
  if (count > (schema.maxProperties ?? Infinity)) yield say(`最多写 ${schema.maxProperties} 个栏目`);
}

function either(parts) {
  const names = parts.flatMap((part) => part.required ?? []);
  return names.length ? `至少要写「${names.join("」「")}」中的一个` : "写法不对";
}

function types(type) {
  return Array.isArray(type) ? type : [type];
}

function is(type, value) {
  if (type === "array") return Array.isArray(value);
  if (type === "object") return Boolean(value) && typeof value === "object" && !Array.isArray(value);
  if (type === "integer") return Number.isInteger(value);
  return type === "null" ? value === null : typeof value === type;
}

function wanted(type) {
  const names = { integer: "整数", number: "数", boolean: "是或者否", array: "列表", object: "一组栏目", string: "文字" };
  return `须是${types(type).map((name) => names[name] ?? name).join("或者")}`;
}

/** A path as a person names it: 「处罚」第 1 条的「罚款」. */
export function words(path) {
  return path.reduce((text, step) => text + (typeof step === "number" ? `第 ${step + 1} 条` : `${text ? "的" : ""}「${step}」`), "");
}
