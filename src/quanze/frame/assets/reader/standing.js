/**
 * Where a cited place stands on a day: the same as src/quanze/law/standing.py and as `quanze cite --format json`.
 *
 * `cited(text, known, laws, at)` takes the file search/standings.js as `laws`: by the instrument's key
 * { title, versions, repealed, successors, doubtful, displaced }; see src/quanze/site/standings.py. It gives what `cite` prints:
 * { law, as_written, version, article, paragraph, item, range, quoted, role, state, now, span }, each place alone.
 */
import { depth } from "./entries.js";
import { outline } from "./outline.js";
import { read } from "./read.js";
import { role } from "./role.js";
import { equal } from "./units.js";
import { numeral } from "./numeral.js";

const [IN_FORCE, NOT_YET, REPEALED, ABSENT, MOVED] = ["有效", "尚未施行", "已废止", "不存在", "旧条号"];
const [DISPLACED, NOT_KEPT, UNKNOWN] = ["被上位法取代", "未收录", "未核"];
const [PENAL, DUTY, FORMER] = ["罚则", "义务", "旧"];
const BEGINS = ["施行", "实施"];
const UNITS = ["条", "款", "项"];
const MOST = 1000;
/** @typedef {{ state: string, version?: string, now?: string, role?: string }} Standing */
/** No article has so high a number: in a map 第四条之一 stands as 4 + 10000. */
const INSERTED = 10000;

/** A number as a statute writes it: [134, 1] and 条 → 第一百三十四条之一. */
function ordinal([value, sub], unit) {
  return `第${numeral(value)}${unit}${sub ? `之${numeral(sub)}` : ""}`;
}

/** A place [[article, sub], paragraph, item] as a statute writes it. */
export function place([article, ...below]) {
  return ordinal(article, UNITS[0]) + below.map((value, at) => (value ? ordinal([value, 0], UNITS[at + 1]) : "")).join("");
}

/**
 * { version, now } of the version before, where a number without a year may be of that one: today there is no such place, or it
 * is no penalty any more, or only one that `others` knows to be no matter of the bureau's while the old one is, and the words around it
 * name no duty; null where it need not be.
 * @param {any} law as `standings` has it
 * @param {any} place as `entries` gives it
 * @param {string} at
 * @param {(place: any) => unknown} others
 */
export function former({ versions }, { article, paragraph, item, role: use }, at, others = () => "") {
  const version = versions.findLast(({ day }) => day && day <= at);
  const before = versions.filter(({ day }) => version && day < version.day).at(-1);
  if (!before?.penal.includes(article) || !version.moves.length) return null;
  const here = [[article, 0], paragraph ?? 0, item ?? 0];
  const moves = lookedUp(before, here) === ABSENT ? [] : moved(version, [article, here[1], here[2]]);
  const theirs = others({ article, paragraph, item }) && moves.some(({ place: to }) => to && !others({ article: to[0], paragraph: to[1], item: to[2] }));
  const penal = !version.penal.length || version.penal.includes(article);
  if (lookedUp(version, here) !== ABSENT && ((penal && !theirs) || use === DUTY)) return null;
  const now = moves.length ? landed(moves, [article, here[1], here[2]]).words : "";
  return now ? { version: before.name, now } : null;
}

/** Every place that a text cites, with where it stands on the day `at` (YYYY-MM-DD). */
export function cited(text, known, laws, at) {
  return read(text, known).citations.flatMap((one) => [...entries(text, one, laws, at)]);
}

/** The places of one citation that the reader found; runs are taken apart. */
export function* entries(text, one, laws, at) {
  const { law: named, quoted } = one;
  const law = named.keys.length === 1 ? laws[named.keys[0]] : undefined;
  let count = 0;
  for (const { here, span, run } of places(one)) {
    if (count++ === MOST) return;
    const use = quoted ? "" : role(text, ...span);
    /** @type {Standing} */
    const found = law ? stands(law, here, at, named, use, one) : { state: named.keys.length ? UNKNOWN : NOT_KEPT, role: use };
    const [article, paragraph = 0, item = 0] = here ?? [[0, 0]];
    yield {
      law: law?.title ?? null,
      as_written: named.name,
      version: found.version || null,
      article: article[1] ? `${article[0]}-${article[1]}` : article[0] || null,
      paragraph: paragraph || null,
      item: item || null,
      range: run || null,
      quoted,
      role: found.role || null,
      state: found.state,
      now: found.now || null,
      span: [...span],
    };
  }
}

function* places({ levels, where }) {
  const deepest = Math.min(depth({ levels }), UNITS.length - 1);
  if (deepest < 0) return yield { here: null, span: where[0], run: "" };
  const above = levels.slice(0, deepest).map((spans) => spans[0]?.[0] ?? [0, 0]);
  for (let i = 0; i < Math.min(levels[deepest].length, where.length); i++) {
    const span = levels[deepest][i];
    const run = equal(...span) ? "" : span.map((end) => ordinal(end, "条").replaceAll("条", UNITS[deepest])).join("至");
    for (const number of numbers(span)) {
      const [first, ...rest] = [...above, number];
      yield { here: [first, ...rest.map(([value]) => value)], span: where[i], run };
    }
  }
}

/** The numbers of a run; between 第十二条 and 第十二条之三 stand 之一 and 之二. */
function* numbers([[first, sub], [last, inner]]) {
  if (first === last) {
    for (let one = sub; one <= inner; one++) yield [first, one];
    return;
  }
  yield [first, sub];
  for (let one = first + 1; one < Math.min(last, first + MOST); one++) yield [one, 0];
  for (let one = 0; one <= inner; one++) yield [last, one];
}

/** @returns {Standing} */
function stands(law, here, at, named, use, { annex, quoted }) {
  let found = standing(law, here, at, named, use);
  if (annex && found.state === IN_FORCE) found = { state: UNKNOWN, version: found.version };
  const looked = law.versions.find(({ name }) => name === found.version);
  const penal = looked && here && looked.penal.includes(here[0][0]);
  const by = found.state === IN_FORCE && here ? prevails(law.displaced, here) : undefined;
  if (by !== undefined) found = { state: DISPLACED, version: found.version, now: by };
  return { ...found, role: use || (penal && !quoted ? PENAL : "") };
}

/** What prevails over a place or the whole of what it is part of; undefined where nothing does. */
function prevails(rows, [[article, sub], paragraph = 0, item = 0]) {
  const wholes = [[paragraph, item], [0, item], [paragraph, 0], [0, 0], ...(item && !paragraph ? [[1, item]] : [])];
  for (const [p, i] of wholes) {
    const row = rows.find(([a, b, c]) => a === article + INSERTED * sub && b === p && c === i);
    if (row) return row[3];
  }
  return undefined;
}

/**
 * { state, version, now } of a place, or of the whole instrument where it is null, on a day.
 * @returns {Standing}
 */
export function standing(law, here, at, { year = "", event = "" } = {}, use = "") {
  const named = year ? versionNamed(law, year, event) : null;
  const ended = law.repealed && at >= law.repealed;
  if (event === FORMER && ended) return { state: REPEALED, now: law.successors };
  if (event === FORMER || (year && !named)) return { state: UNKNOWN };
  const present = ended ? null : law.versions.findLast(({ day }) => day && day <= at);
  const version = named ?? present;
  const looked = version ?? law.versions.at(-1);
  const told = (state) => ({ state: lookedUp(looked, here) || state, version: looked.day && looked.name });
  if (!looked.day && !ended) return told(UNKNOWN);
  if (version ? version.day > at : !ended) return told(NOT_YET);
  if (ended) return over(law, looked, here);
  if (present && version.day < present.day) return older(law, version, here, at);
  return misnumbered(law, version, here, use) ?? told(law.doubtful && at >= law.doubtful ? UNKNOWN : IN_FORCE);
}

/** The only version that a year, or a day, and what happened then can mean. */
function versionNamed({ versions }, year, event) {
  const parts = ["adopted", "name", "day"];
  for (const part of BEGINS.includes(event) ? ["day", ...parts] : parts) {
    const found = versions.filter((one) => one[part].startsWith(year));
    if (found.length === 1) return found[0];
  }
  const told = versions.filter(({ name }) => event && name.startsWith(year) && name.includes(event));
  return told.length === 1 ? told[0] : null;
}

/** A repealed instrument: what took its place, but for a place that it never had. */
function over(law, version, here) {
  if (lookedUp(version, here) === ABSENT) return { state: ABSENT, version: version.name };
  return { state: REPEALED, version: version.day ? version.name : "", now: law.successors };
}

/** 不存在 or 未核 where a version's structure says so; nothing where the place is there. */
function lookedUp(version, here) {
  if (!here) return "";
  const [[number, inserted], paragraph = 0, item = 0, point = 0] = here;
  if (version.structure) return outline(version.structure).lacks([number, inserted], paragraph, item, point) ? ABSENT : "";
  if (number > version.last) return ABSENT;
  return inserted || paragraph || item || point ? UNKNOWN : "";
}

/** Follows a place of an older version to today, as far as the maps go. */
function older({ versions }, version, here, at) {
  if (!here) return { state: REPEALED, version: version.name };
  if (lookedUp(version, here) === ABSENT) return { state: ABSENT, version: version.name };
  let [now, words] = [[here[0][0] + INSERTED * here[0][1], here[1] ?? 0, here[2] ?? 0], ""];
  const later = versions.filter(({ day }) => version.day < day && day <= at);
  for (const one of later.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const moves = now ? moved(one, now) : [];
    if (!moves.length) return { state: UNKNOWN, version: version.name };
    if (moves.every(({ gone, to }) => gone || !to)) return { state: REPEALED, version: version.name };
    ({ words, now } = landed(moves, now));
  }
  return { state: words ? MOVED : UNKNOWN, version: version.name, now: words };
}

/** What the map says of a place: the most exact rows that cover it, else those on its parts. */
function moved({ moves }, here) {
  const full = ([article, paragraph, item]) => [article, item ? paragraph || 1 : paragraph, item];
  const covers = (outer, inner) => full(outer).every((want, at) => !want || want === full(inner)[at]);
  const exact = ({ from }) => from.filter(Boolean).length;
  const told = moves.filter(({ from }) => from);
  const covering = told.filter(({ from }) => covers(from, here));
  const least = Math.max(0, ...covering.map(exact));
  const rows = covering.length ? covering.filter((one) => exact(one) >= least) : told.filter(({ from }) => covers(here, from));
  return rows.sort(({ from: a }, { from: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

/** The new places in words, and as numbers where it is one; a whole article takes its 款 and 项 along. */
function landed(moves, here) {
  const said = [...new Map(moves.filter(({ to }) => to).map((one) => [one.to, one])).values()];
  const to = said.length === 1 ? said[0].place : null;
  const { from } = moves[0];
  const below = (one) => Boolean(one[1] || one[2]);
  if (to && from && here && !below(from) && !below(to) && below(here)) {
    const now = [to[0], here[1], here[2]];
    return { words: place([[to[0] % INSERTED, Math.floor(to[0] / INSERTED)], here[1], here[2]]), now };
  }
  return { words: said.map((one) => one.to).join("、"), now: to };
}

/** A number that only the version before can mean: beyond the last, or no penalty where it punishes. */
function misnumbered({ versions }, version, here, use) {
  if (!here || here[0][1] || !version.moves.length) return null;
  const [[number], paragraph = 0, item = 0] = here;
  const before = versions.filter(({ day }) => day < version.day).at(-1);
  const penal = use === PENAL && version.penal.length && !version.penal.includes(number);
  if (!before || !(number > version.last || (penal && before.penal.includes(number)))) return null;
  const moves = moved(version, [number, paragraph, item]);
  const words = moves.length ? landed(moves, [number, paragraph, item]).words : "";
  return words ? { state: MOVED, version: before.name, now: words } : null;
}
