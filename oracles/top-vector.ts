import type { Reading } from '../src/claim/finding';
import { doubles } from '../src/numerics/doubles';
import { matMul, transpose, type Matrix } from '../src/numerics/matrix';

/** Powers of the Gram matrix are taken up to 2^SQUARINGS: two singular values 1e-6 apart then differ by e^−2000. */
const SQUARINGS = 30;

/**
 * A vector that A stretches nearly as much as any, its largest entry ±1: what shows that ‖A‖₂ is large. In doubles, from
 * the middles of the entries; of zeros and of what is not finite the first unit vector.
 */
export function topVector<N>(R: Reading<N>, A: Matrix<N>): readonly number[] {
  const middles = A.map((row) => row.map((a) => middle(R, a)));
  const unit = middles[0]!.map((_, k) => (k === 0 ? 1 : 0));
  let power = normalised(middles);
  if (!power) return unit;
  power = matMul(doubles, transpose(power), power);
  let last: Matrix<number> = [];
  for (let k = 0; k < SQUARINGS; k++) {
    const next = normalised(power);
    if (!next) return unit;
    // Of rank one as far as doubles tell: squaring changes no more.
    if (same(next, last)) break;
    last = next;
    power = matMul(doubles, next, next);
  }
  const sizes = power.map((row) => Math.hypot(...row));
  const row = power[sizes.indexOf(Math.max(...sizes))]!;
  return normalised([row])?.[0] ?? unit;
}

/** The same vector rounded to quarters, then finer: short numbers first, which a person can check. */
export function shortVectors<N>(R: Reading<N>, A: Matrix<N>): readonly (readonly number[])[] {
  const x = topVector(R, A);
  return [2, 8, 26, 52].map((bits) => x.map((entry) => Math.round(entry * 2 ** bits) / 2 ** bits));
}

/** With a largest entry of ±1; `undefined` where there is none such. */
function normalised(A: Matrix<number>): Matrix<number> | undefined {
  let size = 0;
  for (const row of A) for (const a of row) size = Math.max(size, Math.abs(a));
  return size > 0 && size < Infinity ? A.map((row) => row.map((a) => a / size)) : undefined;
}

const same = (A: Matrix<number>, B: Matrix<number>): boolean =>
  A.length === B.length && A.every((row, i) => row.every((a, j) => a === B[i]![j]));

function middle<N>(R: Reading<N>, x: N): number {
  const { lower, upper } = R.enclosure(x);
  return lower / 2 + upper / 2;
}
