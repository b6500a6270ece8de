/**
 * The index in memory. A pool is a set of texts in which each distinct one stands once; a record refers to its texts by
 * number. How the files are packed is told in src/quanze/search.py.
 */
import { fold } from "./fold.js";

const ZERO = 0x23; // "#", the sign of 0

/** The number that a sign stands for. */
export function number(sign) {
  let code = sign.codePointAt(0);
  if (code >= 0xe000) code -= 0x800;
  if (code > 0x5c) code -= 1;
  return code - ZERO;
}

/** Turns one line of signs a sequence into the numbers, from 0, of the symbols they stand for. */
function sequences(lines, symbols) {
  let next = symbols - lines.split("#").length + 1;
  const symbol = (sign) => (number(sign) || ++next) - 1;
  return lines.split("\n").map((line) => Array.from(line, symbol));
}

/** A column of few values: { values, rows }, rows[record] being the numbers of its values. */
export function column({ values, rows }) {
  return { values, rows: sequences(rows, values.length) };
}

/**
 * A pool: { values, rows, text, starts, heads, records }.
 * `text` is all values, folded, one a line, and `starts` where each begins; `records` from heads[value] to
 * heads[value + 1] are those that have the value.
 */
export function pool([records, sentences, words, alphabet]) {
  const spell = (lines, symbols) =>
    sequences(lines, symbols.length).map((numbers) => numbers.map((number) => symbols[number]).join(""));
  const values = spell(sentences, spell(words, [...alphabet]));
  const rows = sequences(records, values.length);
  const lines = values.map(fold);
  return { values, rows, text: lines.join("\n") + "\n", starts: starts(lines), ...inverted(rows, values.length) };
}

function starts(lines) {
  const begins = new Uint32Array(lines.length + 1);
  lines.forEach((line, value) => (begins[value + 1] = begins[value] + line.length + 1));
  return begins;
}

function inverted(rows, values) {
  const heads = new Uint32Array(values + 1);
  for (const row of rows) for (const value of row) heads[value + 1]++;
  for (let value = 0; value < values; value++) heads[value + 1] += heads[value];
  const ends = heads.slice();
  const records = new Uint32Array(heads[values]);
  rows.forEach((row, record) => row.forEach((value) => (records[ends[value]++] = record)));
  return { heads, records };
}

/** The folded form of one value. */
export function folded({ text, starts }, value) {
  return text.slice(starts[value], starts[value + 1] - 1);
}

/** Calls `found` with the number of each value that contains the folded term: never across two values. */
export function scan({ text, starts }, term, found) {
  let value = 0;
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, starts[value])) {
    while (starts[value + 1] <= at) value++;
    found(value++);
  }
}

/** Calls `found` with each record that has the value. */
export function holders({ heads, records }, value, found) {
  for (let i = heads[value]; i < heads[value + 1]; i++) found(records[i]);
}
