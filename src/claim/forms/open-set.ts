import { balls } from '../../numerics/ball';
import type { Arithmetic, Real } from '../../numerics/arithmetic';
import { isRefusal } from '../../numerics/arithmetic';
import { IntegrationFailed } from '../../numerics/ode';
import { toDouble } from '../../numerics/real';
import { horizonFor } from '../certify';
import type { Claim, Exam, Instance } from '../exam';
import type { Finding } from '../finding';
import { decide, hypotheses, met, over, questionOf, reading } from '../judge';

/** Half widths that are tried, relative to each parameter: a box is open whatever its size. */
const WIDTHS = [2 ** -16, 2 ** -32, 2 ** -64];

const BITS = 512;

/** Corners of a flow's box are looked at one by one, where there are no more than so many parameters. */
const MOST_CORNERS = 5;

/**
 * The largest of a few half widths such that the claim breaks, every hypothesis met, on all instances whose parameters
 * lie within that fraction of the given ones. Proved in balls; for a flow, seen at the corners and the centre of the box.
 * `undefined` where none is found.
 */
export function brokenBox(claim: Claim, instance: Instance, at: number): number | undefined {
  const { exam } = claim;
  const horizon = horizonFor(exam, at);
  const breaks = exam.flow === true && horizon > 0 ? breaksAtCorners : breaksThroughout;
  return WIDTHS.find((width) => breaks(claim, instance, horizon, width));
}

function breaksThroughout(claim: Claim, instance: Instance, horizon: number, width: number): boolean {
  const R = balls(BITS) as Arithmetic<unknown>;
  const { exam, then } = claim;
  try {
    const box = over(exam, { ...R, of: (value) => widened(R, value, width) }, instance);
    const read = reading(R, exam);
    const assumed = Object.entries(exam.assuming).map(([name, { holds }]) => [name, holds(read, box)] as const);
    if (!met(Object.fromEntries(assumed))) return false;
    const path = exam.defined ? exam.defined(R, box, horizon) : {};
    return then(read, exam.measure ? exam.measure(read, path, box) : {}, box).breaks > 0;
  } catch (error) {
    if (isRefusal(error)) return false;
    throw error;
  }
}

/** A ball of the relative width around a parameter: one that reaches the box from the double next to it. */
function widened(R: Arithmetic<unknown>, value: unknown, width: number): unknown {
  if (typeof value !== 'number' && typeof value !== 'string') return value;
  const middle = toDouble(value);
  return R.around(middle, (middle === 0 ? 1 : Math.abs(middle)) * (width + 2 ** -52));
}

function breaksAtCorners(claim: Claim, instance: Instance, horizon: number, width: number): boolean {
  const reals = realsIn(claim.exam, instance);
  if (reals > MOST_CORNERS) return false;
  const corners = Array.from({ length: 2 ** reals }, (_, bits) =>
    neighbour(claim.exam, instance, (k) => ((bits >> k) & 1 ? width : -width)),
  );
  return [instance, ...corners].every((corner) => breaksAt(claim, corner, horizon));
}

function breaksAt(claim: Claim, instance: Instance, horizon: number): boolean {
  try {
    return met(hypotheses(claim.exam, instance)) && decide(questionOf(claim), instance, horizon).breaks > 0;
  } catch (error) {
    if (isRefusal(error) || error instanceof IntegrationFailed) return false;
    throw error;
  }
}

/** How many neighbours are asked whether an instance that breaks stands alone. */
const NEIGHBOURS = 8;

/**
 * Whether instances next to the one given keep the claim, all that are tried: then it is an exception, as far as can be
 * told. The neighbours lie a few parts in a million away, in directions that no two parameters share.
 */
export function standsAlone(claim: Claim, instance: Instance): boolean {
  if (realsIn(claim.exam, instance) === 0) return false;
  let looked = 0;
  for (let n = 1; n <= NEIGHBOURS; n++) {
    const near = neighbour(claim.exam, instance, (k) => 2 ** -18 * Math.sin(n * (k + 1) * Math.SQRT2 + n));
    if (!met(hypotheses(claim.exam, near))) continue;
    const found: Finding = decide(questionOf(claim), near);
    if (found.breaks > 0) return false;
    looked++;
  }
  return looked > 0;
}

/** The instance with its k-th real number moved by a fraction of itself, or by so much where it is 0. */
function neighbour({ inside }: Exam, instance: Instance, by: (k: number) => number): Instance {
  const move = (value: Real, k: number): number => {
    const x = toDouble(value);
    return x === 0 ? by(k) : x * (1 + by(k));
  };
  return inside.mapReals(instance as never, move) as Instance;
}

function realsIn({ inside }: Exam, instance: Instance): number {
  let count = 0;
  inside.mapReals(instance as never, (value) => {
    count++;
    return value;
  });
  return count;
}
