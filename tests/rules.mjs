// Reads records from the standard input, one JSON a line, and answers each with what the form's rules say of it.
import { createInterface } from "node:readline";
import { declared } from "../src/quanze/frame/assets/edit-rules.js";

for await (const line of createInterface({ input: process.stdin })) {
  const { rules, record, title, taken } = JSON.parse(line);
  const look = { title, taken: (fields, key) => taken?.[fields]?.[key] };
  console.log(JSON.stringify([...declared(rules, record, look)].map(({ path, message }) => [`/${path.join("/")}`, message])));
}
