/** Scripts and data that come when they are needed: fetched from a server, as scripts of the page from a folder. */
import { ROOT, SCRIPTS } from "./place.js";

const scope = /** @type {any} */ (globalThis);
const HEAD = "quanzePart(".length;
const TAIL = ");\n".length;
let turn = Promise.resolve(/** @type {any} */ (null));

/** Runs a script: at once in a worker, else as one of the page's. */
async function run(address) {
  if (scope.importScripts) return scope.importScripts(address);
  const script = document.createElement("script");
  script.src = String(address);
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error(String(address)));
    document.head.append(script);
  });
  script.remove();
}

/** What a script of the site exports (see quanze/site/bundle.py), which no other imports. */
export async function load(name) {
  if (!scope.quanze[name]) await run(new URL(name, SCRIPTS));
  return scope.quanze[name];
}

/** A data file of the site: { … } within `quanzePart(…);`. */
export async function part(path, cache = /** @type {RequestCache} */ ("default")) {
  const address = new URL(path, ROOT);
  if (address.protocol === "file:") {
    // One after the other: the script says what it is by calling the one function.
    turn = turn.then(async () => {
      const taken = new Promise((resolve) => (scope.quanzePart = resolve));
      await run(address);
      return taken;
    });
    return turn;
  }
  const response = await fetch(address, { cache });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return JSON.parse((await response.text()).slice(HEAD, -TAIL));
}
