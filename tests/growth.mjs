/** Which regular expressions of the scripts named on stdin take quadratic time: a line for each, with what is repeated. */

import { readFileSync } from "node:fs";
import process from "node:process";

const [SHORT, LONG, MOST, NOTICED] = [8000, 32_000, 9, 0.01];
const LITERAL = /(?<=(?:[=(,:[!&|?{;>]|return|case)\s*)\/((?![*/])(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+)\/([dgimsuvy]*)/gu;
const ESCAPES = { s: " ", d: "1", n: "\n", t: "\t", w: "a" };

/** What is repeated: the signs and words of a pattern, and pairs of its first signs. */
function units(source) {
  const bare = source.replaceAll(/\\(.)/gu, (_, sign) => ESCAPES[sign] ?? (/[a-z]/iu.test(sign) ? "" : sign));
  const signs = [...new Set(bare.replaceAll(/[\])}{?+|^$<>=!]/gu, "").split(""))].slice(0, 16);
  const words = bare.match(/[一-鿿]{2,}|[A-Za-z]{3,}/gu) ?? [];
  const pairs = signs.slice(0, 4).flatMap((one) => signs.slice(0, 4).map((other) => one + other));
  return [...new Set([...signs, ...words.slice(0, 8), ...pairs, "a", " ", "\n", "1"])];
}

function seconds(pattern, text) {
  const start = process.cpuUsage();
  if (pattern.global) for (const _ of text.matchAll(pattern));
  else pattern.test(text);
  return process.cpuUsage(start).user / 1e6;
}

function slow(pattern) {
  const found = units(pattern.source);
  for (const unit of found) {
    for (const head of ["", found[0]]) {
      const [short, long] = [SHORT, LONG].map((size) => `${head}${unit.repeat(size / unit.length)}!\u0001`);
      const shorter = Math.min(seconds(pattern, short), seconds(pattern, short));
      if (shorter > NOTICED && seconds(pattern, long) > MOST * shorter) return `${head}|${unit}`;
    }
  }
  return "";
}

const told = {};
let count = 0;
for (const path of readFileSync(0, "utf-8").split("\n")) {
  for (const [, source, flags] of readFileSync(path, "utf-8").matchAll(LITERAL)) {
    const unit = slow(new RegExp(source, flags));
    if (unit) told[source] = unit;
    count += 1;
  }
}
console.log(JSON.stringify({ count, slow: told }));
