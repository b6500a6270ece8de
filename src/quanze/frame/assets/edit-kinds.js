/**
 * What is wrong with a value by itself, by the kind of its field, in the words of the check: a day that no calendar has, bounds the
 * wrong way round, tiers that do not meet; and a record that ends before it begins. A kind is known by its title; what only has to be
 * looked at is left to the check.
 */
const LOW = "下限";
const HIGH = "上限";
const MEASURES = { "": "元", 倍数: "倍", 百分比: "%" };
const SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const SHOWN = 30;

const KINDS = { 日期: day, 起始日期: day, 终止日期: day, 统一社会信用代码: credit, 编码: period, 罚款幅度: fine, 引用依据: runs };
/** Kinds whose values are looked at together. */
const LISTS = { 阶次: tiers };

/** Yield { path, message } of what the kinds of a form say of the values of a record. */
export function* unsound(schema, record) {
  yield* within(schema, record, []);
  yield* life(schema, record);
}

function* within(schema, value, path) {
  for (const [steps, message] of KINDS[schema?.title]?.(value) ?? []) yield { path: [...path, ...steps], message };
  if (Array.isArray(value)) {
    const rows = value.map((one) => one ?? {});
    for (const [at, message] of LISTS[schema?.items?.title]?.(rows) ?? []) yield { path: [...path, at], message: `${message}；请核对` };
    for (const [at, element] of value.entries()) yield* within(schema?.items, element, [...path, at]);
  } else if (value && typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) yield* within(schema?.properties?.[name], inner, [...path, name]);
  }
}

/** A record ends after the day from which it holds. */
function* life(schema, record) {
  const [first, last] = ["起始日期", "终止日期"].map((kind) => Object.keys(schema.properties ?? {}).find((name) => schema.properties[name].title === kind));
  const [start, end] = [record[first], record[last]];
  if (start && end && end <= start) yield { path: [last], message: `「${last}」${end} 不晚于「${first}」${start}；是不是写反了` };
}

function* day(value) {
  const [, year, month, date] = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/u.exec(value)?.map(Number) ?? [];
  if (month >= 1 && month <= 12 && date >= 1 && (!year || date > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate())) yield [[], `「${value}」不是日历上有的日期；请核对月和日`];
}

/** The last sign of a credit code is worked out from the others (GB 32100). */
function* credit(value) {
  if (typeof value !== "string" || !/^[0-9A-HJ-NPQRTUWXY]{18}$/u.test(value)) return;
  const say = (fault) => [[], `统一社会信用代码「${value}」${fault}`];
  if (!/^[0-9]{8}/u.test(value)) return void (yield say("里有不该有的字符（前 8 位是数字，字母大写，没有 I、O、S、V、Z）"));
  const sum = [...value.slice(0, 17)].reduce((total, sign, at) => total + SIGNS.indexOf(sign) * (3 ** at % 31), 0);
  const last = SIGNS[(31 - (sum % 31)) % 31];
  if (last !== value[17]) yield say(`校验码不对：照前 17 位算，末位应当是 ${last}`);
}

function* period(value) {
  const { 编码: code, 起: start, 止: end } = value ?? {};
  if (start && end && end < start) yield [["止"], `编码「${code}」的「止」${end} 早于「起」${start}；是不是写反了`];
}

function* fine(value) {
  for (const measure of Object.keys(MEASURES)) {
    const [low, high] = bounds(value, measure);
    const [lower, upper] = [measure + LOW, measure + HIGH];
    if (low !== null && high !== null && low > high) yield [[lower], `罚款的${lower} ${grouped(low)} 高于${upper} ${grouped(high)}；是不是写反了`];
    else if (low === 0) yield [[lower], `罚款的${lower}写了 0；条文没有写下限的，请删去「${lower}」`];
    if (high === 0 && !low) yield [[upper], `罚款的${upper}写了 0；请照条文写上限，没有罚款的，删去「罚款」`];
  }
}

function* runs(value) {
  for (const unit of ["条", "款", "项", "目"]) {
    const part = value?.[unit];
    const backwards = [part].flat().some((one) => {
      const ends = String(one ?? "").split("至").map((end) => parseInt(end, 10));
      return ends[0] > ends.at(-1);
    });
    if (backwards) yield [[unit], `「${unit}」写的${quoted(part)}前大后小；请把小的写在前面`];
  }
}

/** Yield [place in the list, sentence] where tiers are reversed, overlap or leave a gap, each measure by itself. */
function* tiers(values) {
  for (const [measure, unit] of Object.entries(MEASURES)) {
    const said = (number) => `${grouped(number)} ${unit}`;
    const found = values
      .map((one, at) => ({ at, name: one.阶次 ?? "", told: bounds(one, measure), lowIn: one.含下限 !== false, highIn: one.含上限 === true }))
      .map(({ told: [low, high], ...one }) => ({ ...one, low, high }))
      .filter(({ low, high }) => low !== null || high !== null)
      .sort((a, b) => (a.low ?? 0) - (b.low ?? 0) || Number(a.high === null) - Number(b.high === null) || (a.high ?? 0) - (b.high ?? 0));
    for (const { at, name, low, high } of found) {
      if (low !== null && high !== null && low > high) yield [at, `「${name}」的下限 ${said(low)}高于上限 ${said(high)}`];
    }
    for (const [at, upper] of found.slice(1).entries()) yield* joint(found[at], upper, said);
  }
}

function* joint(lower, upper, said) {
  const [first, second] = [`「${lower.name}」`, `「${upper.name}」`];
  if (lower.high === null) yield [lower.at, `${first}没有写${HIGH}，接不上${second}`];
  else if (upper.low === null) yield [upper.at, `${second}没有写${LOW}，接不上${first}`];
  else if (lower.high > upper.low) yield [upper.at, `${first}和${second}在 ${said(upper.low)}到 ${said(lower.high)}之间重叠`];
  else if (lower.high < upper.low) yield [upper.at, `${first}到 ${said(lower.high)}，${second}从 ${said(upper.low)}起，中间有空档`];
  else if (!lower.highIn && !upper.lowIn) yield [upper.at, `恰好 ${said(upper.low)}的，不属于${first}，也不属于${second}`];
  else if (lower.highIn && upper.lowIn) yield [upper.at, `恰好 ${said(upper.low)}的，既属于${first}，又属于${second}`];
}

/** The two bounds of a measure, null for one that is no number or is not there. */
function bounds(value, measure) {
  return [LOW, HIGH].map((side) => (typeof value?.[measure + side] === "number" ? value[measure + side] : null));
}

function grouped(number) {
  return number.toLocaleString("en-US", { maximumFractionDigits: 20 });
}

/** A value between corner brackets, cut where it is long. */
function quoted(value) {
  const text = [value].flat().join("、");
  return `「${text.length <= SHOWN ? text : `${text.slice(0, SHOWN)}…`}」`;
}
