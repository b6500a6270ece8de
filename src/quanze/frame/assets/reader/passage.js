/** Provisions that a text gives without quotation marks: 第九十七条：…, 第九十七条规定，…, 第九十七条 生产经营单位…. */
import { all, bisect, match, placesOf, search } from "./words.js";

const LEAST = 10;
const LOOK = 60;
const OPENING = 24;
const HEAD = 6;
const OWN = "本";
const CLAUSE = /[。;,!?:]/u;

/** Where a text repeats a provision: what it names there is no basis of its own; see src/quanze/law/reader/passage.py. */
export class Passages {
  sentence = 0;
  line = 0;

  constructor(text) {
    this.text = text;
    this.stops = [...new Set([...placesOf("。", text.text), ...text.rows])].sort((one, other) => one - other);
    this.voices = Array.from(all("voice", text.text), ({ index }) => index);
    this.cells = Array.from(text.cells.keys());
    this.heads = [...text.breaks].filter((at) => match("author", text.text.slice(at, at + HEAD)));
    this.persons = Array.from(all("person", text.text), ({ index }) => index);
  }

  /** Looks whether a provision follows the number that stands from `place` to `end`, before what comes at `start`. */
  notice(place, end, start) {
    const { text, spaces, rows } = this.text;
    if (rows.has(end) || (start === end && text[end] !== OWN)) return;
    const cell = this.cells[bisect(this.cells, end + 1)] ?? text.length;
    const beyond = text.slice(end, Math.min(cell, end + LOOK));
    const spaced = spaces.has(end) && match("own_follows", beyond);
    if (spaced || match("own_colon", beyond) || match("own_opening", text.slice(end, end + OPENING))) return this.given(end);
    if (this.headed(end, beyond)) return this.given(end);
    const gap = beyond.slice(0, Math.max(0, start - end));
    const comma = match("told", gap);
    if (comma) return this.told(place, end + comma[0].length, start);
    const colon = match("colon", gap);
    const words = colon ? gap.slice(colon[0].length) : gap;
    if (!colon && !(spaces.has(end) && search("lays_down", words))) return;
    if (words.length >= LEAST && match("opening", words)) this.given(end);
  }

  /** Whether a provision begins the next line: 第九十七条（摘录）, 第九十七条规定如下. */
  headed(end, beyond) {
    const head = match("provision_head", beyond)?.[0];
    if (!head || !this.text.breaks.has(end + head.length) || beyond.length - head.length < LEAST) return false;
    return Boolean(match("opening", beyond.slice(head.length)));
  }

  /** Whether a place is in a provision; `own` where 本法 or 本条 stands before it. */
  quoted(start, own) {
    return start < (own ? this.line : this.sentence);
  }

  /** Takes 本法 from here on for the text's own word: it has named a law itself. */
  end() {
    this.line = 0;
  }

  /** Lets the author speak again: no provision begins a clause with the title of another law. */
  speak(start) {
    this.sentence = Math.min(this.sentence, start);
  }

  /** Takes what follows for a provision: to the end of its sentence, or to 我, which none says; what says 本法 on and on. */
  given(end) {
    this.sentence = Math.min(...[this.stops, this.persons, this.heads].map((places) => this.next(places, end)));
    this.line = this.text.text.length;
  }

  /** Takes a provision after a comma, where the article is the subject, until the author speaks again. */
  told(place, end, start) {
    const { text } = this.text;
    const words = text.slice(end, end + LOOK);
    const brief = Math.min(start - end, words.length) < LEAST || !match("told_opening", words);
    if (brief && !match("told_own", words)) return;
    const before = text.slice(Math.max(0, place - LOOK), place).split(CLAUSE).at(-1);
    const stop = this.next(this.stops, end);
    const voice = this.voices[bisect(this.voices, end)] ?? stop;
    if (voice - end < LEAST || search("leaning", before)) return;
    [this.sentence, this.line] = [Math.min(stop, voice), stop];
  }

  next(places, at) {
    return places[bisect(places, at + 1)] ?? this.text.text.length;
  }
}
