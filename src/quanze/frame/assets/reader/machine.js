/** Titles, numbers and pointing words → citations, from left to right, each looked at once. */
import { mayBeOwn, ownArticles } from "./clauses.js";
import { above, depth, Entries, NOTHING } from "./entries.js";
import { span } from "./folding.js";
import { kindOf, same } from "./known.js";
import { Passages } from "./passage.js";
import { quotations } from "./quotation.js";
import { pointers, Scope } from "./scope.js";
import { within } from "./titles.js";
import { groups, pieces } from "./units.js";
import { chinese, DATA, match, search, UNITS, without } from "./words.js";

const [ARTICLE, PARAGRAPH, ITEM] = [0, 1, 2];
const FEW = 10;
const LOOKED_BACK = 50;
const TAIL = 24;
const BEFORE = 8;
const UNIT_BEFORE = 3;
/** What 前者 and 后者 mean stands no further back. */
const NEAR = 150;
/** A 项 that is picked from an article stands no further behind it. */
const PICKED = 60;
const SENTENCE = /[。!?]/u;
const GAP = 30;
const FAR = "……".repeat(GAP);
const CLAUSE = [",", ";", ":", "。"];
const SPOKEN = [",", ";", ":", ")", "】"];
const RULES = [...DATA.groups.规章, ...DATA.groups.法规];
const NAMED = ["law", "other", "refused"];
const OPEN_RUN = /(?:至|到|~|(?:^|[条款项目)0-9])-+)$/u;
const FORMER = "旧";

/** What is to be taken by a method of the machine, each told so; not copied, for there may be a quarter of a million. */
function taken(events, take) {
  for (const event of events) event.take = take;
  return events;
}

/** One text on its way to its citations; see src/quanze/law/reader/machine.py, which is the same. */
export class Machine {
  scope = new Scope();
  entries = new Entries();
  refused = [];
  explained = [];
  before = "";
  start = 0;
  end = 0;
  law = null;
  inside = false;
  word = { word: "", of: "款" };
  own = false;
  facts = false;
  plain = false;
  given = null;
  /** What 前者 and 后者 mean, [law, its place], until another law is named. */
  pair = [];
  articles = { heads: new Set(), over: null, spoken: false };

  constructor(text, titles) {
    this.text = text;
    this.titles = titles;
    this.passages = new Passages(text);
  }

  /** { citations, refused, rest } of the text; places are those of the text as given. */
  run() {
    const { text, titles } = this;
    const quotes = quotations(text, titles);
    const edges = quotes.flat();
    const free = (item) => !within(item.start, titles);
    const places = groups(text, pieces(text).filter(free));
    this.articles = ownArticles(text, places, titles, quotes);
    const events = [
      ...taken(titles, this.title),
      ...taken(places, this.group),
      ...taken(pointers(text.text).filter(free), this.pointer),
    ].sort((a, b) => a.start - b.start || b.end - a.end);
    let crossed = 0;
    for (const event of events) {
      this.state();
      if (event.start < this.end) continue;
      while (crossed < edges.length && edges[crossed] <= event.start) this.cross(edges[crossed++]);
      this.passage(event.start);
      event.take.call(this, event);
    }
    const citations = this.entries.settled(text);
    return { citations, refused: this.refused.map((place) => span(text, place)), rest: this.rest() };
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

  quoted(start, own = false) {
    return this.inside || this.passages.quoted(start, own);
  }

  /** Whether a title begins a line that does not go on with the one before. */
  line(start) {
    return this.text.breaks.has(start) && !search("wrapped", this.text.text.slice(Math.max(0, start - BEFORE), start));
  }

  title({ start, end, law, aside }) {
    this.pair = [];
    [this.before, this.start, this.end, this.law] = [law.kind ? "title" : "other", start, end, law];
    if (!law.kind) return void this.scope.forget(kindOf(law.name));
    this.explained.push([start, end]);
    if (SPOKEN.includes(this.text.text[start - 1]) || this.line(start)) this.passages.speak(start);
    const quoted = this.quoted(start);
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
    if (lawful) this.law = this.scope.meant(pointer);
    const law = lawful ? this.law : this.scope.place?.law;
    // 本办法 is what the text itself lays down, 本条 a clause of its own, rather than a rule that it names
    const drafted = this.articles.spoken && !this.passages.quoted(pointer.start, true) && (pointer.what !== "law" || RULES.includes(pointer.of));
    const ours = (this.own || pointer.word === "前") && !this.inside && (this.articles.heads.size || drafted);
    this.before = !law || (ours && mayBeOwn(this.articles, law)) ? "refused" : lawful ? "law" : pointer.what;
    if (this.before !== "refused") this.explained.push([pointer.start, pointer.end]);
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
    [this.scope.current, this.scope.place] = this.pair[word === "后者" ? 1 : 0];
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

  gap(start) {
    return start - this.end <= GAP ? this.text.text.slice(this.end, start) : FAR;
  }

  group(group) {
    if (!group.said && !this.bare(group)) return;
    const gap = this.gap(group.start);
    const lawful = this.before === "title" || this.before === "law";
    if (group.naked && !(lawful && !gap)) return;
    const after = this.text.text.slice(group.end, group.end + 8);
    const joined = lawful || (this.before === "place" && match("tie", gap));
    const left = (after.includes("除") || after.startsWith("of")) && match("except", after);
    if (left || (!joined && after.includes("约") && match("agreed", after)) || this.head(group)) return this.refuse(group);
    const pointed = this.before === "article" || this.before === "paragraph";
    const follow = { place: this.afterNumber, annex: this.afterAnnex }[this.before] ?? this.resumed;
    const take = lawful ? this.afterLaw : pointed ? this.afterPlace : follow;
    if (take.call(this, group, gap)) {
      const aside = group.start - this.end > GAP || gap.includes(")") || (gap && this.apart(group));
      this.explain(aside ? group.start : this.end, group.end);
      [this.before, this.start, this.end] = ["place", group.start, group.end];
      const { last } = this.entries;
      if (group.unit === ARTICLE) this.plain = !group.ordinal;
      if (this.inside || !last.quoted) this.scope.place = last;
    } else if (group.said) this.refuse(group);
  }

  /** Notes that a citation explains a stretch, which may go on with the last one. */
  explain(start, end) {
    const last = this.explained.at(-1);
    if (last?.[1] === start) last[1] = end;
    else this.explained.push([start, end]);
  }

  /** Whether an article begins a clause of the text's own: no place is known before it any more. */
  head(group) {
    const { current } = this.scope;
    const { heads, over } = this.articles;
    if (!heads.has(group.start) || (over && (!current || same(current) === same(over)))) return false;
    this.scope.place = null;
    return true;
  }

  refuse(group) {
    this.refused.push([group.start, group.end]);
    [this.before, this.start, this.end] = ["refused", group.start, group.end];
  }

  /** Whether bracketed numbers without a unit are items: they follow an article at once, and no list does. */
  bare(group) {
    if (this.before !== "place" || this.end !== group.start || this.text.breaks.has(group.start)) return false;
    if (depth(this.entries.last) >= ITEM) return false;
    const after = this.text.text.slice(group.end, group.end + 4);
    if (match("follow", after)) return true;
    return this.text.text[group.start + 1] > "\x7f" && !match("cited", after);
  }

  afterLaw(group, gap) {
    const { law, before, entries } = this;
    if (before === "law" && ["its", "paired"].includes(this.word.what) && group.unit !== ARTICLE) {
      this.before = "article";
      return this.afterPlace(group, gap);
    }
    if (!law || group.unit !== ARTICLE || !match("glue", gap)) {
      return group.unit === ARTICLE && (before === "title" || this.still(law)) && this.alone(group, gap);
    }
    if (before === "title" && entries.last?.whole && entries.last.where[0][0] === this.start) entries.all.pop();
    const quoted = this.quoted(this.start, before === "law" && this.own);
    entries.articles(law, group, quoted, this.start);
    if (before === "law" && !quoted) this.scope.current = law;
    return true;
  }

  /** Whether 该法 and an article without a law mean the same, in no version: 该法已修订，现依据第五条. */
  still(law) {
    const current = (this.scope.current ??= law);
    return Boolean(law && current && same(law) === same(current) && !law.year);
  }

  /** Takes 同条第二款, 前款第三项. */
  afterPlace(group, gap) {
    const { place } = this.scope;
    if (!place || !match("inner", gap)) return this.alone(group, gap);
    const keep = this.before === "article" ? 1 : UNITS.indexOf(this.word.of) + 1;
    if (group.unit < keep || !place.levels[keep - 1].length) return false;
    const levels = [...above(place, keep), ...NOTHING].slice(0, group.unit);
    if (this.word.word === "前" && this.inside) {
      const [number, inserted] = levels[keep - 1][0][0];
      if (number <= 1 || inserted) return false;
      levels[keep - 1] = [[[number - 1, 0], [number - 1, 0]]];
    }
    this.entries.add(place.law, levels, group, this.quoted(this.start, this.own), this.start);
    return true;
  }

  /** Takes a number after another: deeper, up to, one more of the same, or anew. */
  afterNumber(group, gap) {
    const deepest = depth(this.entries.last);
    if (group.unit === ITEM && this.fact(group, gap)) return false;
    if (group.unit && group.unit <= deepest && this.entries.last.levels[group.unit].length && this.below(group)) {
      this.entries.sibling(group);
      return true;
    }
    if (gap && match("range", gap)) return this.entries.upTo(group);
    const glued = !gap || Boolean(match("inner", gap));
    const comma = gap === "," || gap === ";";
    const plain = group.unit && comma && !(group.ordinal || group.bracketed);
    const loose = comma && group.unit === ARTICLE && this.articles.spoken && this.ownArticle(this.entries.last.law);
    const joined = glued || (match("join", gap) && !plain && !loose);
    const anew = group.unit === ARTICLE && this.newly(group, comma);
    if (!(glued && group.unit > deepest) && !(joined && (group.unit || !anew))) return this.alone(group, gap);
    if (group.unit > deepest) this.entries.deepen(group);
    else if (group.unit && group.unit === deepest && match("among", gap)) this.entries.narrow(group);
    else this.entries.sibling(group);
    return true;
  }

  /** Whether an article that no law stands before may be one of the text's own rather than the law's. */
  ownArticle(law) {
    return !this.inside && mayBeOwn(this.articles, law);
  }

  /** Whether an article without 第 is none: it begins a line, or is a count after a comma: ，3条建议. */
  newly(group, comma) {
    const broken = this.text.breaks.has(group.start);
    if (group.ordinal || !(comma || broken)) return comma && this.matter(group);
    const many = group.spans[0][0][0] >= FEW && !broken;
    return !(many && match("listed_after", this.text.text.slice(group.end, group.end + 4)));
  }

  /** Whether it is the number of an opinion, a reason, a problem: 第四条建议. */
  matter(group) {
    return !this.text.spaces.has(group.end) && Boolean(match("matter", this.text.text.slice(group.end, group.end + 6)));
  }

  /** Takes an article that a list sets beside an annex, 附件一和第七条; 附件一第七条 may be one of the annex. */
  afterAnnex(group, gap) {
    const beside = group.unit === ARTICLE && group.ordinal && match("list", gap) && gap !== "," && gap !== ";";
    if (!beside) return this.alone(group, gap);
    this.entries.articles(this.law, group, this.quoted(group.start));
    return true;
  }

  /** Takes a number behind the provision that was quoted for the one before, 第九十七条：“…”第（二）项, or one alone. */
  resumed(group, gap) {
    const goesOn = this.given && group.unit !== ARTICLE && !this.before && group.ordinal && match("resumed", gap);
    if (!goesOn || (group.unit === ITEM && this.fact(group, gap))) return this.alone(group, gap);
    this.entries.resume(this.given, group);
    return true;
  }

  /** Whether a 项 that begins a clause is one of the text's own list of facts: ，第（二）项行为违反了. */
  fact(group, gap) {
    if (!CLAUSE.includes(gap.at(-1))) return false;
    return this.facts || Boolean(match("fact", this.text.text.slice(group.end, group.end + 12)));
  }

  /** Takes an article that stands by itself: of the law named last, if nothing before it says otherwise. */
  alone(group, gap) {
    let law = this.scope.current;
    const { before } = this;
    const apart = ["other", "annex", "refused"].includes(before) && group.unit === ARTICLE;
    if (apart && (match("glue", gap) || match("quoting", gap))) {
      this.scope.current = before === "refused" && !gap ? law : null;
      return false;
    }
    let tail = this.text.text.slice(Math.max(this.end, group.start - TAIL), group.start);
    if (group.unit === ITEM && search("fact_lead", tail)) this.facts = true;
    if (law && group.unit === PARAGRAPH && this.told(group, tail)) return true;
    if (group.unit === ITEM && this.picked(group, tail)) return true;
    const passing = !group.ordinal && this.passing(group, tail);
    const ordinal = group.ordinal || passing;
    if (group.unit !== ARTICLE || !ordinal || !group.said) return false;
    if (this.matter(group)) return false;
    if (this.labelled(group) || this.below(group)) tail = "";
    if (search("noun", tail) || search("foreign", tail)) {
      this.scope.current = null;
      return false;
    }
    if (this.text.cells.has(group.start)) tail = "";
    const again = (!law || search("again", tail)) && this.namedBefore(group);
    law = again || law;
    if (!law || this.ownArticle(law) || OPEN_RUN.test(tail)) return false;
    const [once, today] = [search("once", tail), search("today", tail)];
    const led = passing || again || once || today || search("lead", tail);
    if (tail && chinese(tail.at(-1)) && !led) return false;
    this.scope.current ??= law;
    if (once || today) law = { ...law, year: "", event: once ? FORMER : "" };
    if (tail.endsWith(";") && match("telling", this.text.text.slice(group.end, group.end + TAIL))) this.passages.speak(group.start);
    const given = !this.text.breaks.has(group.start);
    this.entries.articles(law, group, this.inside || (given && this.quoted(group.start)));
    return true;
  }

  /**
   * The law of which these articles were named last, 上述第九十一条; where the text itself names no law, the one of which others'
   * words named them, if it is one alone; null where there is none.
   */
  namedBefore({ spans }) {
    const law = this.scope.current;
    const named = this.entries.all.slice(-LOOKED_BACK).filter(({ quoted }) => quoted === !law);
    const of = (entry) => spans.every((span) => entry.levels[ARTICLE].some((other) => String(other) === String(span)));
    const laws = named.filter(of).map((entry) => entry.law);
    return law || new Set(laws.map(same)).size === 1 ? (laws.at(-1) ?? null) : null;
  }

  /** Whether a label and a space stand before an article, as a colon would: 调查责任 第五十五条. */
  labelled({ start }) {
    const { text, spaces, breaks, cells } = this.text;
    if (!spaces.has(start) || breaks.has(start) || cells.has(start)) return false;
    const floor = Math.max(0, start - BEFORE);
    let begin = start;
    while (begin >= floor && !(begin === 0 || breaks.has(begin) || ";。:".includes(text[begin - 1]))) begin--;
    if (begin < Math.max(floor, this.end)) return false;
    const label = text.slice(begin, start);
    if (!match("label", label) || search("noun", label)) return false;
    return Boolean(search("decided", label)) || !search("foreign", label);
  }

  /** Whether a number begins a cell below the one that the last citation begins. */
  below({ start }) {
    const { cells } = this.text;
    const column = cells.get(start);
    return column !== undefined && cells.get(this.entries.last?.where[0]?.[0] ?? -1) === column;
  }

  /** Whether what stands before a number is a label, or another cell. */
  apart(group) {
    return this.text.cells.has(group.start) || this.labelled(group);
  }

  /** Whether an article without 第 after running words is one: 罚则是九十七条, 63条听证、58条审核. */
  passing(group, tail) {
    const deeper = match("deeper", this.text.text.slice(group.end, group.end + TAIL));
    if (deeper) return !tail.endsWith(":") && !search("amount_of", tail.slice(-UNIT_BEFORE));
    if (group.spans[0][0][0] < FEW) return false;
    const listed = this.plain && this.before === "place" && tail.endsWith("、") && !tail.includes("。");
    const after = this.text.text.slice(group.end, group.end + 4);
    const begun = this.plain && this.before === "place" && tail.endsWith(",") && match("begun_after", after);
    const running = search("running", tail) && match("running_after", after) && !search("amount_of", tail);
    return Boolean(listed || begun || search("chat", tail) || running || this.bracketed(group, tail));
  }

  /** Whether brackets hold an article without 第, as they held one before: （消防法28条）…（16条1款2项）. */
  bracketed({ end }, tail) {
    const closed = this.plain && tail.endsWith("(") && match("closed", this.text.text.slice(end, end + TAIL));
    return closed && !search("amount_of", tail.slice(0, -1));
  }

  /** Takes a 项 that a text picks in the sentence of its article: 第九十七条，共七项，本案适用第（三）项. */
  picked(group, tail) {
    const { place, current } = this.scope;
    if (!place?.where.length || !group.ordinal || this.facts || !search("picks", tail)) return false;
    const end = place.where.at(-1)[1];
    const near = group.start > end && group.start - end <= PICKED && !SENTENCE.test(this.text.text.slice(end, group.start));
    if (!current || same(current) !== same(place.law) || !near || this.ownArticle(current)) return false;
    this.entries.add(place.law, above(place, ITEM), group, this.inside);
    return true;
  }

  /** Takes a 款 that begins a sentence on what the article named last says: ；第二款规定，…. */
  told(group, tail) {
    const { place } = this.scope;
    const begins = !tail || "。;,".includes(tail.at(-1));
    if (!place?.levels[ARTICLE].length || !group.ordinal || !begins) return false;
    if (!match("told_paragraph", this.text.text.slice(group.end, group.end + 4))) return false;
    this.passages.speak(group.start);
    this.entries.add(place.law, above(place, PARAGRAPH), group, this.inside);
    return true;
  }

  /** The stretches of the text as given that say something beside what is explained. */
  rest() {
    const unexplained = [];
    const { length } = this.text.text;
    let done = 0;
    const order = (a, b) => a[0] - b[0] || a[1] - b[1];
    for (const [start, end] of [...this.explained.sort(order), [length, length]]) {
      const words = done < start ? this.text.text.slice(done, start) : "";
      if (words && without("neutral", without("tag", words))) unexplained.push(span(this.text, [done, start]));
      done = Math.max(done, end);
    }
    return unexplained;
  }
}
