/** Reads {laws, texts} from the standard input, prints what the browser's reader says of each text; the folder is the argument. */
import { pathToFileURL } from "node:url";

const { knownTitles, read } = await import(pathToFileURL(`${process.argv[2]}/read.js`));
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const { laws, texts } = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const known = knownTitles(laws);

/** A place as Python counts: in characters, not in halves of them. */
function counted(text, places) {
  return places.map((one) => one.map((at) => Array.from(text.slice(0, at)).length));
}

const said = texts.map((text) => {
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
process.stdout.write(JSON.stringify(said));
