/**
 * Kinds side by side: where many records fit equally well, the first of each kind come before the second of any, so that a trade's
 * licence is not lost behind fifty penalties.
 */

/** The records in rounds, one of each kind a round, in the order of `kinds`; within a kind they keep their order. */
export function spread(records, kind, kinds) {
  const rows = new Map(kinds.map((one) => [one, []]));
  for (const record of records) {
    const own = kind(record);
    if (!rows.has(own)) rows.set(own, []);
    rows.get(own).push(record);
  }
  const longest = Math.max(0, ...Array.from(rows.values(), (row) => row.length));
  return Array.from({ length: longest }, (_, round) => [...rows.values()].flatMap((row) => (round < row.length ? [row[round]] : []))).flat();
}
