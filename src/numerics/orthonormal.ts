/**
 * Makes the columns of an n×r matrix of full column rank, by rows, orthonormal in place: an orthonormal basis of what they span,
 * column by column (modified Gram–Schmidt, each column twice, so that they are orthogonal to rounding; Giraud, Langou and
 * Rozložník 2005). Columns that depend on earlier ones give NaN or noise.
 */
export function orthonormalize(A: Float64Array, n: number, r: number): void {
  const column = new Float64Array(n);
  const columns: Float64Array[] = [];
  for (let j = 0; j < r; j++) {
    for (let i = 0; i < n; i++) column[i] = A[i * r + j]!;
    for (let pass = 0; pass < 2; pass++) for (const earlier of columns) subtractPart(column, earlier);
    const length = Math.sqrt(inner(column, column));
    columns.push(column.map((x) => x / length));
    for (let i = 0; i < n; i++) A[i * r + j] = columns[j]![i]!;
  }
}

function subtractPart(column: Float64Array, unit: Float64Array): void {
  const share = inner(column, unit);
  for (let i = 0; i < column.length; i++) column[i]! -= share * unit[i]!;
}

/** Four sums at a time, which do not wait for one another. */
function inner(x: Float64Array, y: Float64Array): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let i = 0;
  for (; i + 3 < x.length; i += 4) {
    a += x[i]! * y[i]!;
    b += x[i + 1]! * y[i + 1]!;
    c += x[i + 2]! * y[i + 2]!;
    d += x[i + 3]! * y[i + 3]!;
  }
  for (; i < x.length; i++) a += x[i]! * y[i]!;
  return a + b + (c + d);
}
