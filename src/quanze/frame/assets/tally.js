/**
 * Filtering by facets, for search results and for tables alike.
 * A column is { name, values, rows }: rows[n] are the numbers of row n's values. What is chosen is a map from a
 * column's name to a set of values: one of them must be there, in every column chosen.
 */

/** { kept, counts }: the rows that fit, and for each column how many rows each value would leave. */
export function tally(columns, chosen, numbers) {
  const wanted = columns.map(({ name, values }) => {
    const words = chosen.get(name);
    return words?.size ? new Set(values.flatMap((value, number) => (words.has(value) ? [number] : []))) : null;
  });
  const fitting = wanted.some(Boolean) ? [] : [...numbers];
  const beside = columns.map(() => []); // rows that this column alone keeps out
  for (const row of fitting.length ? [] : numbers) {
    const missed = wanted.flatMap((words, column) => (words && !columns[column].rows[row].some((value) => words.has(value)) ? [column] : []));
    if (!missed.length) fitting.push(row);
    else if (missed.length === 1) beside[missed[0]].push(row);
  }
  const counts = columns.map(({ values, rows }, column) => {
    const count = new Uint32Array(values.length);
    for (const some of [fitting, beside[column]]) for (const row of some) for (const value of rows[row]) count[value]++;
    return count;
  });
  return { kept: fitting, counts };
}
