/** The last day of a period, as quanze.law.period counts it: a table of cases holds both. Days are written YYYY-MM-DD. */

const DAY = 86_400_000;

function shifted(day, days) {
  return new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);
}

/** Whether a day is a working day; null where the holidays of its year are not known. */
function works(day, calendar) {
  if (day < calendar.from || day > calendar.until) return null;
  if (calendar.on.includes(day)) return true;
  return !calendar.off.includes(day) && new Date(Date.parse(day)).getUTCDay() % 6 !== 0;
}

function afterWorkdays(day, count, calendar) {
  while (count) {
    day = shifted(day, 1);
    const one = works(day, calendar);
    if (one === null) return null;
    count -= Number(one);
  }
  return day;
}

function afterMonths(day, months) {
  const [year, month, number] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(number, last.getUTCDate()))).toISOString().slice(0, 10);
}

function counted(received, number, unit, calendar) {
  if (unit === "工作日") return afterWorkdays(received, number, calendar);
  if (unit === "日") return shifted(received, number);
  return afterMonths(received, number * (unit === "年" ? 12 : 1));
}

/** {day, counted, ending: ordinary | postponed | holiday | unknown}; day is null where it cannot be counted yet. */
export function lastDay(received, number, unit, postpones, calendar) {
  const end = counted(received, number, unit, calendar);
  const working = end && works(end, calendar);
  if (!end || working === null) return { day: end, counted: end, ending: "unknown" };
  if (working) return { day: end, counted: end, ending: "ordinary" };
  if (!postpones) return { day: end, counted: end, ending: "holiday" };
  const later = afterWorkdays(end, 1, calendar);
  return { day: later ?? end, counted: end, ending: later ? "postponed" : "unknown" };
}
