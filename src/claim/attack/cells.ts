import type { Point } from '../draw';
import type { Fields, Space } from '../space';

/** What an attack may know of a space: which of its parameters are counts or words, and the instance at a point. */
export type Drawn = Pick<Space<Fields>, 'parameters' | 'decode' | 'decodeFirst'>;

/** Halvings of a stretch in which a count changes: to the nearest double, from anywhere in the cube. */
const HALVINGS = 60;

/**
 * The cell that a point lies in: the counts and words of its instance, as a text. Two points of one cell differ in real
 * numbers only. The empty text where there are no counts and no words.
 */
export function cellsOf({ parameters, decodeFirst }: Drawn): (point: Point) => string {
  const jumps = ({ kind }: { readonly kind: string }) => kind === 'count' || kind === 'choice';
  const jumping = parameters.filter(jumps).map(({ name }) => name);
  if (jumping.length === 0) return () => '';
  const upToLast = parameters.findLastIndex(jumps) + 1;
  return (point) => {
    const instance = decodeFirst(point, upToLast);
    return jumping.map((name) => instance[name]).join(' ');
  };
}

/**
 * The places on the k-th axis nearest to the point, downwards and upwards, where the cell is another one: the next whole
 * number, not the next double. None in a direction in which the cell at the end of the axis is the same.
 */
export function nextCells(cell: (point: Point) => string, point: Point, k: number): readonly number[] {
  const own = cell(point);
  const same = (u: number): boolean => cell(movedTo(point, k, u)) === own;
  return [0, 1].flatMap((end) => {
    if (same(end)) return [];
    let [inside, outside] = [point[k]!, end];
    for (let j = 0; j < HALVINGS; j++) {
      const middle = (inside + outside) / 2;
      if (same(middle)) inside = middle;
      else outside = middle;
    }
    return [outside];
  });
}

/** The point with its k-th coordinate moved to `u`. */
export const movedTo = (point: Point, k: number, u: number): Point => point.map((x, j) => (j === k ? u : x));
