/** An article by itself: whose it is by the words, the cells and the lines around it; as src/quanze/law/reader/alone.py. */
import { above, ANY } from "./entries.js";
import { same, undated } from "./known.js";
import { yearBefore } from "./noted.js";
import { ARTICLE, ITEM, LOOKED_BACK, PARAGRAPH, State } from "./state.js";
import { chinese, match, search } from "./words.js";

export const FEW = 10;
const TAIL = 24;
const BEFORE = 8;
const UNIT_BEFORE = 3;
/** A 项 that is picked from an article stands no further behind it. */
const PICKED = 60;
/** The law in brackets behind an article stands no further behind its number. */
const PLACES = 40;
/** A 项 of a provision that is given in between stands no further behind it. */
const GIVEN = 600;
const MARKED = /\([^()]+\)/u;
const SAID = /[。!?][”’」』]/gu;
const SENTENCE = /[。!?]/u;
/** The number of a paper behind its title. */
const NOTE = /^\((?:[^()]|\([^()]{1,12}\)){1,28}\)/u;
/** Another 款 of an article stands no further behind the one named last. */
const RANKED = 120;
const YEAR = 4;
const CLAUSE = [",", ";", ":", "。"];
const OPEN_RUN = /(?:至|到|~|(?:^|[条款项目)0-9])-+)$/u;
const FORMER = "旧";
const CLAUSE_ENDS = [",", "。", "?", "!", ":", "说", "讲", "写"];

/** Whether a citation names these articles. */
function holds({ levels }, spans) {
  return spans.every((span) => levels[ARTICLE].some((other) => String(other) === String(span)));
}

/** What takes numbers that nothing before them leads to. */
export class Alone extends State {
  /** Takes an article that stands by itself: of the law named last, if nothing before it says otherwise. */
  alone(group, gap) {
    const { before } = this;
    if (this.passedBy && !this.inside && SENTENCE.test(this.text.text.slice(Math.max(this.start, group.start - RANKED), group.start))) {
      [this.scope.current, this.passedBy] = [this.passedBy, null];
    }
    const law = this.scope.current;
    const few = before === "refused" && this.few;
    const apart = ["other", "annex", "refused"].includes(before) && group.unit === ARTICLE && !few;
    const bare = before === "other" ? gap.replace(NOTE, "") : gap;
    if (apart && (match("glue", bare) || match("quoting", gap))) {
      this.scope.current = before === "refused" && !gap ? law : null;
      return false;
    }
    let tail = this.text.text.slice(Math.max(this.end, group.start - TAIL), group.start);
    if (group.unit === ITEM && search("fact_lead", tail)) this.facts = true;
    if (law && group.unit === PARAGRAPH && (this.told(group, tail) || this.ranked(group, tail))) return true;
    if (law && [PARAGRAPH, ITEM].includes(group.unit) && (this.glossed(group, tail) || this.lined(group))) return true;
    if (group.unit === ITEM && this.picked(group, tail)) return true;
    if (group.unit !== ARTICLE || !group.said || this.matter(group)) return false;
    const passing = !group.ordinal && Boolean(this.behind(group) || this.passing(group, tail));
    if (!group.ordinal && !passing) return false;
    const led = this.led(group, tail, passing);
    if (!led) return false;
    const telling = tail.endsWith(";") && match("telling", this.text.text.slice(group.end, group.end + TAIL));
    if (telling || search("author_again", tail)) this.passages.speak(group.start);
    const given = !this.text.breaks.has(group.start);
    this.entries.articles(led, group, this.inside || (given && this.quoted(group.start)), -1, this.behind(group) || this.denied(group) ? "" : ANY);
    return true;
  }

  /** The law that an article by itself is of, by the words before it; null where they may name another. */
  led(group, tail, passing) {
    const once = search("once", tail);
    let words = once ? tail.slice(0, once.index) : tail;
    if (this.labelled(group) || this.below(group)) tail = words = "";
    if (search("noun", words) || search("foreign", words)) {
      this.scope.current = null;
      return null;
    }
    const meant = this.behind(group) ?? this.echo(group);
    if (meant) {
      const [year, event] = yearBefore(tail);
      const behind = event ? { ...meant, year, event } : meant;
      this.scope.name(behind, group.start);
      return behind;
    }
    if (this.text.cells.has(group.start)) tail = "";
    const { current } = this.scope;
    const before = !current || search("again", tail) ? this.namedBefore(group) : this.numberedBefore(group, tail);
    const heard = !before && (!current || search("set_right", tail)) ? this.heardAlone(group, tail, passing) : null;
    let law = before || heard || current || this.namedLater(group) || this.carried(group, tail);
    if (!law || search("formerly", tail) || this.ownArticle(law) || OPEN_RUN.test(tail)) return null;
    let [year, event] = yearBefore(tail);
    let today = search("today", tail);
    if (law.year && !event && !today) year = search("year_since", tail)?.[1] ?? year;
    law = this.dated.get(year) ?? law;
    if (event || (year && (law.year || (this.before === "place" && tail.startsWith("("))))) {
      const kept = year === law.year.slice(0, YEAR) ? law.event : "";
      return (this.scope.current = { ...law, year, event: event || kept });
    }
    const dated = law.year || law.event;
    today ||= dated && search("nowadays", tail);
    const deeper = match("deeper", this.text.text.slice(group.end, group.end + TAIL));
    const led = passing || before || once || today || deeper || search("lead", tail);
    if (tail && chinese(tail.at(-1)) && !led && !(group.ordinal && group.spans[0][0][0] >= FEW)) return null;
    this.scope.current ??= heard && !this.only ? null : law;
    if (once) return this.former(law);
    return today ? undated(law) : law;
  }

  /** A law in a version before that of the place named right before, else in the one that is old by itself. */
  former(law) {
    const last = this.before === "place" ? this.entries.last.law : null;
    const named = last && same(last) === same(law) && last.year === law.year && last.event === law.event;
    return { ...law, year: named ? "" : law.year, event: FORMER };
  }

  /** Whether the text says that the law has no such article: no other law's is meant. */
  denied({ end }) {
    return Boolean(match("no_such", this.text.text.slice(end, end + PLACES)));
  }

  /** The law that stands in brackets behind an article, 第九十七条第一款（安全生产法）; undefined where there is none. */
  behind(group) {
    if (!this.enclosed.size || !(group.ordinal || group.spans[0][0][0] >= FEW)) return undefined;
    const places = match("places_of", this.text.text.slice(group.end, group.end + PLACES));
    return places ? this.enclosed.get(group.end + places[0].length) : undefined;
  }

  /**
   * The law of which these articles were named last, 上述第九十一条; where the text itself names no law, the one of which others'
   * words named them, if it is one alone; null where there is none.
   */
  namedBefore({ spans }) {
    const law = this.scope.current;
    const laws = this.naming(spans, !law);
    return law || new Set(laws.map(same)).size === 1 ? (laws.at(-1) ?? null) : null;
  }

  /** The laws of which these articles were named, in others' words or the text's own. */
  naming(spans, others) {
    const near = this.entries.all.slice(-LOOKED_BACK).filter((one) => one.quoted === others && holds(one, spans));
    return near.map(({ law }) => law);
  }

  /** The law of which others' words named these articles right before, “…法第十七条”，第十七条说的是…; null where they named none. */
  echo(group) {
    const { last } = this.entries;
    const named = !this.inside && last?.quoted && last.where.length && holds(last, group.spans);
    return named && this.near(group, last, true) ? last.law : null;
  }

  /** The law of which alone the article is named below; for 按101条第3项, the only law of the text; null where there is none. */
  namedLater({ end, ordinal, spans }) {
    if (this.inside || this.scope.named.size) return null;
    const laws = this.numbered.get(String(spans[0]));
    if (laws?.size === 1) return [...laws.values()][0];
    const deeper = this.only && !ordinal && match("deeper", this.text.text.slice(end, end + TAIL));
    return deeper ? this.only : null;
  }

  /**
   * The law that a sentence cites before a document, where a penalty is by the article, …《制度》第五条，罚则为第九十七条; null where there
   * is none.
   */
  carried(group, tail) {
    const { place } = this.scope;
    if (this.before !== "refused" || !place?.where.length || !this.near(group, place, false, RANKED)) return null;
    const led = search("applied_by", tail) && match("punishing", this.text.text.slice(group.end, group.end + PICKED));
    return led || search("applied", tail) ? place.law : null;
  }

  /**
   * The law that others' words alone named: the only one of the text, 原稿写“《…法》第五十条”，现在是第53条, or one in this sentence that is set
   * right; null where there is none.
   */
  heardAlone({ start, ordinal, spans }, tail, passing) {
    const heard = [...this.scope.heard.values()];
    const clear = passing || (this.only && ordinal && spans[0][0][0] >= FEW);
    if (this.inside || !heard.length || (tail && chinese(tail.at(-1)) && !clear && !search("lead", tail))) return null;
    if (this.only) return heard.some(([, law]) => same(law) === same(this.only)) ? this.only : null;
    if (!this.scope.named.size && heard.length === 1) return heard[0][1];
    const [at, law] = heard.reduce((last, one) => (one[0] > last[0] ? one : last));
    const near = start - at <= PICKED && !SENTENCE.test(this.text.text.slice(at, start).replace(SAID, ""));
    const last = [...this.scope.named.values()].every(([named]) => named < at);
    return near && last && search("set_right", tail) ? law : null;
  }

  /** The law of which alone these articles were named before, where it is not the one named last; null where there is none. */
  numberedBefore(group, tail) {
    const { current } = this.scope;
    const { breaks } = this.text;
    if (this.goesOn(group) || breaks.has(group.start) || yearBefore(tail)[1]) return null;
    if (tail && chinese(tail.at(-1)) && !search("lead", tail)) return null;
    const found = new Map(this.naming(group.spans, false).map((law) => [same(law), law]));
    return found.size === 1 && !found.has(same(current)) ? [...found.values()][0] : null;
  }

  /** Whether an article goes on in the sentence and the line of a place of the law named last. */
  goesOn(group) {
    const { current, place } = this.scope;
    if (!place?.where.length || same(place.law) !== same(current) || !this.near(group, place)) return false;
    for (let at = place.where.at(-1)[1]; at <= group.start; at++) if (this.text.breaks.has(at)) return false;
    return true;
  }

  /** Whether a label and a space stand before an article, as a colon would: 调查责任 第五十五条. */
  labelled({ start, end }) {
    const { text, spaces, breaks, cells } = this.text;
    if (!spaces.has(start) || breaks.has(start) || cells.has(start)) return false;
    const floor = Math.max(0, start - BEFORE);
    let begin = start;
    while (begin >= floor && !(begin === 0 || breaks.has(begin) || ";。:".includes(text[begin - 1]))) begin--;
    if (begin < Math.max(floor, this.end)) return false;
    const label = text.slice(begin, start);
    const line = breaks.has(begin) && spaces.has(end);
    if (!match(line ? "headed" : "label", label) || search("noun", label)) return false;
    return Boolean(search("decided", label)) || !search("foreign", label);
  }

  /** Whether a number begins a cell below the one that the last citation begins. */
  below({ start }) {
    const { cells } = this.text;
    const column = cells.get(start);
    return column !== undefined && cells.get(this.entries.last?.where[0]?.[0] ?? -1) === column;
  }

  /** Whether an article without 第 after running words is one: 罚则是九十七条, 63条听证、58条审核. */
  passing(group, tail) {
    const deeper = match("deeper", this.text.text.slice(group.end, group.end + TAIL));
    const few = group.spans[0][0][0] < FEW;
    if (deeper) return !(few && tail.endsWith(":")) && !search("amount_of", tail.slice(-UNIT_BEFORE));
    if (few) return false;
    const follows = this.plain && ["place", "refused", "law"].includes(this.before);
    const listed = follows && tail.endsWith("、") && !tail.includes("。");
    const after = this.text.text.slice(group.end, group.end + 4);
    const begins = CLAUSE_ENDS.includes(tail.at(-1)) || this.text.spaces.has(group.start);
    const answers = this.answers(group);
    const said = match(follows || answers ? "begun_after" : "begun_firmly", after);
    const begun = begins && said && (answers || !search("amount_of", tail));
    const spoken = match("article_after", after) && !search("counting", tail);
    if (spoken && !search("amount_of", tail)) return true;
    const running = search("running", tail) && match("running_after", after) && !search("amount_of", tail);
    return Boolean(listed || begun || search("chat", tail) || running || this.bracketed(group, tail));
  }

  /** Whether an article begins what a person answers, on a line of its own: 乙：六十四条，五十万起. */
  answers({ start }) {
    const { text, breaks } = this.text;
    let line = start - 1;
    while (line > Math.max(0, start - BEFORE) && !breaks.has(line)) line--;
    if (text[start - 1] !== ":" || !breaks.has(line) || line <= Math.max(0, start - BEFORE)) return false;
    return !search("how_many", text.slice(Math.max(0, line - TAIL), line));
  }

  /** Whether brackets hold an article without 第, as they held one before: （消防法28条）…（16条1款2项）. */
  bracketed({ end }, tail) {
    const closed = this.plain && tail.endsWith("(") && match("closed", this.text.text.slice(end, end + TAIL));
    return closed && !search("amount_of", tail.slice(0, -1));
  }

  /** Takes a 项 that a text picks in the sentence of its article: 第九十七条，共七项，本案适用第（三）项. */
  picked(group, tail) {
    const heard = this.setRight(tail);
    const place = heard ?? this.scope.place;
    if (!place?.where.length || !group.ordinal || this.facts) return false;
    if (!search("picks", tail) && !(place.levels[ITEM].length && search("picks_again", tail))) return false;
    const near = this.near(group, place, search("picks_far", tail)) || this.givenItem(group, place);
    const law = heard ? heard.law : this.scope.current;
    if (!law || same(law) !== same(place.law) || !near || this.ownArticle(law)) return false;
    this.entries.add(place.law, above(place, ITEM), group, this.inside, -1, place.alone);
    return true;
  }

  /** Whether a 项 is one of those that the text gives behind its article: 第五十八条：（一）…；（二）…. */
  givenItem({ start, end: after }, place) {
    const end = place.where.at(-1)[1];
    const number = MARKED.exec(this.text.text.slice(start, after));
    if (!number || start < end || start - end > GIVEN || !match("enumerated", this.text.text.slice(end, end + BEFORE))) return false;
    return this.text.text.slice(end, start).includes(number[0]);
  }

  /** The place that others' words named last, where it is set right, 写的“…第八项”，应该是第七项; null where there is none. */
  setRight(tail) {
    const { last } = this.entries;
    return !this.inside && last?.quoted && search("set_right", tail) ? last : null;
  }

  /** Takes another 款 of the article whose 款 was named last, in its sentence: 依据该条第一款，并按第二款告知. */
  ranked(group, tail) {
    const { place } = this.scope;
    if (!place?.where.length || !place.levels[PARAGRAPH].length || !group.ordinal) return false;
    if (!search("picks_paragraph", tail) || this.ownArticle(place.law) || !this.near(group, place, true, RANKED)) return false;
    this.entries.add(place.law, above(place, PARAGRAPH), group, this.inside, -1, place.alone);
    return true;
  }

  /**
   * Takes one more 款 or 项 of the article named last, behind words on the one before, in its sentence: 第（一）项当场处罚、第（四）项不予公开;
   * 第三十三条三种“不罚”：第一款…；第二款….
   */
  glossed(group, tail) {
    const { place } = this.scope;
    if (!place?.where.length || !(group.ordinal || this.noted(group, tail)) || this.ownArticle(place.law)) return false;
    const again = place.levels[group.unit].length;
    if (!again && (group.unit === ITEM || !place.levels[ARTICLE].length || place.levels[ITEM].length)) return false;
    if (group.unit === ITEM && (this.fact(group, tail) || this.matter(group))) return false;
    if (group.ordinal && !search(again ? "glossed_again" : "glossed", tail)) return false;
    if (!this.near(group, place, search("glossed_far", tail), RANKED)) return false;
    this.entries.add(place.law, above(place, group.unit), group, this.inside, -1, place.alone);
    return true;
  }

  /** Whether a 款 without 第 is one of a note: 33条：1款轻微，2款无过错; 38条1款 主体；2款 程序. */
  noted({ unit, bracketed, spans }, tail) {
    const { place } = this.scope;
    const [[[number]]] = spans;
    if (unit !== PARAGRAPH || !this.plain || bracketed || number >= FEW) return false;
    const begun = this.text.text[place.where.at(-1)[0] - 1] === ":" && [",", ";"].includes(tail.at(-1));
    const told = place.levels[PARAGRAPH].length && (begun || [";", "→", "在"].includes(tail.at(-1)));
    return Boolean(told || tail.endsWith("→") || (tail === ":" && number === 1));
  }

  /**
   * Takes a 项 that begins a line below the article that the lines above name: 第二十一条 七项职责, 第（一）项 …; further 项 of such
   * a list stand below each other.
   */
  lined(group) {
    const { place } = this.scope;
    const { breaks } = this.text;
    if (group.unit !== ITEM || !group.ordinal || !breaks.has(group.start) || this.facts) return false;
    if (!place?.where.length || !place.levels[ARTICLE].length || this.ownArticle(place.law)) return false;
    if (place.levels[ITEM].length && !breaks.has(place.where[0][0])) return false;
    if (this.fact(group, "。") || this.matter(group) || !this.near(group, place, true, RANKED)) return false;
    this.entries.add(place.law, above(place, ITEM), group, this.inside, -1, place.alone);
    return true;
  }

  /** Whether a place stands shortly before a number, in its sentence or `beyond` its end. */
  near({ start }, place, beyond, signs = PICKED) {
    const end = place.where.at(-1)[1];
    return start > end && start - end <= signs && Boolean(beyond || !SENTENCE.test(this.text.text.slice(end, start)));
  }

  /** Whether a 项 that begins a clause is one of the text's own list of facts: ，第（二）项行为违反了. */
  fact(group, gap) {
    if (!CLAUSE.includes(gap.at(-1))) return false;
    return this.facts || Boolean(match("fact", this.text.text.slice(group.end, group.end + 12)));
  }

  /** Takes a 款 that begins a sentence on what the article named last says: ；第二款规定，…. */
  told(group, tail) {
    const { place } = this.scope;
    if (!place?.levels[ARTICLE].length || !group.ordinal || !search("told_begins", tail)) return false;
    if (!match("told_paragraph", this.text.text.slice(group.end, group.end + 4))) return false;
    this.passages.speak(group.start);
    this.entries.add(place.law, above(place, PARAGRAPH), group, this.inside, -1, place.alone);
    return true;
  }

  /** Whether it is the number of an opinion, a reason, a problem: 第四条建议. */
  matter(group) {
    return !this.text.spaces.has(group.end) && Boolean(match("matter", this.text.text.slice(group.end, group.end + 6)));
  }
}
