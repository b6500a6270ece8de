/**
 * What a pasted notice rests on, from the index in memory.
 *
 * `index.standings` is search/standings.js, `index.notices` is search/notices.js: { at, others, papers, shares, places, rights }, `others`
 * holding for each law the provisions that are not this bureau's as [条, 款, 项, reason, only in part], `papers` the papers that one
 * may have in hand: { title, hint, marks, steps: [[what to do, by when, basis]] }, `places` where the fines of a power stand:
 * [least, most, when, law, 条, 款, 项], `rights` what can be done against powers: [[[question, answer]], keys].
 */
import { hit, label, resting } from "./answer.js";
import { citations as read, nameless, names } from "./citation.js";
import { elsewhere } from "./elsewhere.js";
import { ranges, within } from "./fines.js";
import { fold } from "./fold.js";
import { imposed, place as at, portions } from "./imposed.js";
import { judged } from "./judged.js";
import { covered, intended, near, rated } from "./near.js";
import { paper } from "./papers.js";

const MOVED = "旧条号";
const DISPLACED = "被上位法取代";
const DUTY = "义务";
const [PERSON, UNIT] = [/人员|负责人|个人|投资人|经营者/u, /单位|企业|机构|公司|经营者/u];
const GONE = ["不存在", "尚未施行"];
const UNREAD = ["未收录", "未核"];
const LEAST = 0.15; // of a title: less is no sign that the notice speaks of it
const FACTS = 240; // so many characters before the first basis are the facts
const MANY = 8;
const SURE = 0.3; // of the weight of a problem that a paper numbers: what has less is no answer to it
const BASIS = /(?<!未|没有|不)(?:违反了?|依据|根据|依照|按照)/u;
const NUMBERED = /(?:^|[\s。；;：:，,])(?:[0-9]{1,2}[.．、](?![0-9])|[一二三四五六七八九十]{1,2}、|[(（][0-9一二三四五六七八九十]{1,2}[)）])/u; // a problem in a list of them
const LAW = /《[^《》]*(?:法|条例|规定|办法|细则|规则|决定)》/gu; // its title says nothing of what was done
const PLACE = /《[^《》]*》|第[^，。；：]{1,9}[条款项目]/gu; // where it stands is no fact
const RELIEF = /如(?:果|若)?[^，。；\n]{0,16}(?:不服|有异议)/u; // from here on a paper says what can be done against it
const BRINGING = /(?:携带|带齐|带上|带好)[^。；\n]{0,12}(?:证件|材料|资料|物品)/u; // from here on it lists what to bring
const FINED = /(?:处以?|给予|并处)?罚款[^，。；]*|(?<![0-9.])[0-9.]+ ?万?元/gu; // nor what it costs
const OFFICE = /(?:行政)?(?:主管)?(?:部门|机关|机构)$/u; // how a body is called that is meant in every place
const OFFICES = "(?:局|委|[支大]队|所)";
const [HEAD, FOOT] = [80, 60]; // characters of a text in which it says whose it is
const WIDE = 12;
const ALIKE = 3;
const SPOKEN = 0.6; // of the pairs that tell a circumstance from others
const WHOLE = 0.5; // of a title that the notice repeats: from here on it is what the notice speaks of

/** The pairs of characters of a text. */
function pairs(text) {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2)));
}

/** How rare each pair of the powers found is among their titles: what all of them say tells nothing apart. */
function rarity(titles) {
  const counts = new Map();
  for (const title of titles) for (const pair of title) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return (pair) => Math.log(1 + titles.length / counts.get(pair));
}

/**
 * [{ record, share, place }] of records, those first whose own words the text has: the name, the everyday words, whom it is for; and
 * more so where several citations lead there, where it is of the kind of the paper, and where an amount fits. `place` is
 * whether it is the closest of those that one of the cited places leads to. `rested` are the places cited that are no duties, `duties`
 * the members of `cited` that are.
 */
function ordered(index, cited, text, prices, types, { rested, duties }) {
  const records = [...new Set(cited.flat())];
  const own = fold(text.replace(LAW, ""));
  const said = pairs(own);
  const names = records.map((record) => fold(index.pools[0].values[index.pools[0].rows[record][0]]));
  const titles = names.map(pairs);
  const rare = rarity(titles);
  const kinds = index.facets.find(({ name }) => name === index.type);
  const rated = records.map((record, at) => {
    const title = [...titles[at]];
    const sum = title.reduce((total, pair) => total + rare(pair), 0);
    const shared = title.reduce((total, pair) => total + (said.has(pair) ? rare(pair) : 0), 0);
    const telling = (word) => own.includes(word) && !names.some((name, other) => other !== at && name.includes(word));
    const words = index.pools[1].rows[record].filter((value) => telling(fold(index.pools[1].values[value]))).length;
    const kind = types.size && kinds?.rows[record].some((value) => types.has(kinds.values[value])) ? 0.2 : 0;
    const groups = cited.filter((some) => some.includes(record));
    const fits = prices.some((price) => within(index, record, price)) ? 0.05 : 0;
    return { record, share: (sum ? shared / sum + words * 0.15 + fits : 0) + kind + (groups.length - 1) * 0.1, kind, groups, punished: punished(index, record, rested), duty: groups.every((some) => duties.has(some)) };
  });
  // a power of another kind, or one whose sanctions are not what the notice cites, is then only where the duty stands
  const kindred = rated.some(({ kind }) => kind);
  const penal = rated.filter((one) => one.punished);
  const beneath = (one) => penal.some(({ groups }) => groups.length > one.groups.length && one.groups.every((some) => groups.includes(some)));
  for (const one of rated) {
    if ((kindred && !one.kind) || (!one.punished && beneath(one))) one.share = 0;
  }
  const behind = (one) => Number(penal.length > 0 && !one.punished && one.duty); // named by its duty alone, and the sanction cited is another's
  rated.sort((a, b) => index.ended[a.record] - index.ended[b.record] || behind(a) - behind(b) || b.share - a.share || a.record - b.record);
  const closest = (some) => {
    const among = rated.filter(({ record }) => some.includes(record));
    return among.find(({ kind }) => kind) ?? among[0];
  };
  const best = new Set(cited.filter((some) => some.length).map(closest));
  return rated.map((one) => ({ ...one, place: best.has(one) && one.share >= LEAST })).sort((a, b) => index.ended[a.record] - index.ended[b.record] || behind(a) - behind(b) || Number(b.place) - Number(a.place));
}

/** Whether sanctions of a power are known to stand where the notice cites. */
function punished(index, record, rested) {
  const { places, shares } = index.notices;
  const key = index.keys[record];
  const stand = [...(places[key] ?? []).map(([, , , ...place]) => place), ...(shares[key] ?? []).flatMap((share) => share.places)];
  return stand.some((place) => holds(rested, place));
}

/** Why a place is no matter of this bureau, according to the register; empty where it says nothing. */
function reason(index, key, { article, paragraph, item }) {
  const row = (index.notices.others[key] ?? []).find(([a, p, i, , part]) =>
    !part && a === article && (!p || p === paragraph) && (!i || i === item));
  return row ? row[3] : "";
}

/** A citation taken apart: of several 条, or of several 款 or 项 of one, each by itself. */
function apart(ask) {
  const level = ask.levels.findIndex((spans) => spans.length > 1);
  return level < 0 ? [ask] : ask.levels[level].map((span) => ({ ...ask, levels: ask.levels.map((spans, at) => (at === level ? [span] : spans)) }));
}

/** What has to be looked at in the stead of a place, as a citation: what prevails over it, or where its old number stands now. */
function stead(ask, { state, now, former }) {
  if (state === DISPLACED) return now ?? "";
  const moved = state === MOVED ? now : former?.now;
  return moved ? `《${ask.law}》${moved}` : "";
}

/**
 * What the answer says of one citation: { label, misread: the title as it is written where its signs were mistaken, state, now, maybe, doubt, quoted, other, law, cited, instead, places }, `cited` being the powers of
 * each place, `instead` [what has to be looked at in a place's stead, the powers of that], `maybe` what a number without a year
 * may have been.
 */
function described(index, text, { ask, dated, places }, day) {
  const key = ask.keys.length === 1 ? ask.keys[0] : "";
  const place = places.find(({ state }) => state !== "有效") ?? places[0];
  const other = key && !ask.quoted ? reason(index, key, places[0]) : "";
  const dead = ask.quoted || other || !ask.levels[0].length || GONE.includes(place?.state);
  let found = dead ? [] : apart(ask).map((one) => resting(index, one));
  if (place?.state === MOVED && !ask.quoted) found = [];
  const steads = ask.quoted ? [] : [...new Set(places.map((one) => stead(ask, one)).filter(Boolean))];
  const law = key ? index.keys.indexOf(key) : -1;
  const kinds = index.facets.find(({ name }) => name === index.type);
  const powers = (records) => [...new Set(records)].filter((record) => kinds?.rows[record].length);
  return {
    label: label(index, ask), misread: ask.misread, state: place?.state ?? "", now: place?.now ?? "", part: place?.part ?? "", version: place?.version ?? "", quoted: ask.quoted, other,
    law: law < 0 ? null : hit(index, law, []), whole: !ask.levels[0].length,
    maybe: dated ? null : place?.state === MOVED ? { version: place.version, now: place.now } : places.find(({ former }) => former)?.former ?? null,
    doubt: key && day >= (index.standings[key]?.doubtful || "9") ? index.standings[key].doubtful : "",
    beside: key || ask.quoted ? [] : elsewhere(index, ask.law.replace(/^中华人民共和国/u, "")).slice(0, 1),
    cited: found.map(powers),
    instead: steads.map((written) => [written, powers(read(written, index.known).flatMap((one) => resting(index, one)))]),
    places: places.map(({ role, span, article, paragraph, item }) => ({ duty: role === DUTY, at: at(text, span[0]), place: [key, article, paragraph, item] })),
  };
}

/**
 * Whether an amount is of the citations that lead to a power, as far as the order in which they stand tells it: a fine for each
 * citation in turn (分别), or each fine after its own citations. Where an amount would lie in a range of another citation and not of
 * its own, the order tells nothing.
 */
function belonging(index, citations, prices) {
  const units = citations.flatMap(({ cited, instead, places }) => {
    const groups = [...cited, ...instead.map(([, records]) => records)];
    const alone = groups.length === places.length ? groups.map((records, i) => ({ records, ...places[i] })) : [{ records: groups.flat(), ...places[0] }];
    return alone.filter(({ duty, records }) => !duty && records.length);
  });
  const own = prices.filter(({ sum }) => !sum);
  if (own.length < 2 || units.length < 2 || own[0].at < units[0].at) return () => true;
  const inTurn = units.length === own.length && units.at(-1).at < own[0].at && own.every(({ whom }) => whom === own[0].whom);
  let group = [];
  let from = -1;
  const owners = new Map(own.map((price, turn) => {
    const between = units.filter((unit) => unit.at > from && unit.at < price.at);
    if (between.length) group = between; // else it is of the same as the one before
    from = price.at;
    return [price, inTurn ? [units[turn]] : group];
  }));
  const fits = (price, some) => some.some(({ records }) => records.some((record) => within(index, record, price)));
  if (own.some((price) => !fits(price, owners.get(price)) && fits(price, units))) return () => true;
  return (record, price) => {
    const some = units.some(({ records }) => records.includes(record));
    return !some || !owners.has(price) || owners.get(price).some(({ records }) => records.includes(record));
  };
}

/**
 * Whether a text speaks of a circumstance on which a fine depends (逾期未改正的, 发生较大事故的), by the pairs that tell it from the
 * other circumstances of the power; one that is none, but only says for whom, always counts.
 */
function met(said, whens) {
  const circumstance = (when) => /^[^，]*的(?=，|$)/u.exec(when)?.[0] ?? "";
  const all = [...new Set(whens.map(circumstance))];
  const counts = all.map((one) => [...pairs(one)]);
  const times = (pair) => counts.filter((some) => some.includes(pair)).length;
  return (when) => {
    const own = [...pairs(circumstance(when))];
    const fewest = Math.min(...own.map(times));
    const telling = own.filter((pair) => times(pair) === fewest);
    return telling.filter((pair) => said.has(pair)).length >= telling.length * SPOKEN;
  };
}

/** The ranges for the one whom an amount is for; all of them where none is for such. */
function addressed(fines, whom) {
  const mark = { person: PERSON, unit: UNIT }[whom];
  const own = mark ? fines.filter(([, , when]) => mark.test(when.split("，").at(-1))) : [];
  return own.length ? own : fines;
}

/** Whether a place is, or lies in, or holds another: 第一百一十四条第一款第二项 and 第一百一十四条. */
function related(one, other) {
  return one.every((part, level) => part === other[level] || (level > 1 && (!part || !other[level])));
}

/** Whether one of the places cited is related to a place. */
function holds(cited, place) {
  return cited.some((one) => related(one, place));
}

/** The fines of a power, and those that are shares, that stand where the notice cites; all of them where it cites none of their places. */
function standing(index, record, cited) {
  const fines = ranges(index, record);
  const measures = index.notices.shares[index.keys[record]] ?? [];
  const here = measures.filter(({ places }) => places.some((place) => holds(cited, place)));
  const rows = index.notices.places[index.keys[record]] ?? [];
  const [meant, placed] = [new Set(), new Set()];
  for (const [low, high, when, ...place] of rows) {
    const fine = `${low}-${high} ${when}`;
    placed.add(fine);
    if (holds(cited, place)) meant.add(fine);
  }
  if (!meant.size && !here.length) return { fines, measures };
  const own = fines.filter(([low, high, when]) => meant.has(`${low}-${high} ${when}`) || !placed.has(`${low}-${high} ${when}`));
  return { fines: own, measures: measures.filter((one) => !one.places.length || here.includes(one)) };
}

/** What the notice's amounts and shares are to the fines of a power: { fines, inside, shares, measures }. */
function measured(index, record, prices, parts, said, cited) {
  const { fines, measures } = standing(index, record, cited);
  const spoken = met(said, fines.map(([, , when]) => when));
  const some = fines.some(([, , when]) => spoken(when)); // where the notice speaks of none of them, any may be meant
  const holds = (when) => !some || spoken(when);
  const inside = !fines.length ? [] : prices.filter(({ sum }) => !sum).map(({ yuan, each, whom }) => {
    const where = addressed(fines, whom).filter(([low, high]) => low <= yuan && yuan <= high).map(([, , when]) => when);
    return [yuan, where.filter(holds), each, where.filter((when) => !holds(when))];
  });
  const shares = parts.flatMap(({ number, unit, base }) => {
    const same = measures.filter((one) => one.unit === unit && one.base.includes(base));
    return same.length ? [[`${base}的 ${number}${unit === "%" ? "%" : " 倍"}`, same.filter(({ low, high }) => low <= number && number <= high).map(({ when }) => when)]] : [];
  });
  return { fines, inside, shares, measures: measures.map(({ told }) => told) };
}

/** The problems that a text numbers, each up to its end; none where it numbers fewer than two. */
function problems(text) {
  const parts = text.split(NUMBERED).slice(1).map((part) => part.split(/[；;。\n]/u)[0].trim()).filter((part) => part.length > 3);
  return parts.length > 1 ? parts.slice(0, MANY) : [];
}

/** What stands before the first basis of a notice, and before what its reader can or shall do, without what says nothing of what was done. */
function happened(text) {
  return [BASIS, RELIEF, BRINGING].reduce((left, end) => left.split(end)[0], text).slice(-FACTS).replace(PLACE, "").replace(FINED, "");
}

/**
 * Whether another body's name stands where papers name who wrote them, in the heading or at the end, as it is written or as it is
 * shortened (市场监督管理部门 → 市场监管局); one of this register is none.
 */
function signed(index, text) {
  const ends = fold(text).replace(new RegExp(`^(.{${HEAD}}).*(.{${FOOT}})$`, "su"), "$1 $2");
  const stems = new Set((index.elsewhere ?? []).flatMap(({ bodies }) => bodies.map((body) => body.replace(OFFICE, "").replace(/\P{Script=Han}/gu, ""))));
  const own = (stem) => index.facets.some(({ values }) => values.some((value) => fold(value).includes(stem)));
  const short = (stem) => new RegExp(`(?=.{2})${stem[0]}(?!${OFFICES})${[...stem.slice(1)].map((sign) => `${sign}?`).join("")}${OFFICES}`, "u");
  return [...stems].some((stem) => stem.length > 1 && (ends.includes(stem) || short(stem).test(ends)) && !own(stem));
}

/** Matters, each once. */
function unique(matters) {
  return [...new Map(matters.map((one) => [one.url, one])).values()];
}

/**
 * Whose matters a notice is of that are not this bureau's, and whether it is of nothing else: { found, alone }. What its citations'
 * laws are of counts most; where it is `ours` too, nothing else does; then who wrote it, then its own words, but where the register says
 * of a place that is cited whose it is, only for matters that rest on the same law.
 */
function foreign(index, text, citations, ours) {
  const cited = citations.flatMap(({ beside }) => beside);
  if (ours) return { found: unique(cited), alone: false };
  const facts = happened(text);
  const own = covered(index, facts, near(index, facts, ALIKE));
  const found = unique(cited.length ? cited : elsewhere(index, facts, { own }));
  const told = citations.filter(({ other, quoted }) => other && !quoted).flatMap(({ label: name }) => name.match(LAW) ?? []);
  const sure = found.filter(({ basis }) => cited.length || !told.length || basis.some((one) => told.some((law) => one.startsWith(law))));
  return { found: sure, alone: cited.length > 0 || found.some(({ first }) => first) || signed(index, text) };
}

/**
 * Powers near to the facts of a notice, where its citations lead to none; one that rests on articles of nothing known has no facts
 * of ours. Where it numbers its problems, the nearest to each.
 */
function alike(index, text, citations, lost) {
  if (citations.some(({ other, quoted }) => other && !quoted) || (lost.length && !citations.length)) return [];
  const kinds = index.facets.find(({ name }) => name === index.type);
  const ours = (record) => kinds?.rows[record].length && !index.ended[record];
  const facts = text.split(BASIS)[0];
  const each = problems(facts).flatMap((problem) => rated(index, problem, WIDE, index.mixed?.confused).filter(([record, share]) => ours(record) && share >= SURE).slice(0, 1).map(([record]) => record));
  if (each.length) return [...new Set(each)];
  return near(index, happened(text), WIDE).filter(ours).slice(0, ALIKE);
}

/** The citations before the last fine that it may rest on and of which no range is known here: another body's, or of what is not in the register. */
function unmeasured(citations, prices) {
  const last = Math.max(0, ...prices.map(({ at: where }) => where));
  return citations.filter(({ quoted, other, state, cited, places }) => !quoted && !cited.flat().length && places.some(({ duty, at: where }) => !duty && where < last) && (other || UNREAD.includes(state))).map(({ label: name }) => name);
}

/**
 * The answer to { text, limit, day } of a notice, `day` being that of the act, else of today:
 * { citations, lost, items, elsewhere, alike, total, prices, unmeasured, paper, papers }, `elsewhere` being whose matters it is of that are not this bureau's, `unmeasured` being the citations that its fines may rest on and no
 * range is known of, `papers` all that it may be, the likely ones first, `lost` being articles of no law that the text names, `items` the powers with
 * what the notice's amounts are to their ranges and what can be done against them: { …hit, named, rights, instead: what it stands for that has to be looked at now, fines: [[low, high, when and whom]], inside: [[yuan, which of them it lies in, for each of what, and which in circumstances that the notice does not speak of]],
 * shares: [[the share, where it lies]], measures: the shares that the law names }; `alike` those near to its facts where it has no items.
 */
export function notice(index, { text, limit, day = index.notices.at }) {
  index.known ??= names(index.laws, index.decrees, index.alike);
  const citations = judged(text, index.known, index.standings, day, (key, place) => reason(index, key, place)).map((citation) => described(index, text, citation, day));
  const [prices, parts] = [imposed(text), portions(text)];
  const fined = prices.length + parts.length > 0;
  const fines = ({ title }) => !fined || intended(index, title).size > 0;
  const kind = paper(text, index.notices.papers, fines);
  const types = intended(index, kind?.title ?? (fined ? "罚款" : ""));
  const said = pairs(fold(text));
  const cited = new Set(citations.flatMap((one) => one.cited.flat()));
  const steads = new Map(citations.flatMap(({ instead }) => instead.flatMap(([written, records]) => records.map((record) => [record, written]))));
  const rested = citations.flatMap(({ quoted, places }) => (quoted ? [] : places.filter(({ duty }) => !duty).map((one) => one.place)));
  const duties = new Set(citations.filter(({ places }) => places.every(({ duty }) => duty)).flatMap((one) => one.cited));
  const all = ordered(index, citations.flatMap((one) => [...one.cited, ...one.instead.map(([, records]) => records)]), text, prices, types, { rested, duties });
  const belongs = belonging(index, citations, prices);
  const some = all.some(({ share }) => share >= WHOLE);
  const lost = nameless(text, index.known);
  const items = all.slice(0, limit).map(({ record, share, place }) => (
    { ...hit(index, record, []), named: share >= WHOLE || (some && place), instead: cited.has(record) ? "" : steads.get(record) ?? "",
      rights: index.notices.rights.find(([, keys]) => keys.includes(index.keys[record]))?.[0] ?? [],
      ...measured(index, record, prices.filter((price) => belongs(record, price)), parts, said, rested) }));
  const { found, alone } = foreign(index, text, citations, all.length > 0);
  return {
    citations: citations.map(({ cited: own, instead, places: _, ...one }) => ({ ...one, total: new Set([...own, ...instead.map(([, records]) => records)].flat()).size })),
    lost, elsewhere: found, alike: alone || all.length ? [] : alike(index, text, citations, lost).map((record) => hit(index, record, [])),
    items, total: all.length, prices, unmeasured: unmeasured(citations, prices), paper: kind,
    papers: [...index.notices.papers].sort((a, b) => Number(fines(b)) - Number(fines(a))),
  };
}
