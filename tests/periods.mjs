/** Reads cases from the standard input, prints the last day that the page's script counts; arguments: assets, calendar. */
import { pathToFileURL } from "node:url";

const { lastDay } = await import(pathToFileURL(`${process.argv[2]}/period.js`).href);
const { default: calendar } = await import(pathToFileURL(process.argv[3]).href);
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const cases = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const said = cases.map((one) => lastDay(one.received, one.number, one.unit, one.postpones, calendar));
console.log(JSON.stringify(said.map(({ day, counted, ending }) => [day, counted, ending])));
