/**
 * Asks the search's worker without a browser; argument: a folder with assets/quanze/ and search/ as a site has them. Reads
 * questions from the standard input, prints for each its last answer and the files fetched for it.
 */
import { readFileSync } from "node:fs";
import vm from "node:vm";

const ROOT = "http://site/";
const [folder] = process.argv.slice(2);
const file = (address) => readFileSync(folder + decodeURIComponent(new URL(address).pathname), "utf8");
let fetched = [];
let answered = () => {};
const self = { location: { href: `${ROOT}assets/quanze/worker.js` }, postMessage: (message) => message.partial || answered(message) };
const context = vm.createContext({ self, URL, TextDecoder, atob, setTimeout, Intl });
const read = (address) => {
  fetched.push(new URL(address).pathname.split("/").at(-1));
  return file(address);
};
Object.assign(context, {
  importScripts: (address) => vm.runInContext(read(address), context),
  fetch: async (address) => ({ ok: true, text: async () => read(address) }),
});
vm.runInContext(file(self.location.href), context);

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const answers = [];
for (const [id, question] of JSON.parse(Buffer.concat(chunks).toString("utf8")).entries()) {
  const answer = await new Promise((resolve) => {
    answered = resolve;
    self.onmessage({ data: { channel: 0, id, ...question } });
  });
  answers.push({ ...answer, fetched });
  fetched = [];
}
console.log(JSON.stringify(answers));
