// Validate published records with Ajv's defaults: node validate.mjs SITE, in a folder where Ajv is installed.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";

const site = process.argv[2];
const load = (...path) => JSON.parse(readFileSync(join(site, ...path), "utf8"));
const ajv = new Ajv({ strictTypes: false });
const names = readdirSync(join(site, "schema"));
for (const name of names) ajv.addSchema(load("schema", name), name);
let records = 0;
const wrong = [];
for (const family of load("data/v1/index.json").result) {
  if (!family.schema) continue;
  const validate = ajv.getSchema(family.schema.replace("schema/", ""));
  for (const file of family.files.filter((one) => one.endsWith(".json"))) {
    const { result } = load(file);
    for (const record of Array.isArray(result) ? result : [result]) {
      records += 1;
      if (!validate(record)) wrong.push(`${file} ${record.id}: ${ajv.errorsText(validate.errors)}`);
    }
  }
}
console.log(JSON.stringify({ records, wrong: wrong.slice(0, 20) }));
