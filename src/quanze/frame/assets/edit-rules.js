/**
 * The rules between values that a form declares, as far as one record tells: compare and sum, and unique where
 * `taken` says what other records have. What others lack (cover) or hangs on the day on which somebody reads (due) is left to
 * the check; so is what only has to be looked at.
 */
const MEASURE = /^([0-9]+(?:\.[0-9]+)?) ?(个?工作日|个?自然日|日|天|个?月|年|小时|分钟|元|万元|%)$/u;
const REAL = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const SIGNS = {
  "<": [(a, b) => a < b, "小于", "早于"],
  "<=": [(a, b) => a <= b, "不超过", "不晚于"],
  "=": [(a, b) => a === b, "等于", "等于"],
  ">=": [(a, b) => a >= b, "不少于", "不早于"],
  ">": [(a, b) => a > b, "大于", "晚于"],
  "!=": [(a, b) => a !== b, "不等于", "不等于"],
};

/** Yield { path, message } of every rule that a record breaks. */
export function* declared(rules, record, { title = "", taken = null } = {}) {
  for (const rule of rules) {
    if (rule.level === "review") continue;
    if (rule.compare) yield* compared(rule.compare, record);
    if (rule.sum) yield* added(rule.sum, record);
    if (rule.unique && taken) yield* alone(rule.unique, record, title, taken);
  }
}

function* compared([left, sign, right], record) {
  const [holds, amounts, days] = SIGNS[sign] ?? [];
  for (const { path, pair: [first, second] } of holds ? pairs(left, right, record) : []) {
    const [a, b] = [measure(first), measure(second)];
    if (!a || !b || a[0] !== b[0] || typeof a[1] !== typeof b[1] || holds(a[1], b[1])) continue;
    yield { path, message: `${named(left)}是「${first}」，应当${REAL.test(first) ? days : amounts}${named(right)}的「${second}」；请核对` };
  }
}

/** The two values: within one list element by element, otherwise the one value of each. */
function* pairs(left, right, record) {
  const [top, ...rest] = left.split(".");
  if (rest.length && right.split(".")[0] === top && Array.isArray(record[top])) {
    for (const [at, element] of record[top].entries()) {
      const pair = [rest, right.split(".").slice(1)].map((steps) => values(element, steps)[0]);
      if (!pair.includes(undefined)) yield { path: [top, at, ...rest], pair };
    }
    return;
  }
  const pair = [left, right].map((path) => values(record, path.split("."))[0]);
  if (!pair.includes(undefined)) yield { path: left.split("."), pair };
}

function* added([total, parts], record) {
  const numbers = parts.flatMap((path) => values(record, path.split("."))).filter((number) => typeof number === "number");
  const missing = parts.filter((path) => lacking(record, path.split("."))).map(named);
  const [whose, but] = missing.length ? ["写了的分项", `，还缺${missing.join("、")}`] : ["各分项", ""];
  for (const stated of values(record, total.split(".")).filter((number) => typeof number === "number")) {
    const sum = Number(numbers.reduce((total, number) => total + number, 0).toFixed(8));
    if (numbers.length && sum !== stated) {
      yield { path: total.split("."), message: `${named(total)}写的是 ${stated}，${whose}加起来是 ${numbers.join("+")}=${sum}${but}；请核对` };
    }
  }
}

function* alone(fields, record, title, taken) {
  const own = keys(fields, record);
  const same = own.length > 1 ? "有一项相同" : "相同";
  for (const other of new Set(own.map((key) => taken(fields.join("、"), key, record)))) {
    if (other) yield { path: fields[0].split("."), message: `${fields.map(named).join("")}与 ${other} ${same}；这样的${title}只能有一条，请合并或者核对` };
  }
}

/** Whether a part of a sum is not stated, in the record or in one of the elements that have it. */
function lacking(record, steps) {
  return values(record, steps).length < Math.max(values(record, steps.slice(0, -1)).length, 1);
}

/** What a record says of some fields: of lists each element for itself, parts of one element together. */
function keys(fields, record) {
  let combinations = [{}];
  for (const top of new Set(fields.map((path) => path.split(".")[0]))) {
    const paths = fields.filter((path) => path.split(".")[0] === top);
    const rows = paths.length > 1 && Array.isArray(record[top]) && record[top].length ? record[top].map((element) => ({ [top]: element })) : [record];
    const within = rows.flatMap((row) => paths.reduce((some, path) => crossed(some, path, values(row, path.split("."))), [{}]));
    combinations = combinations.flatMap((combination) => within.map((part) => ({ ...combination, ...part })));
  }
  return [...new Set(combinations.filter((whole) => Object.values(whole).some(Boolean)).map((whole) => fields.map((path) => whole[path]).join("\t")))];
}

function crossed(combinations, path, stated) {
  return combinations.flatMap((combination) => (stated.length ? stated : [""]).map((value) => ({ ...combination, [path]: value })));
}

function values(value, steps) {
  if (Array.isArray(value)) return value.flatMap((element) => values(element, steps));
  if (!steps.length) return value === undefined || value === null ? [] : [value];
  return value && typeof value === "object" ? values(value[steps[0]], steps.slice(1)) : [];
}

/** [unit, amount] of a number, of a text such as 20个工作日, or of a day. */
function measure(value) {
  if (typeof value === "number") return ["", value];
  if (typeof value !== "string") return null;
  const match = MEASURE.exec(value);
  return match ? [match[2].replace(/^个/u, "").replace("天", "日"), Number(match[1])] : ["", value];
}

function named(path) {
  return path.split(".").map((step) => `「${step}」`).join("的");
}
