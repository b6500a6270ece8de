/**
 * Reads {laws, numbers, texts} from the standard input, prints what the browser's reader says of each text; the folder is the argument.
 * With {standings, at} as well it prints where each cited place stands on that day; with {written} instead, for each text,
 * [as a statute writes it, what the reader says of that, what the searches' grammar says] of each place; with {kept, at} what
 * the form makes of each text; with {asking} what the reader says of each query, whether the searches ask it, and what they
 * take the query for; with
 * {growing: [[lead, unit]], sizes} instead of texts the seconds that a text of each takes, of so many characters.
 */
import { pathToFileURL } from "node:url";

const part = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.js`).href);
const { knownTitles, read } = await part("reader/read");
const { cited } = await part("reader/standing");
const { citations: spoken } = await part("citation");
const { cites, titled, written: write } = await part("article");
const { asked, involved } = await part("asking");
const { library } = await part("edit-basis");
const { simplified } = await part("traditional");
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { laws, numbers = [], alike, texts = [], standings, at, written = false, asking = false, growing = [], sizes = [], kept = [] } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const known = knownTitles(laws, numbers, alike);

/** A place as Python counts: in characters, not in halves of them. */
function counted(text, places) {
  return places.map((one) => one.map((at) => Array.from(text.slice(0, at)).length));
}

const plain = (places) => places.map(({ keys, levels }) => [keys, levels]);

/** What the reader says of a query, whether it is asked, what the searches take the query for. */
function query(text) {
  const words = simplified(text);
  const whole = involved(words, laws, names);
  const taken = asked(words, laws, names, whole ? (typed) => spoken(typed, known) : null);
  return [plain(spoken(words, known).filter(({ keys, levels }) => keys.length && levels[0].length)), whole, plain(taken)];
}

/** Both grammars' answers about each place of a text, in the words of a statute. */
function both(text) {
  return spoken(text, known).filter(({ keys, levels }) => keys.length && levels[0].length).map((place) => {
    const words = write(place);
    return [words, plain(spoken(words, known)), plain(cites(words, names))];
  });
}

const names = titled(laws);
const said = texts.map((text) => {
  if (standings) return cited(text, known, standings, at);
  if (kept.length) return library(kept, at).read(text);
  if (written) return both(text);
  if (asking) return query(text);
  const { citations, refused, rest } = read(text, known);
  const astral = /[\u{10000}-\u{10ffff}]/u.test(text);
  const place = (places) => (astral ? counted(text, places) : places);
  return {
    citations: citations.map(({ law, levels, annex, quoted, where }) => [
      law.keys, law.name, law.kind, law.year, law.event, levels, annex, quoted, place(where),
    ]),
    refused: place(refused),
    rest: place(rest),
  };
});
/** The seconds that a text of so many characters takes. */
function seconds(lead, unit, size) {
  const text = lead + unit.repeat(Math.floor(size / unit.length));
  const begin = process.cpuUsage();
  read(text, known);
  const { user, system } = process.cpuUsage(begin);
  return (user + system) / 1e6;
}

const took = growing.map(([lead, unit]) => sizes.map((size) => seconds(lead, unit, size)));
process.stdout.write(JSON.stringify(growing.length ? took : said));
