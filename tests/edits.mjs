// Reads edits from the standard input, one JSON a line, and answers each with the file that the form makes of it.
import { createInterface } from "node:readline";
import { amended, clean, document } from "../src/quanze/frame/assets/edit-yaml.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { text, places, before, after, order } = JSON.parse(line);
  const now = clean(after) ?? {};
  console.log(JSON.stringify({ now, text: text === null ? document("# 头", now) : amended(text, places, before, now, () => order) }));
}
