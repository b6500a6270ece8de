// Reads records from the standard input, one JSON a line, and answers each with what the form's rules say of it, or, where a
// schema comes with it or came before, with what of it does not fit; `kinds` with what the kinds of the schema say.
import { createInterface } from "node:readline";
import { check } from "../src/quanze/frame/assets/edit-check.js";
import { unsound } from "../src/quanze/frame/assets/edit-kinds.js";
import { declared } from "../src/quanze/frame/assets/edit-rules.js";

let form = null;
for await (const line of createInterface({ input: process.stdin })) {
  const { rules, record, title, taken, schema, kinds } = JSON.parse(line);
  form = schema ?? form;
  const look = { title, taken: (fields, key) => taken?.[fields]?.[key] };
  const found = rules ? declared(rules, record, look) : kinds ? unsound(form, record) : check(form, record, {}, []);
  console.log(JSON.stringify([...found].map(({ path, message }) => [`/${path.join("/")}`, message])));
}
