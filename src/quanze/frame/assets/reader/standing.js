/**
 * Where a cited place stands on a day: the same as src/quanze/law/standing.py and as `quanze cite --format json`.
 *
 * `cited(text, known, laws, at)` takes the file search/standings.js as `laws`: by the instrument's key
 * { title, versions, repealed, successors, doubtful, displaced }; see src/quanze/site/standings.py. It gives what `cite` prints:
 * { law, as_written, version, article, paragraph, item, range, quoted, role, state, now, span }, each place alone.
 */
import { ANY, depth } from "./entries.js";
import { same, undated } from "./known.js";
import { outline } from "./outline.js";
import { read } from "./read.js";
import { role } from "./role.js";
import { equal } from "./units.js";
import { DATA } from "./words.js";
import { numeral } from "./numeral.js";

const [IN_FORCE, NOT_YET, REPEALED, ABSENT, MOVED] = ["有效", "尚未施行", "已废止", "不存在", "旧条号"];
const [DISPLACED, NOT_KEPT, UNKNOWN] = ["被上位法取代", "未收录", "未核"];
const [PENAL, DUTY, FORMER] = ["罚则", "义务", "旧"];
const BEGINS = ["施行", "实施"];
const UNITS = ["条", "款", "项"];
const MOST = 1000;
/** Of a text that names more laws nobody says which one an article alone is of. */
const LAWS = 8;
/** @typedef {{ state: string, version?: string, now?: string, part?: string, role?: string }} Standing */
/** No article has so high a number: in a map 第四条之一 stands as 4 + 10000. */
const INSERTED = 10000;

/** A number as a statute writes it: [134, 1] and 条 → 第一百三十四条之一. */
function ordinal([value, sub], unit) {
  return `第${numeral(value)}${unit}${sub ? `之${numeral(sub)}` : ""}`;
}

/** A place [[article, sub], paragraph, item] as a statute writes it. */
export function place([article, ...below]) {
  return ordinal(article, UNITS[0]) + below.map((value, index) => (value ? ordinal([value, 0], UNITS[index + 1]) : "")).join("");
}

/**
 * { version, now } of the version before, where a number without a year may be of that one: today there is no such place, or it
 * is no penalty any more, or only one that `others` knows to be no matter of the bureau's while the old one is, and the words around it
 * name no duty; null where it need not be.
 * @param {any} law as `standings` has it
 * @param {any} place as `entries` gives it
 * @param {string} date
 * @param {(place: any) => unknown} others
 */
export function former({ versions }, { article, paragraph, item, role: use }, date, others = () => "") {
  const version = versions.findLast(({ day }) => day && day <= date);
  const before = versions.filter(({ day }) => version && day < version.day).at(-1);
  if (!before?.penal.includes(article) || !version.moves.length) return null;
  const spot = [[article, 0], paragraph ?? 0, item ?? 0];
  const moves = lookedUp(before, spot) === ABSENT ? [] : moved(version, [article, spot[1], spot[2]]);
  const theirs = others({ article, paragraph, item }) && moves.some(({ place: target }) => target && !others({ article: target[0], paragraph: target[1], item: target[2] }));
  const penal = !version.penal.length || version.penal.includes(article);
  if (lookedUp(version, spot) !== ABSENT && ((penal && !theirs) || use === DUTY)) return null;
  const now = moves.length ? landed(moves, [article, spot[1], spot[2]]).words : "";
  return now ? { version: before.name, now } : null;
}

/** The citations of a text, those that stand alone given to the law of the text that has their articles; as src/quanze/law/whose.py. */
export function citations(text, known, laws, date) {
  const found = read(text, known).citations;
  const named = new Map(found.filter(({ law }) => law.kind).map(({ law }) => [same(law), law]));
  if (named.size > LAWS || !found.some(({ alone }) => alone)) return found;
  const [sole, present] = [new Map(), new Map()];
  for (const [key, { keys }] of named) if (keys.length === 1 && laws[keys[0]]) sole.set(key, laws[keys[0]]);
  for (const [key, law] of sole) if (inForce(law, date)) present.set(key, inForce(law, date));
  const told = new Map([...named.keys()].map((key) => [key, new Set()]));
  for (const one of found) if (!one.alone && one.law.kind) for (const number of articles(one)) told.get(same(one.law)).add(number);
  const lacks = (one, version) => articles(one).some((number) => lookedUp(version, [number.split("-").map(Number), 0, 0]) === ABSENT);
  const result = found.map((one) => {
    const { law, alone } = one;
    const key = same(law);
    const version = alone && !law.year && !law.event && (present.get(key) ?? sole.get(key)?.versions.at(-1));
    if (!version || !lacks(one, version)) return one;
    const others = [...named].filter(([other, { kind }]) => other !== key && (alone === ANY || DATA.groups[alone].includes(kind)));
    let there = others.filter(([other]) => articles(one).every((number) => told.get(other).has(number)));
    if (there.length !== 1) there = others.filter(([other]) => present.has(other) && !lacks(one, present.get(other)));
    return there.length === 1 ? { ...one, law: undated(there[0][1]) } : one;
  });
  const placed = new Set(result.filter((one) => depth(one) >= 0).map(({ law }) => same(law)));
  return result.filter((one) => depth(one) >= 0 || one.annex || one.quoted || !placed.has(same(one.law)));
}

/** The articles that a citation names, runs taken apart: 134-1. */
function articles(one) {
  return [...places(one)].flatMap(({ here }) => (here ? [here[0].join("-")] : []));
}

/** Every place that a text cites, with where it stands on the day `at` (YYYY-MM-DD). */
export function cited(text, known, laws, date) {
  return citations(text, known, laws, date).flatMap((citation) => [...entries(text, citation, laws, date)]);
}

/** The places of one citation that the reader found; runs are taken apart. */
export function* entries(text, citation, laws, date) {
  const { law: named, quoted } = citation;
  const law = named.keys.length === 1 ? laws[named.keys[0]] : undefined;
  let count = 0;
  for (const { here, span, run } of places(citation)) {
    if (count++ === MOST) return;
    const use = quoted ? "" : role(text, ...span);
    /** @type {Standing} */
    const outcome = law ? stands(law, here, date, named, use, citation) : { state: named.keys.length ? UNKNOWN : NOT_KEPT, role: use };
    const [article, paragraph = 0, item = 0] = here ?? [[0, 0]];
    yield {
      ...(outcome.part ? { part: outcome.part } : {}),
      law: law?.title ?? null,
      as_written: named.name,
      version: outcome.version || (named.event !== FORMER && named.year) || null,
      article: article[1] ? `${article[0]}-${article[1]}` : article[0] || null,
      paragraph: paragraph || null,
      item: item || null,
      range: run || null,
      quoted,
      role: outcome.role || null,
      state: outcome.state,
      now: outcome.now || null,
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
      const [first, ...below] = [...above, number];
      yield { here: [first, ...below.map(([value]) => value)], span: where[i], run };
    }
  }
}

/** The numbers of a run; between 第十二条 and 第十二条之三 stand 之一 and 之二. */
function* numbers([[first, sub], [last, inner]]) {
  if (first === last) {
    for (let inserted = sub; inserted <= inner; inserted++) yield [first, inserted];
    return;
  }
  yield [first, sub];
  for (let number = first + 1; number < Math.min(last, first + MOST); number++) yield [number, 0];
  for (let inserted = 0; inserted <= inner; inserted++) yield [last, inserted];
}

/** @returns {Standing} */
function stands(law, spot, date, named, use, { annex, quoted }) {
  let result = standing(law, spot, date, named, use);
  if (annex && result.state === IN_FORCE) result = { state: UNKNOWN, version: result.version };
  const version = law.versions.find(({ name }) => name === result.version);
  const penal = version && spot && version.penal.includes(spot[0][0]);
  if (result.state === IN_FORCE && spot) {
    const over = prevails(law.displaced, spot);
    if (over) result = { state: DISPLACED, version: result.version, ...over };
  }
  return { ...result, role: use || (penal && !quoted ? PENAL : "") };
}

/** { now } of what prevails over a place or the whole of what it is part of, { now, part } where over parts of it alone; null where nothing does. */
function prevails(rows, [[article, sub], paragraph = 0, item = 0]) {
  const number = article + INSERTED * sub;
  const mine = rows.filter(([a]) => a === number);
  const wholes = [[paragraph, item], [0, item], [paragraph, 0], [0, 0], ...(item && !paragraph ? [[1, item]] : [])];
  for (const [p, i] of wholes) {
    const row = mine.find(([, b, c]) => b === p && c === i);
    if (row) return { now: row[3] };
  }
  const inside = mine.filter(([, b, c]) => (!paragraph || (b || (c ? 1 : 0)) === paragraph) && (!item || c === item)).sort((a, b) => a[1] - b[1] || a[2] - b[2]);
  if (!inside.length) return null;
  const below = ([, b, c]) => [paragraph ? 0 : b, item ? 0 : c].map((value, index) => (value ? ordinal([value, 0], UNITS[index + 1]) : "")).join("");
  return { now: [...new Set(inside.map((row) => row[3]).filter(Boolean))].join("、"), part: inside.map(below).join("、") };
}

/**
 * { state, version, now } of a place, or of the whole instrument where it is null, on a day.
 * @returns {Standing}
 */
export function standing(law, spot, date, { year = "", event = "" } = {}, use = "") {
  const named = year ? versionNamed(law, year, event) : null;
  const ended = law.repealed && date >= law.repealed;
  if (event === FORMER && ended) return { state: REPEALED, now: law.successors };
  const present = inForce(law, date);
  if ((event === FORMER && !(named && present && named.day < present.day)) || (year && !named)) return { state: UNKNOWN };
  const version = named ?? present;
  const nearest = version ?? law.versions.at(-1);
  const stateOf = (state) => ({ state: lookedUp(nearest, spot) || state, version: nearest.day && nearest.name });
  if (!nearest.day && !ended) return stateOf(UNKNOWN);
  if (version ? version.day > date : !ended) return stateOf(NOT_YET);
  if (ended) return over(law, nearest, spot);
  if (present && version.day < present.day) return older(law, version, spot, date);
  return misnumbered(law, version, spot, use) ?? stateOf(law.doubtful && date >= law.doubtful ? UNKNOWN : IN_FORCE);
}

/** The version in force on a day; undefined where there is none. */
function inForce({ repealed, versions }, date) {
  return repealed && date >= repealed ? undefined : versions.findLast(({ day }) => day && day <= date);
}

/** The only version that a year, or a day, and what happened then can mean. */
function versionNamed({ versions }, year, event) {
  const parts = ["adopted", "name", "day"];
  for (const part of BEGINS.includes(event) ? ["day", ...parts] : parts) {
    const matching = versions.filter((candidate) => candidate[part].startsWith(year));
    if (matching.length === 1) return matching[0];
  }
  const withEvent = versions.filter(({ name }) => event && name.startsWith(year) && name.includes(event));
  return withEvent.length === 1 ? withEvent[0] : null;
}

/** A repealed instrument: what took its place, but for a place that it never had. */
function over(law, version, spot) {
  if (lookedUp(version, spot) === ABSENT) return { state: ABSENT, version: version.name };
  return { state: REPEALED, version: version.day ? version.name : "", now: law.successors };
}

/** 不存在 or 未核 where a version's structure says so; nothing where the place is there. */
function lookedUp(version, spot) {
  if (!spot) return "";
  const [[number, inserted], paragraph = 0, item = 0, point = 0] = spot;
  if (version.structure) return outline(version.structure).lacks([number, inserted], paragraph, item, point) ? ABSENT : "";
  if (number > version.last) return ABSENT;
  return inserted || paragraph || item || point ? UNKNOWN : "";
}

/** Follows a place of an older version to today, as far as the maps go. */
function older({ versions }, version, spot, date) {
  if (!spot) return { state: REPEALED, version: version.name };
  if (lookedUp(version, spot) === ABSENT) return { state: ABSENT, version: version.name };
  let [current, words] = [[spot[0][0] + INSERTED * spot[0][1], spot[1] ?? 0, spot[2] ?? 0], ""];
  const later = versions.filter(({ day }) => version.day < day && day <= date);
  for (const step of later.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0))) {
    const moves = current ? moved(step, current) : [];
    if (!moves.length) return { state: UNKNOWN, version: version.name };
    if (moves.every(({ gone }) => gone)) return { state: REPEALED, version: version.name };
    ({ words, now: current } = landed(moves, current));
  }
  return { state: words ? MOVED : UNKNOWN, version: version.name, now: words };
}

/** What the map says of a place: the most exact rows that cover it, else those on its parts. */
function moved({ moves }, spot) {
  const full = ([article, paragraph, item]) => [article, item ? paragraph || 1 : paragraph, item];
  const covers = (outer, inner) => full(outer).every((number, index) => !number || number === full(inner)[index]);
  const exact = ({ from }) => from.filter(Boolean).length;
  const mapped = moves.filter(({ from }) => from);
  const covering = mapped.filter(({ from }) => covers(from, spot));
  const least = Math.max(0, ...covering.map(exact));
  const rows = covering.length ? covering.filter((move) => exact(move) >= least) : mapped.filter(({ from }) => covers(spot, from));
  return rows.sort(({ from: a }, { from: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]);
}

/** The new places in words, and as numbers where it is one; a whole article takes its 款 and 项 along, a 款 its 项. */
function landed(moves, spot) {
  const targets = [...new Map(moves.filter(({ to }) => to).map((move) => [move.to, move])).values()];
  const target = targets.length === 1 ? targets[0].place : null;
  const { from } = moves[0];
  const depth = (triple) => triple.filter(Boolean).length;
  if (target && from && spot) {
    const now = [...target];
    if (depth(from) === 1 && depth(target) === 1) now[1] = spot[1];
    if (!from[2] && !target[2] && (from[1] || depth(target) === 1)) now[2] = spot[2];
    if (depth(now) > depth(target)) return { words: place([[now[0] % INSERTED, Math.floor(now[0] / INSERTED)], now[1], now[2]]), now };
  }
  return { words: targets.map((move) => move.to).join("、"), now: target };
}

/** A number that only the version before can mean: beyond the last, or no penalty where it punishes. */
function misnumbered({ versions }, version, spot, use) {
  if (!spot || spot[0][1] || !version.moves.length) return null;
  const [[number], paragraph = 0, item = 0] = spot;
  const before = versions.filter(({ day }) => day < version.day).at(-1);
  const penal = use === PENAL && version.penal.length && !version.penal.includes(number);
  if (!before || !(number > version.last || (penal && before.penal.includes(number)))) return null;
  const moves = moved(version, [number, paragraph, item]);
  const words = moves.length ? landed(moves, [number, paragraph, item]).words : "";
  return words ? { state: MOVED, version: before.name, now: words } : null;
}
