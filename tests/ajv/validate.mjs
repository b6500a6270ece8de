// Validate the published files with Ajv's defaults: node validate.mjs SITE, in a folder where Ajv is installed.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";

const site = process.argv[2];
const load = (...path) => JSON.parse(readFileSync(join(site, ...path), "utf8"));
const ajv = new Ajv({ strictTypes: false });
const names = readdirSync(join(site, "schema"), { recursive: true }).filter((name) => name.endsWith(".json"));
for (const name of names) ajv.addSchema(load("schema", name), `schema/${name}`);
let [records, wholes] = [0, 0];
const wrong = [];
const fits = (schema, value, what) => {
  const validate = ajv.getSchema(schema);
  if (!validate(value)) wrong.push(`${what}: ${ajv.errorsText(validate.errors)}`);
};
for (const family of load("data/v1/index.json").result) {
  for (const file of family.files.filter((one) => one.endsWith(".json"))) {
    const whole = load(file);
    if (family.file_schema) {
      wholes += 1;
      fits(family.file_schema, whole, file);
    }
    for (const record of family.schema ? [whole.result].flat() : []) {
      records += 1;
      fits(family.schema, record, `${file} ${record.id}`);
    }
  }
}
console.log(JSON.stringify({ records, wholes, wrong: wrong.slice(0, 20) }));
