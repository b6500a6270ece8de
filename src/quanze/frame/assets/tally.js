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
  const counts = columns.map(({ values }) => new Uint32Array(values.length));
  const count = (column, row) => columns[column].rows[row].forEach((value) => counts[column][value]++);
  const kept = [];
  for (const row of numbers) {
    let misses = 0;
    let missed = -1;
    for (let column = 0; column < columns.length && misses < 2; column++) {
      if (wanted[column] && !columns[column].rows[row].some((value) => wanted[column].has(value))) {
        misses++;
        missed = column;
      }
    }
    if (misses === 0) {
      kept.push(row);
      for (let column = 0; column < columns.length; column++) count(column, row);
    } else if (misses === 1) count(missed, row);
  }
  return { kept, counts };
}
