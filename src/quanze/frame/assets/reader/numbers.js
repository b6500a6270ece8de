/** Numbers of articles, paragraphs and items, each taken by what came before it; as src/quanze/law/reader/numbers.py. */
import { Alone, FEW } from "./alone.js";
import { above, depth, NOTHING } from "./entries.js";
import { same } from "./known.js";
import { ARTICLE, GAP, ITEM, PARAGRAPH } from "./state.js";
import { MANY } from "./units.js";
import { DATA, match, search, UNITS } from "./words.js";

/** Words that point to a law of which the text says more than its class. */
const SURE = ["旧", "老", "原", "新", "前"];
/** What 同条 means where others' words alone named a place stands no further back. */
const HEARD = 120;
export const ARROW = "→";
const FORMER = "旧";
/** What words begin with that let a run begin without an end. */
const OPENS = new Set("以之往起开至到~-");

/** What takes the numbers of a text. */
export class Numbers extends Alone {
  group(single) {
    const step = this.step(single);
    const group = step ? { ...single, unit: ARTICLE, said: true, bracketed: false } : this.unwritten(single);
    if (!group.said && !this.bare(group)) return;
    const gap = this.gap(group.start);
    const lawful = this.before === "title" || this.before === "law";
    const naked = this.naked && this.before === "place" && (gap === "、" || gap === ARROW);
    if (group.naked && !naked && !(lawful && !gap)) return;
    const after = this.text.text.slice(group.end, group.end + 8);
    const joined = lawful || (this.before === "place" && match("tie", gap));
    const left = (after.includes("除") || after.startsWith("of")) && match("except", after);
    const open = this.openEnd(group, after);
    if (left || open || (!joined && after.includes("约") && match("agreed", after)) || this.head(group)) return this.refuse(group, open);
    if (["place", "article"].includes(this.before) && this.counts(group, gap)) {
      this.refused.push([group.start, group.end]);
      this.end = group.end;
      return;
    }
    const pointed = this.before === "article" || this.before === "paragraph";
    const follow = { place: this.afterNumber, annex: this.afterAnnex }[this.before] ?? this.resumed;
    const take = lawful ? this.afterLaw : pointed ? this.afterPlace : follow;
    const before = gap === ARROW && this.before === "place" ? this.entries.last : null;
    if (step) {
      this.entries.articles(step.law, group, this.quoted(group.start));
      if (this.inBrackets) this.inBrackets.count = this.entries.all.length;
    }
    if (step || take.call(this, group, gap)) {
      if (before) this.renumbered(before);
      this.explain(group.start, group.end);
      [this.before, this.start, this.end] = ["place", group.start, group.end];
      const { last } = this.entries;
      if (group.unit === ARTICLE) {
        this.naked = group.naked;
        this.plain = !group.ordinal || Boolean(match("informal", this.text.text.slice(group.start, group.end)));
      }
      if (this.inside || !last.quoted) this.scope.place = last;
    } else if (group.said) this.refuse(group);
  }

  /** Takes an article before an arrow for a former version's, the text speaking of old numbers: 94→97. */
  renumbered(before) {
    const { law } = before;
    if (this.renumbers && !(law.year || law.event)) before.law = { ...law, event: FORMER };
  }

  /** How long the words are behind a number that let a run begin without an end: 第六十二条以后. */
  openEnd(group, after) {
    if (!OPENS.has(after[0]) || !group.said || this.text.spaces.has(group.end)) return 0;
    return match("open_end", after)?.[0].length ?? 0;
  }

  /** Whether an article begins a clause of the text's own: no place is known before it any more. */
  head(group) {
    const { current } = this.scope;
    const { heads, over } = this.articles;
    if (!heads.has(group.start) || (over && (!current || same(current) === same(over)))) return false;
    this.scope.place = null;
    return true;
  }

  /** Takes no number, and so many signs behind it with it. */
  refuse(group, more = 0) {
    const end = group.end + more;
    this.refused.push([group.start, end]);
    this.few = !group.ordinal && group.spans[0][0][0] < FEW;
    [this.before, this.start, this.end] = ["refused", group.start, end];
  }

  /** The article in brackets whose law bare numbers in the next ones are of, 立案（…法54条）、告知（44、45）; null where none is. */
  step({ start, end, spans, said }) {
    const last = this.plain && this.before === "place" && !said ? this.entries.last : null;
    const { text, breaks } = this.text;
    if (!last?.where.length || !text.slice(this.end - 1, this.end + 1).includes(")")) return null;
    const most = Math.max(...spans.flat().map(([number]) => number));
    if (text[start] !== "(" || text.slice(start, end).split("(").length > 2 || most < FEW || most >= MANY) return null;
    if (!match("step", this.gap(start))) return null;
    for (let at = this.end; at < start; at++) if (breaks.has(at)) return null;
    return last;
  }

  /** Numbers without a unit right behind a title as articles: 《…法》（44、45）, 《…法》第94、97. */
  unwritten(group) {
    const { start, end, spans, ordinal, bracketed, unit, said } = group;
    if (said || !["title", "law"].includes(this.before) || this.end !== start) return group;
    const { text, breaks } = this.text;
    const pair = bracketed && spans[0][0][0] !== spans.at(-1).at(-1)[0] && text.slice(start, end).split("(").length === 2;
    const most = Math.max(...spans.map(([, [last]]) => last));
    if (!(unit === ARTICLE || pair) || most < FEW || most >= MANY) return group;
    const ends = breaks.has(end) || match(ordinal ? "ordinal_end" : "listed_end", text.slice(end, end + 4));
    return ends ? { ...group, unit: ARTICLE, said: true, bracketed: false } : group;
  }

  /** Whether bracketed numbers without a unit are items: they follow an article at once, and no list does. */
  bare(group) {
    if (this.before !== "place" || this.end !== group.start || this.text.breaks.has(group.start)) return false;
    if (depth(this.entries.last) >= ITEM) return false;
    const after = this.text.text.slice(group.end, group.end + 4);
    if (this.text.breaks.has(group.end) || match("follow", after)) return true;
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
    const pointed = before === "law" && this.word.what === "law" && !this.own;
    const echo = pointed && !this.given ? this.echo(group) : null;
    const meant = echo && DATA.groups[this.word.of]?.includes(echo.kind) ? echo : law;
    const quoted = this.quoted(this.start, before === "law" && this.own);
    const open = pointed && !SURE.includes(this.word.word) && !this.denied(group);
    entries.articles(meant, group, quoted, this.start, open ? this.word.of : "");
    if (before === "law" && !quoted) this.scope.current = meant;
    return true;
  }

  /** Whether 该法 and an article without a law mean the same, in no version: 该法已修订，现依据第五条. */
  still(law) {
    const current = (this.scope.current ??= law);
    return Boolean(law && current && same(law) === same(current) && !law.year);
  }

  /** Takes 同条第二款, 前款第三项. */
  afterPlace(group, gap) {
    const place = this.meantPlace();
    if (!place || !match("inner", gap)) return this.alone(group, gap);
    const keep = this.before === "article" ? 1 : UNITS.indexOf(this.word.of) + 1;
    if (group.unit < keep || !place.levels[keep - 1].length || this.inner()) return false;
    const levels = [...above(place, keep), ...NOTHING].slice(0, group.unit);
    if (this.word.word === "前" && this.inside) {
      const [number, inserted] = levels[keep - 1][0][0];
      if (number <= 1 || inserted) return false;
      levels[keep - 1] = [[[number - 1, 0], [number - 1, 0]]];
    }
    this.entries.add(place.law, levels, group, this.quoted(this.start, this.own), this.start, place.alone);
    return true;
  }

  /** Whether 本条 or 前款 is a word of a provision that the text copies without marks: it cites nothing. */
  inner() {
    const own = this.own || this.word.word === "前";
    return own && !this.inside && this.passages.quoted(this.start, true);
  }

  /** The place that 该条 means: what others' words named right before, else what the text did. */
  meantPlace() {
    const { last } = this.entries;
    const theirs = last?.quoted && last.where.length && !this.inside && !this.given && !this.own;
    const near = this.scope.place ? GAP : HEARD;
    return theirs && this.start - last.where.at(-1)[1] <= near ? last : this.scope.place;
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
    if (!(glued && group.unit > deepest) && !(joined && (group.unit || !anew))) return this.behindBrackets(group, gap) || this.alone(group, gap);
    if (group.unit > deepest) this.entries.deepen(group);
    else if (group.unit && group.unit === deepest && match("among", gap)) this.entries.narrow(group);
    else this.entries.sibling(group);
    return true;
  }

  /** Takes a 款 or 项 of the place before brackets that name another: 第九十七条（原第九十四条）第一款. */
  behindBrackets(group, gap) {
    const { place } = this.scope;
    if (gap !== ")" || ![PARAGRAPH, ITEM].includes(group.unit) || !group.ordinal) return false;
    if (!place?.where.length || place === this.entries.last || group.unit <= depth(place)) return false;
    if (this.text.breaks.has(group.start) || this.text.text[place.where.at(-1)[1]] !== "(") return false;
    this.entries.resume(place, group);
    return true;
  }

  /** Whether a text says how many 款 or 项 a place has: 第六条只有十三项, 第三十五条（三款全抄太长）. */
  counts({ unit, ordinal, bracketed, end }, gap) {
    if (!unit || ordinal || bracketed) return false;
    return Boolean((gap === "(" && match("count_after", this.text.text.slice(end, end + 1))) || search("count", gap));
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

  /** Whether an article without 第 is none: it begins a line, or is a count after a comma: ，3条建议. */
  newly(group, comma) {
    const broken = this.text.breaks.has(group.start);
    if (group.ordinal || !(comma || broken)) return comma && this.matter(group);
    const many = group.spans[0][0][0] >= FEW && !broken;
    return !(many && match("listed_after", this.text.text.slice(group.end, group.end + 4)));
  }
}
