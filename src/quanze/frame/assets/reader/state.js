/** What is known of a text at a place of it, between what was read and what comes next. */
import { mayBeOwn } from "./clauses.js";
import { Entries } from "./entries.js";
import { Passages } from "./passage.js";
import { Scope } from "./scope.js";

export const ARTICLE = 0;
export const PARAGRAPH = 1;
export const ITEM = 2;
/** So many of the last citations may be meant by a word that points back. */
export const LOOKED_BACK = 50;
/** A gap between two numbers that is longer joins nothing. */
export const GAP = 30;
const FAR = "……".repeat(GAP);

/** One text on its way to its citations; see src/quanze/law/reader/state.py, which is the same. */
export class State {
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
  naked = false;
  /** What the text spoke of before 构成犯罪的，依照刑法第…条: the next sentence goes on with it. */
  passedBy = null;
  /** Whether the text speaks of old numbers, and has arrows. */
  renumbers = false;
  /** Whether what was refused last is a count: 一共7条. */
  few = false;
  /** The law that the text names where it names no other title. */
  only = null;
  given = null;
  /** What 前者 and 后者 mean, [law, its place], until another law is named. */
  pair = [];
  /** The laws that stand alone in brackets, by where their titles begin. */
  enclosed = new Map();
  /** The laws right behind whose titles an article stands, by its number. */
  numbered = new Map();
  /** What was named last with each year. */
  dated = new Map();
  /** What the text spoke of before the brackets that are open: [scope, its law, its place]. */
  beforeBrackets = null;
  /** Whether these brackets follow a word: 超期未检（…第四十条）、未登记（第三十三条）. */
  listing = false;
  /** What the last such brackets named, and where the text stood behind them: the next ones go on with it. */
  inBrackets = null;
  articles = { heads: new Set(), over: null, spoken: false };

  /** What heads the cell of a table. */
  column = null;

  constructor(text, titles, columns) {
    this.text = text;
    this.titles = titles;
    this.columns = columns;
    this.passages = new Passages(text);
  }

  quoted(start, own = false) {
    return this.inside || this.passages.quoted(start, own);
  }

  gap(start) {
    return start - this.end <= GAP ? this.text.text.slice(this.end, start) : FAR;
  }

  /** Whether an article that no law stands before may be one of the text's own rather than the law's. */
  ownArticle(law) {
    return !this.inside && mayBeOwn(this.articles, law);
  }

  /** Notes that a citation explains a stretch, which may go on with the last one. */
  explain(start, end) {
    const last = this.explained.at(-1);
    if (last?.[1] === start) last[1] = end;
    else this.explained.push([start, end]);
  }
}
