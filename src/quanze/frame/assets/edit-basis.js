/** Citations in a form: from the words of a statute to the fields of a record and back, and how they stand. */
import { citations, names } from "./citation.js";
import { numeral } from "./reader/numeral.js";

const FORMER = "旧";
export const UNITS = ["条", "款", "项", "目"];

/** What the page knows of laws; `laws` is [[id, short title, names, last article, repealed from, version, in force from, numbers]]. */
export function library(laws, at) {
  const numbered = laws.flatMap(([id, , , , , , , numbers]) => numbers.map((number) => [id, ...number]));
  const known = names(laws.map(([id, short, others]) => [id, short, ...others]), numbered);
  const byId = new Map(laws.map((law) => [law[0], law]));
  const byName = new Map();
  for (const law of laws) for (const name of new Set([law[1], ...law[2]])) byName.set(name, byName.has(name) ? undefined : law);
  const find = (name) => byName.get(name);

  /** The fields of the one citation that a text makes; null where it makes none, or several. */
  function read(text) {
    const cites = citations(text, known).filter(({ law }) => law);
    if (cites.length !== 1) return null;
    const [{ law, keys, levels, year, event, annex }] = cites;
    if (event === FORMER) return null; // of a version before today's
    const [, , , , , version, begins] = byId.get(keys.length === 1 ? keys[0] : "") ?? [];
    if (year && ![version, begins].some((one) => one?.startsWith(year.slice(0, 4)))) return null; // of another version than today's
    if (!levels[0].length && !annex && /第|条/u.test(text.replace(law, ""))) return null;
    const title = keys.length === 1 ? byId.get(keys[0])[1] : law;
    const place = levels.flatMap((spans, at) => (spans.length ? [[UNITS[at], numbers(spans)]] : []));
    return { 依据文件: title, ...Object.fromEntries(place), ...(annex ? { 附件: annex } : {}) };
  }

  /** What is wrong with a citation, as sentences. */
  function cited(value) {
    if (!value.依据文件) return [];
    const law = find(value.依据文件);
    if (!law) return [`《${value.依据文件}》没有收录；请先在 laws 里新建，或者改写「文号」`];
    const [, short, , last, repealed, , begins] = law;
    if (repealed && repealed <= at && value.效力 === undefined) return [`《${short}》自 ${repealed} 起废止`];
    if (begins > at) return [`《${short}》自 ${begins} 起施行，还不能作依据`];
    const highest = Math.max(0, ...all(value.条));
    return !value.版本 && highest > last ? [`《${short}》${last ? `只有 ${last} 条` : "不分条"}，没有第${numeral(highest)}条`] : [];
  }

  /** How a citation stands, in a few words. */
  function state(value) {
    const wrong = cited(value);
    if (wrong.length) return { sound: false, words: wrong[0] };
    if (!value.依据文件) return { sound: true, words: "没有拆成文件和条款，未核" };
    const [, , , , , version] = find(value.依据文件);
    if (version === "待核") return { sound: true, words: `读作${written(value)}：这部文件还没有核对过，条款未核` };
    const deep = UNITS.slice(1).some((unit) => unit in value);
    return { sound: true, words: `读作${written(value)}：${version || "现行版本"}${"条" in value ? "有这一条" : ""}${deep ? "，款、项由检查核对" : ""}` };
  }

  return { read, cited, state, titles: laws.map(([, short]) => short) };
}

/** A citation as a statute writes it. */
export function written(value) {
  if (!value.依据文件) return value.文号 ?? value.原文 ?? "";
  const parts = UNITS.filter((unit) => unit in value).map((unit) => [value[unit]].flat().map((one) => said(one, unit)).join("、"));
  const annex = value.附件 === undefined ? "" : `${String(value.附件).startsWith("附") ? "" : "附件"}${value.附件}`;
  return `《${value.依据文件}》${parts.join("")}${annex}`;
}

function said(value, unit) {
  return String(value).split("至").map((part) => {
    const [head, tail] = part.split("之");
    return `第${numeral(Number(head))}${unit}${tail ? `之${numeral(Number(tail))}` : ""}`;
  }).join("至");
}

function numbers(spans) {
  const runs = spans.map(([from, to]) => (from === to ? one(from) : `${one(from)}至${one(to)}`));
  return runs.length === 1 ? runs[0] : runs;
}

function one(number) {
  const part = Math.round((number % 1) * 100);
  return part ? `${Math.floor(number)}之${part}` : number;
}

function all(value) {
  return value === undefined ? [] : [value].flat().flatMap((part) => String(part).split("至").map((end) => parseInt(end, 10)));
}
