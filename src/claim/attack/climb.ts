import type { Point } from '../draw';
import { movedTo } from './cells';
import { fitted, gainOf, largestIn, type Model } from './model';
import type { Find, Search } from './search';

/** One climb. */
export interface Climb {
  /** Looks at one point, the first time at two for each axis. */
  step(search: Search): void;
  best(): Find;
  /** Whether it has come down to its shortest step, or there was nowhere to go. */
  ended(): boolean;
}

/** What a climb knows. `reach`: half the edge of the box in which the model is trusted, in units of the cube. */
interface State {
  centre: Find;
  reach: number;
  /** Looks that were to make the model better since the box last shrank. */
  explored: number;
  readonly known: Find[];
  /** The axes that do not lead into another cell. */
  readonly free: readonly number[];
  readonly look: (search: Search, point: Point) => number;
}

const SHORTEST = 1e-6;
const LONGEST = 1 / 2;
/** So many looks that make the model better, and none that is better itself, shrink the box. */
const EXPLORED = 4;
/** Points this many times the reach away still count for the model. */
const FAR = 3;
/** A model is made of this many times the points that it needs. */
const AMPLE = 1.2;
/** A step is a success if it brings this share of what the model says. */
const KEPT = 1 / 10;
/** It was too careful if it brings this share, at the edge of the box. */
const EXCEEDED = 7 / 10;

/**
 * A climb on quadratic models in a trust region, for objectives that are smooth near their peaks: a fraction of the looks
 * that an evolution strategy needs (after M. J. D. Powell, The NEWUOA software for unconstrained optimization without
 * derivatives, 2006; here a box within the cube, so that its corners are reached exactly). Counts and words stay what
 * they are at the start: no point of another cell is looked at.
 */
export function newClimb(cell: Search['cell'], start: Find, reach: number, random: () => number): Climb {
  const state = stateAt(cell, start, reach);
  let begun = false;
  return {
    best: () => state.centre,
    ended: () => state.free.length === 0 || state.reach < SHORTEST,
    step: (search) => {
      if (begun) advance(state, search, random);
      else alongAxes(state, search);
      begun = true;
    },
  };
}

function stateAt(cell: Search['cell'], start: Find, reach: number): State {
  const own = cell(start.point);
  const known = [start];
  const looked = new Set([start.point.join(' ')]);
  const within = (k: number, by: number): boolean =>
    cell(movedTo(start.point, k, inCube(start.point[k]! + by))) === own;
  const free = start.point.flatMap((_, k) => (within(k, reach) || within(k, -reach) ? [k] : []));
  const look = (search: Search, point: Point): number => {
    if (cell(point) !== own) return -Infinity;
    const value = search.look(point);
    const key = point.join(' ');
    if (value > -Infinity && !looked.has(key)) known.push({ point, value });
    looked.add(key);
    if (value > state.centre.value) state.centre = { point, value };
    return value;
  };
  const state: State = { centre: start, reach, explored: 0, known, free, look };
  return state;
}

/** Either side of the best point on every axis; where the cube ends too early, twice as far on the other side. */
function alongAxes(state: State, search: Search): void {
  for (const k of state.free) {
    for (const side of [state.reach, -state.reach]) {
      const u = state.centre.point[k]!;
      const to = inCube(u + side);
      state.look(
        search,
        movedTo(state.centre.point, k, Math.abs(to - u) < state.reach / 2 ? inCube(u - 2 * side) : to),
      );
    }
  }
}

/** To where the model is largest; where that is no good, a look that makes the model better, or a smaller box. */
function advance(state: State, search: Search, random: () => number): void {
  const { centre, reach, free } = state;
  const near = nearest(state);
  const model = fitted(
    near.map(({ point }) => point.map((u, k) => (u - centre.point[k]!) / reach)),
    near.map(({ value }) => value),
  );
  if (succeeds(state, search, model)) return;
  const needed = ((free.length + 1) * (free.length + 2)) / 2;
  const close = near.filter(({ point }) => distance(point, centre.point) <= 1.5 * reach);
  if (close.length > needed) {
    state.reach /= 2;
    return;
  }
  const point = [...centre.point];
  for (const k of free) point[k] = inCube(point[k]! + reach * (2 * random() - 1));
  state.look(search, point);
  state.explored++;
  if (state.explored % EXPLORED === 0) state.reach *= 0.7;
}

/** Tries the step to where the model is largest, and fits the box to how it went. */
function succeeds(state: State, search: Search, { quadratic, scale }: Model): boolean {
  const { centre, reach } = state;
  const low = centre.point.map((u) => Math.max(-1, -u / reach));
  const high = centre.point.map((u) => Math.min(1, (1 - u) / reach));
  const step = largestIn(quadratic, low, high);
  const [promised, length] = [gainOf(quadratic, step), Math.max(...step.map(Math.abs))];
  if (!(promised > 0) || length < 1e-3) return false;
  const value = state.look(
    search,
    centre.point.map((u, k) => inCube(u + reach * step[k]!)),
  );
  const share = (scale(value) - scale(centre.value)) / promised;
  if (!(share > KEPT)) return false;
  if (share > EXCEEDED && length > 0.9) state.reach = Math.min(LONGEST, 2 * reach);
  else if (length < 0.5) state.reach *= 0.7;
  return true;
}

/** The known points near the best, the nearest first, as many as a model is made of: at least the ends of all axes. */
function nearest({ known, centre, reach, free }: State): readonly Find[] {
  const n = free.length;
  const count = Math.max(2 * n + 1, Math.min(MOST, Math.ceil((AMPLE * (n + 1) * (n + 2)) / 2) + 2));
  return known
    .map((find) => ({ find, far: distance(find.point, centre.point) }))
    .filter(({ far }) => far <= FAR * reach)
    .sort((a, b) => a.far - b.far)
    .slice(0, count)
    .map(({ find }) => find);
}

/** No more points than this, but for the ends of the axes: fitting takes their number to the third. */
const MOST = 64;

/** In the norm of the box. */
const distance = (a: Point, b: Point): number => a.reduce((most, u, k) => Math.max(most, Math.abs(u - b[k]!)), 0);

const inCube = (u: number): number => Math.min(1, Math.max(0, u));
