/** A series as SVG: one `path` each, however many points it has. */
import { COLOURS, type Colour, type Series, type Shape } from './figure';
import { leftOut, type Reason } from './scale';
import { px } from './words';

/** Where the numbers of a panel lie, in pixels. */
export interface Frame {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly xScale: Parameters<typeof leftOut>[0];
  readonly yScale: Parameters<typeof leftOut>[0];
  /** The lower edge of the panel. */
  readonly bottom: number;
}

/** How points of a shape are drawn, after the `M` that goes to their middle. */
const SHAPES: Readonly<Record<Shape, { readonly path: string; readonly stroke: number; readonly filled: boolean }>> = {
  dot: { path: 'h0', stroke: 5, filled: false },
  cross: { path: 'm-3-3l6 6m-6 0l6-6', stroke: 1.6, filled: false },
  triangle: { path: 'm0-4l4 7h-8z', stroke: 0, filled: true },
  diamond: { path: 'm0-7l7 7-7 7-7-7z', stroke: 1.6, filled: false },
};

/** Why a point of the series cannot be shown; `undefined` where it can. A band is cut off at the edge of a log axis. */
export function hidden(
  series: Series,
  k: number,
  { xScale, yScale }: Pick<Frame, 'xScale' | 'yScale'>,
): Reason | undefined {
  const across = leftOut(xScale, series.x[k]!);
  if (across) return across;
  if (series.kind !== 'band') return leftOut(yScale, series.y[k]!);
  const reasons = [series.y[k]!, series.y2[k]!].map((y) => leftOut(yScale, y));
  if (reasons.every((reason) => reason === 'not positive')) return 'not positive';
  return reasons.find((reason) => reason !== undefined && reason !== 'not positive');
}

/** The series in its panel. */
export function drawn(series: Series, colour: Colour, frame: Frame): string {
  const runs = shownRuns(series, frame);
  if (runs.length === 0) return '';
  switch (series.kind) {
    case 'line':
      return line(runs.map((run) => polyline(run.map((k) => place(series, k, frame)))).join(''), colour, series.dashed);
    case 'points':
      return points(
        runs.flat().map((k) => `M${pair(place(series, k, frame))}`),
        colour,
        series.shape ?? 'dot',
      );
    case 'band':
      return band(runs.map((run) => outline(series, run, frame)).join(''), colour);
  }
}

/** A short piece of the series for the legend, from `left` to `right` at the height `y`. */
export function sample(series: Series, colour: Colour, left: number, right: number, y: number): string {
  const middle = `${px((left + right) / 2)} ${px(y)}`;
  if (series.kind === 'points') return points([`M${middle}`], colour, series.shape ?? 'dot');
  if (series.kind === 'line') return line(`M${px(left)} ${px(y)}H${px(right)}`, colour, series.dashed);
  return band(`M${px(left)} ${px(y - 4)}H${px(right)}v8H${px(left)}z`, colour);
}

function line(d: string, colour: Colour, dashed = false): string {
  const dash = dashed ? ' stroke-dasharray="6 4"' : '';
  return `<path d="${d}" fill="none" stroke="${COLOURS[colour]}" stroke-width="1.8" stroke-linejoin="round"${dash}/>`;
}

function points(starts: readonly string[], colour: Colour, shape: Shape): string {
  const { path, stroke, filled } = SHAPES[shape];
  const d = starts.map((start) => `${start}${path}`).join('');
  const ink = COLOURS[colour];
  if (filled) return `<path d="${d}" fill="${ink}" fill-opacity=".8"/>`;
  const opacity = shape === 'dot' ? ' stroke-opacity=".75"' : '';
  return `<path d="${d}" fill="none" stroke="${ink}" stroke-width="${stroke}" stroke-linecap="round"${opacity}/>`;
}

function band(d: string, colour: Colour): string {
  return `<path d="${d}" fill="${COLOURS[colour]}" fill-opacity=".2" stroke="${COLOURS[colour]}" stroke-opacity=".5"/>`;
}

/** Maximal runs of points that can be shown, as indices. */
function shownRuns(series: Series, frame: Frame): readonly (readonly number[])[] {
  const runs: number[][] = [];
  let open = false;
  for (let k = 0; k < series.x.length; k++) {
    const shown = hidden(series, k, frame) === undefined;
    if (shown && open) runs.at(-1)!.push(k);
    else if (shown) runs.push([k]);
    open = shown;
  }
  return runs;
}

/** A place in tenths of a pixel: whole numbers, so that the steps between places add up. */
type Place = readonly [number, number];

const placed = (x: number, y: number): Place => [Math.round(10 * x), Math.round(10 * y)];

const pair = ([x, y]: Place): string => `${px(x / 10)} ${px(y / 10)}`;

function place({ x, y }: Series, k: number, frame: Frame): Place {
  return placed(frame.x(x[k]!), frame.y(y[k]!));
}

/** The first place and the steps from one to the next, which are shorter to write than places. A step of nothing is left out. */
function trail([start, ...others]: readonly Place[]): string {
  const steps = others.map(([x, y], k): Place => {
    const [fromX, fromY] = k === 0 ? start! : others[k - 1]!;
    return [x - fromX, y - fromY];
  });
  const moves = steps.filter(([dx, dy]) => dx !== 0 || dy !== 0);
  return `M${pair(start!)}${moves.length === 0 ? '' : `l${moves.map(pair).join(' ')}`}`;
}

/** A polyline; where it is a single point, a stroke so short that it shows as a dot. */
function polyline(places: readonly Place[]): string {
  const d = trail(places);
  return d.includes('l') ? d : `${d}h.1`;
}

/** There along `y`, back along `y2`. */
function outline(series: Extract<Series, { kind: 'band' }>, run: readonly number[], frame: Frame): string {
  const edge = (values: ArrayLike<number>, k: number): Place => {
    const below = leftOut(frame.yScale, values[k]!) !== undefined;
    return placed(frame.x(series.x[k]!), below ? frame.bottom : frame.y(values[k]!));
  };
  const there = run.map((k) => edge(series.y, k));
  const back = [...run].reverse().map((k) => edge(series.y2, k));
  return `${trail([...there, ...back])}z`;
}
