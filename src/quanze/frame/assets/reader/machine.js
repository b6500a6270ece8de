/** Titles, numbers and pointing words → citations, from left to right, each looked at once. */
import { mayBeOwn, ownArticles } from "./clauses.js";
import { NOTHING } from "./entries.js";
import { span } from "./folding.js";
import { kindOf, same, undated } from "./known.js";
import { BEFORE as TITLE_BEFORE, yearBefore, yearOf } from "./noted.js";
import { ARROW, Numbers } from "./numbers.js";
import { quotations } from "./quotation.js";
import { pointers } from "./scope.js";
import { ARTICLE, LOOKED_BACK } from "./state.js";
import { within } from "./titles.js";
import { groups, pieces } from "./units.js";
import { DATA, match, placesOf, search, without } from "./words.js";

const BEFORE = 8;
const AHEAD = 8;
const YEAR = 4;
/** What tells the version of a place behind it is no longer. */
const TOLD = 40;
const UNIT = /[条款项目](?=[(【])/gu;
const FORMER = "旧";
/** What 前者 and 后者 mean stands no further back. */
const NEAR = 150;
const SPOKEN = [",", ";", ":", ")", "】"];
const RULES = [...DATA.groups.规章, ...DATA.groups.法规];
const NAMED = ["law", "other", "refused"];

/** What is to be taken by a method of the machine, each told so; not copied, for there may be a quarter of a million. */
function taken(events, take) {
  for (const event of events) event.take = take;
  return events;
}

/** Whether a title says what stands before it is of: alone in brackets, or after 那是. */
function alone(text, { start, end }) {
  if (text[start - 1] === "(") return text[end] === ")";
  return ["那是", "这是", "出自", ",是"].includes(text.slice(Math.max(0, start - 2), start));
}

/** What reads one text, from left to right; see src/quanze/law/reader/machine.py, which is the same. */
export class Machine extends Numbers {
  /** { citations, refused, rest } of the text; places are those of the text as given. */
  run() {
    const { text, titles } = this;
    const free = (item) => !within(item.start, titles);
    const places = groups(text, pieces(text).filter(free));
    if (!titles.some(({ law }) => law.kind)) return this.lawless(places);
    const quotes = quotations(text, titles);
    const edges = quotes.flat();
    this.articles = ownArticles(text, places, titles, quotes);
    this.enclosed = new Map(titles.filter((one) => one.law.kind && alone(text.text, one)).map((one) => [one.start, one.law]));
    const only = new Map(titles.map(({ law }) => [same(law), law]));
    const [sole] = only.values();
    this.only = only.size === 1 && sole.kind && !sole.year && !sole.event ? sole : null;
    this.numbered = numbered(titles, places);
    this.renumbers = text.text.includes(ARROW) && Boolean(search("renumbering", text.text));
    const events = [
      ...taken(this.columns, this.cell),
      ...taken(titles, this.title),
      ...taken(places, this.group),
      ...taken(pointers(text.text).filter(free), this.pointer),
    ].sort((a, b) => a.start - b.start || Number("head" in b) - Number("head" in a) || b.end - a.end);
    let [crossed, closed] = [0, 0];
    const asides = brackets(text.text);
    for (const event of events) {
      this.state();
      if (event.start < this.end) continue;
      for (;;) {
        const [aside, edge] = [asides[closed] ?? Infinity, edges[crossed] ?? Infinity];
        if (aside < Math.min(edge, event.start)) this.aside(asides[closed++]);
        else if (edge <= event.start) this.cross(edges[crossed++]);
        else break;
      }
      this.passage(event.start);
      event.take.call(this, event);
    }
    this.toldVersions();
    const citations = this.entries.settled(text);
    return { citations, refused: this.refused.map((place) => span(text, place)), rest: this.rest() };
  }

  /** What a text says that names no law: it cites nothing. */
  lawless(places) {
    const { text } = this;
    const told = places.filter(({ said, naked }) => said && !naked);
    const refused = told.map((one) => span(text, [one.start, one.end + this.openEnd(one, text.text.slice(one.end, one.end + AHEAD))]));
    return { citations: [], refused, rest: this.rest() };
  }

  /** Takes the places whose version is told behind them, and those listed with them: 第九十四条，那是2014年的旧条文, 第九十四条（2014年修正）. */
  toldVersions() {
    const entries = search("tells_version", this.text.text) ? this.entries.all : [];
    for (const [last, { law, where, levels }] of entries.entries()) {
      const end = where.length && levels[ARTICLE].length ? where.at(-1)[1] : 0;
      const after = end ? this.text.text.slice(end, end + TOLD) : "";
      const told = match("told_version", after);
      const [note, noted] = end ? this.versionNoted(Math.max(where.at(-1)[0], end - TOLD), end) : [0, null];
      if (!(told || noted || match("told_old", after)) || law.year || law.event) continue;
      const [year, event] = noted ? yearOf(noted[1]) : [told?.[1] ?? "", told?.[2] ?? ""];
      if (noted) this.explained.push([note, note + noted[0].length]);
      const named = { ...law, year, event: event || (year ? "" : FORMER) };
      let begin = end;
      for (let at = last; at >= 0; at--) {
        const one = entries[at];
        if (one.law.year || one.law.event || same(one.law) !== same(law) || !one.where.length || begin - one.where.at(-1)[1] > 1) break;
        one.law = named;
        [[begin]] = one.where;
      }
    }
  }

  /** Where brackets name a version behind a place, or within it, and how: 第六十条（2019年）第一款. */
  versionNoted(begin, end) {
    const { text } = this.text;
    const within = Array.from(text.slice(begin, end).matchAll(UNIT), ({ index }) => begin + index + 1);
    const at = [end, ...within].find((place) => match("noted_version", text.slice(place, place + TOLD)));
    return at === undefined ? [end, null] : [at, match("noted_version", text.slice(at, at + TOLD))];
  }

  /** Goes into a quotation, or out of it: what it names is forgotten outside. */
  cross(edge) {
    if (this.inside) this.scope = this.scope.left() ?? this.scope;
    else {
      this.passage(edge);
      this.scope = this.scope.quoted();
      const { current, heard } = this.scope;
      if (this.entries.last?.quoted && !current && heard.size === 1) this.scope.current = [...heard.values()][0][1];
      const led = match("quoting", this.gap(edge));
      if (led && NAMED.includes(this.before)) this.scope.current = this.before === "law" ? this.law : null;
      this.given = led && this.before === "place" ? this.entries.last : null;
    }
    this.inside = !this.inside;
    [this.before, this.start, this.end] = ["", edge, edge];
  }

  /** Goes into brackets, or out of them: what the text spoke of before goes on behind them. */
  aside(edge) {
    const { scope, beforeBrackets, inBrackets } = this;
    const count = this.entries.all.length;
    if (this.text.text[edge] === "(") {
      this.beforeBrackets = scope.current ? [scope, scope.current, scope.place] : null;
      this.listing = !(this.before && this.end === edge);
      const goesOn = inBrackets?.scope === scope && inBrackets.outside === scope.current && inBrackets.count === count;
      if (this.listing && goesOn) [scope.current, scope.place] = [inBrackets.law, inBrackets.place];
    } else if (beforeBrackets?.[0] === scope && !(this.before === "title" && this.end === edge)) {
      const [, outside, before] = beforeBrackets;
      const { current: law, place } = scope;
      [scope.current, scope.place] = [outside, before];
      this.beforeBrackets = null;
      if (this.listing && law !== outside) this.inBrackets = { scope, outside, count, law, place };
    }
  }

  /** Notices a provision given after its number without marks. */
  passage(start) {
    if (this.before === "place" && !this.inside) this.passages.notice(this.start, this.end, start);
  }

  /** Steps over what a citation says of itself: （被上位法取代：…） names a law that is no basis here. */
  state() {
    const { text } = this.text;
    if (!["place", "title", "annex"].includes(this.before) || text[this.end] !== "(") return;
    const state = match("state", text.slice(this.end, this.end + 120));
    if (state) [this.before, this.end] = ["", this.end + state[0].length];
  }

  /** Whether a title begins a line that does not go on with the one before. */
  line(start) {
    return this.text.breaks.has(start) && !search("wrapped", this.text.text.slice(Math.max(0, start - BEFORE), start));
  }

  /** Goes into a cell, or out of a row: what stands there is of the law, or in the version, that heads its column. */
  cell({ start, head }) {
    const { scope } = this;
    if (this.column && scope.current) scope.current = undated(scope.current);
    this.column = this.before === "other" ? null : head;
    const law = this.column && (this.column.law ?? scope.current);
    if (!law) return;
    scope.current = { ...law, year: head.year, event: head.event };
    [this.before, this.start, this.end, this.law] = ["title", start, start, scope.current];
  }

  title({ start, end, law: named, aside }) {
    const head = this.column;
    const plain = head && !(named.year || named.event) && (!head.law || same(head.law) === same(named));
    const law = plain ? { ...named, year: head.year, event: head.event } : named;
    this.pair = [];
    [this.before, this.start, this.end, this.law] = [law.kind ? "title" : "other", start, end, law];
    if (!law.kind) return void this.scope.forget(kindOf(law.name));
    this.explained.push([start, end]);
    if (SPOKEN.includes(this.text.text[start - 1]) || this.line(start)) this.passages.speak(start);
    if (law.year) this.dated.set(law.year.slice(0, YEAR), law);
    const quoted = this.quoted(start);
    const crime = law.name === "刑法" && !this.inside && search("crime", this.text.text.slice(Math.max(0, start - TOLD), start));
    this.passedBy = crime ? this.scope.current : null;
    if (this.inside || !quoted) this.scope.name(law, start);
    if (quoted) this.scope.hear(law, start);
    else this.passages.end();
    if (!aside) this.entries.push(law, [...NOTHING], [[start, end]], quoted, { whole: true });
  }

  pointer(pointer) {
    if (pointer.what === "annex") return void this.annex(pointer, this.gap(pointer.start));
    if (pointer.what === "paired" && !this.paired(pointer)) return;
    [this.start, this.end] = [pointer.start, pointer.end];
    this.own = Boolean(match("self", pointer.word));
    this.word = pointer;
    const lawful = ["law", "its", "paired"].includes(pointer.what);
    if (lawful) this.law = this.inVersion(this.scope.meant(pointer) ?? this.meantLater(pointer));
    const law = lawful ? this.law : this.meantPlace()?.law;
    // 本办法 is what the text itself lays down, 本条 a clause of its own, rather than a rule that it names
    const drafted = this.articles.spoken && !this.passages.quoted(pointer.start, true) && (pointer.what !== "law" || RULES.includes(pointer.of));
    const ours = (this.own || pointer.word === "前") && !this.inside && (this.articles.heads.size || drafted);
    this.before = !law || (ours && mayBeOwn(this.articles, law)) ? "refused" : lawful ? "law" : pointer.what;
    if (this.before !== "refused") this.explained.push([this.start, this.end]);
  }

  /** A law that is pointed to in the version that stands in brackets behind it: 旧法（2014年）第九十四条. */
  inVersion(law) {
    const note = law && match("pointed_version", this.text.text.slice(this.end, this.end + TOLD));
    if (law && !note && this.word.word === "同名") {
      const [year, event] = yearBefore(this.text.text.slice(Math.max(0, this.start - TITLE_BEFORE), this.start));
      return { ...law, year, event };
    }
    if (!note) return law;
    this.end += note[0].length;
    const [year, event] = yearOf(note[1]);
    return { ...law, year, event };
  }

  /** The only law of the text for a bare class before its name, 条例二十九条 and 《森林防火条例》 below; null where it is another. */
  meantLater({ word, of }) {
    const bare = this.only && !(word || of === "法" || this.inside || this.scope.named.size);
    return bare && DATA.groups[of].includes(this.only.kind) ? this.only : null;
  }

  /** Looks what 前者 or 后者 means: one of the two laws, or places, that were named last; tells whether it is known. */
  paired({ start, end, word }) {
    if (!this.pair.length) {
      const near = this.entries.all.slice(-LOOKED_BACK).filter(({ quoted, where }) => !quoted && where.length && where[0][0] >= start - NEAR);
      const laws = [];
      for (const one of near) {
        if (laws.length && same(laws.at(-1)[0].law) === same(one.law)) laws.at(-1).push(one);
        else laws.push([one]);
      }
      const of = laws.length > 1 ? laws.slice(-2) : near.length === 2 ? near.map((one) => [one]) : [];
      this.pair = of.map(([first, ...more]) => [first.law, more.length || first.whole ? null : first]);
    }
    if (!this.pair.length) {
      [this.before, this.start, this.end] = ["refused", start, end];
      return false;
    }
    [this.scope.current, this.scope.place] = this.pair[word.startsWith("后") ? 1 : 0];
    return true;
  }

  annex(pointer, gap) {
    const again = this.before === "annex";
    const lawful = again || this.before === "title" || this.before === "law";
    const last = this.before === "place" ? this.entries.last : null;
    const law = last ? last.law : lawful ? this.law : null;
    const joined = lawful && (match("glue", gap) || (again && match("list", gap)));
    if (!law || !(joined || match("annexed", gap))) return;
    const annex = pointer.word === "附件" ? pointer.of : pointer.word + pointer.of;
    const start = last ? pointer.start : this.start;
    this.entries.push(law, [...NOTHING], [[start, pointer.end]], this.quoted(start), { annex });
    this.explained.push([this.end, pointer.end]);
    [this.before, this.end, this.law] = ["annex", pointer.end, law];
  }

  /** The stretches of the text as given that say something beside what is explained. */
  rest() {
    const unexplained = [];
    const { length } = this.text.text;
    let done = 0;
    const order = (a, b) => a[0] - b[0] || a[1] - b[1];
    for (const [start, end] of [...this.explained.sort(order), [length, length]]) {
      const words = done < start ? this.text.text.slice(done, start) : "";
      const number = words && done && !this.text.breaks.has(done) ? match("number_left", words) : null;
      const alone = number && (number[0].length < words.length || start === length);
      if (words && (alone || without("neutral", without("tag", words)))) unexplained.push(span(this.text, [done, start]));
      done = Math.max(done, end);
    }
    return unexplained;
  }
}

/** Where brackets begin and end, one within another left out. */
function brackets(text) {
  const found = [];
  let depth = 0;
  for (const at of placesOf("()", text)) {
    const opens = text[at] === "(";
    if (depth === (opens ? 0 : 1)) found.push(at);
    depth = Math.max(0, depth + (opens ? 1 : -1));
  }
  return found;
}

/** The laws right behind whose titles an article stands, by its number. */
function numbered(titles, places) {
  const laws = new Map(titles.filter(({ law }) => law.kind).map(({ end, law }) => [end, law]));
  const found = new Map();
  for (const { start, unit, spans, said } of places) {
    const law = said && unit === ARTICLE ? laws.get(start) : undefined;
    if (!law) continue;
    const key = String(spans[0]);
    if (!found.has(key)) found.set(key, new Map());
    found.get(key).set(same(law), undated(law));
  }
  return found;
}
