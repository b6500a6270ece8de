/** Reads texts from the standard input, prints what the notice box reads of each: fines, shares, day of receipt; argument: the assets. */
import { pathToFileURL } from "node:url";

const part = (name) => import(pathToFileURL(`${process.argv[2]}/${name}.js`).href);
const { imposed, portions } = await part("imposed");
const { received } = await part("receipt");
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const texts = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const written = ({ yuan, each, sum }) => `${each}${yuan}${sum ? "+" : ""}`;
console.log(JSON.stringify(texts.map((text) => [
  imposed(text).map(written), portions(text).map(({ number, unit, base }) => `${base} ${number}${unit}`), received(text),
  imposed(text).map(({ yuan, whom }) => `${yuan} ${whom}`.trim()),
])));
