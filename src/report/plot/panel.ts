/** One panel: axes, grid, series, reference lines, and what had to be left out. */
import { escaped } from '../xml';
import type { Colour, Mark, Panel, Series } from './figure';
import { leftOut, placement, type Placement, type Reason } from './scale';
import { drawn, hidden, type Frame } from './strokes';
import { px, widthOf, wrapped } from './words';

const TITLE = 12;
const LABEL = 12;
const SMALL = 11;
const LINE = 15;
/** How much wider bold text is. */
export const BOLD = 1.07;
/** The height of the area in which series are drawn. */
const HEIGHT = 230;

/** A panel with its labels measured: how high it is above and from the top of its plot down, and how to draw it. */
export interface LaidOut {
  readonly head: number;
  readonly body: number;
  /** As SVG: its left edge, and the top of its plot, with `head` above it. */
  draw(left: number, top: number): string;
}

/** Lays a panel out in `width` pixels; `colourOf` gives each series its colour. */
export function layOut(panel: Panel, width: number, colourOf: (series: Series) => Colour): LaidOut {
  const [xScale, yScale] = [panel.x.scale ?? 'linear', panel.y.scale ?? 'linear'];
  const scales = { xScale, yScale };
  const marks = (panel.marks ?? []).filter(({ on, at }) => leftOut(on === 'x' ? xScale : yScale, at) === undefined);
  const along = (on: 'x' | 'y'): readonly number[] => [
    ...shownValues(panel.series, on, scales),
    ...marks.filter((mark) => mark.on === on).map(({ at }) => at),
  ];
  const xs = placement(xScale, along('x'), panel.x.whole);
  const ys = placement(yScale, along('y'), panel.y.whole);
  const gutter = LINE + 8 + Math.max(...ys.ticks.map(({ label }) => widthOf(label, SMALL)), 10);
  const title = panel.title === undefined ? [] : wrapped(panel.title, width - gutter, TITLE * BOLD);
  const notes = [...leftOutNote(panel.series, scales), ...(panel.note === undefined ? [] : [panel.note])];
  const below = notes.flatMap((note) => wrapped(note, width, SMALL));
  const head = title.length * LINE + 8;
  const draw = (left: number, top: number): string => {
    const box = { left: left + gutter, right: left + width - 8, top, bottom: top + HEIGHT };
    const frame: Frame = {
      ...scales,
      bottom: box.bottom,
      x: (value) => box.left + xs.at(value) * (box.right - box.left),
      y: (value) => box.bottom - ys.at(value) * HEIGHT,
    };
    return [
      ...title.map((line, k) => text(line, box.left, top - head + (k + 1) * LINE - 3, TITLE, { bold: true })),
      grid(box, xs, ys),
      ...marks.map((mark) => referenceLine(mark, box, frame)),
      ...panel.series.map((series) => drawn(series, colourOf(series), frame)),
      ...marks.map((mark) => referenceLabel(mark, box, frame, panel.series)),
      text(panel.x.label, (box.left + box.right) / 2, box.bottom + 20 + LINE - 3, LABEL, { anchor: 'middle' }),
      text(panel.y.label, left + LINE - 4, box.top + HEIGHT / 2, LABEL, { anchor: 'middle', upwards: true }),
      ...below.map((line, k) => text(line, left, box.bottom + 20 + LINE * (k + 2) - 3, SMALL, { grey: true })),
    ].join('');
  };
  return { head, body: HEIGHT + 20 + LINE + below.length * LINE, draw };
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

type Scales = Pick<Frame, 'xScale' | 'yScale'>;

/** The numbers that an axis has to have room for. */
function shownValues(all: readonly Series[], axis: 'x' | 'y', scales: Scales): readonly number[] {
  const values: number[] = [];
  for (const series of all) {
    for (let k = 0; k < series.x.length; k++) {
      if (hidden(series, k, scales) !== undefined) continue;
      const ys = series.kind === 'band' ? [series.y[k]!, series.y2[k]!] : [series.y[k]!];
      if (axis === 'x') values.push(series.x[k]!);
      else values.push(...ys.filter((y) => leftOut(scales.yScale, y) === undefined));
    }
  }
  return values;
}

const WORDS: Readonly<Record<Reason, string>> = {
  'not finite': 'not finite',
  'not positive': 'zero or negative (log axis)',
  'too large': 'beyond 10³⁰⁰ in size',
};

/** How many points of the panel are not shown, and why; nothing where all are. */
function leftOutNote(all: readonly Series[], scales: Scales): readonly string[] {
  const counts = new Map<Reason, number>();
  for (const series of all) {
    for (let k = 0; k < series.x.length; k++) {
      const reason = hidden(series, k, scales);
      if (reason) counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([reason, n]) => `${n} ${WORDS[reason]}`);
  return parts.length === 0 ? [] : [`points left out: ${parts.join(', ')}`];
}

function grid({ left, right, top, bottom }: Box, xs: Placement, ys: Placement): string {
  const [width, height] = [right - left, bottom - top];
  const across = ys.ticks.map(({ at }) => `M${px(left)} ${px(bottom - at * height)}h${px(width)}`);
  const up = xs.ticks.map(({ at }) => `M${px(left + at * width)} ${px(bottom)}v${px(-height)}`);
  const labels = [
    ...ys.ticks.map(({ at, label }) =>
      text(label, left - 5, bottom - at * height + 4, SMALL, { anchor: 'end', grey: true }),
    ),
    ...spaced(xs, width).map(({ at, label }) =>
      text(label, left + at * width, bottom + 16, SMALL, { anchor: 'middle', grey: true }),
    ),
  ];
  return [
    `<path d="${[...across, ...up].join('')}" stroke="#e4e4e4"/>`,
    `<path d="M${px(left)} ${px(top)}V${px(bottom)}H${px(right)}" fill="none" stroke="#555"/>`,
    ...labels,
  ].join('');
}

/** The ticks whose labels do not run into one another: all, or every second, third, … */
function spaced({ ticks }: Placement, width: number): Placement['ticks'] {
  const widest = Math.max(0, ...ticks.map(({ label }) => widthOf(label, SMALL)));
  const gaps = ticks.slice(1).map(({ at }, k) => (at - ticks[k]!.at) * width);
  const every = Math.max(1, Math.ceil((widest + 6) / Math.max(1, Math.min(Infinity, ...gaps))));
  return ticks.length < 2 ? ticks : ticks.filter((_, k) => k % every === 0);
}

function referenceLine({ on, at }: Mark, box: Box, frame: Frame): string {
  const d =
    on === 'x'
      ? `M${px(frame.x(at))} ${px(box.top)}V${px(box.bottom)}`
      : `M${px(box.left)} ${px(frame.y(at))}H${px(box.right)}`;
  return `<path d="${d}" stroke="#555" stroke-dasharray="2 3"/>`;
}

/**
 * Beside a vertical line, on the side that has room and at its upper end unless that is where the points are; at the
 * right end of a horizontal one.
 */
function referenceLabel({ on, at, label }: Mark, box: Box, frame: Frame, all: readonly Series[]): string {
  if (label === undefined) return '';
  const look: Look = { grey: true, halo: true };
  if (on === 'y') return text(label, box.right - 2, frame.y(at) - 4, SMALL, { ...look, anchor: 'end' });
  const [x, width] = [frame.x(at), widthOf(label, SMALL) + 4];
  const fits = x + width <= box.right;
  const [from, to] = fits ? [x, x + width] : [x - width, x];
  const crowded = all.some((series) => passesUnder(series, frame, from, to, box.top + 16));
  const y = crowded ? box.bottom - 6 : box.top + 10;
  return text(label, fits ? x + 4 : x - 4, y, SMALL, { ...look, anchor: fits ? 'start' : 'end' });
}

/** Whether a point of the series lies between two verticals and above a height. */
function passesUnder(series: Series, frame: Frame, from: number, to: number, height: number): boolean {
  for (let k = 0; k < series.x.length; k++) {
    if (hidden(series, k, frame) !== undefined || leftOut(frame.yScale, series.y[k]!) !== undefined) continue;
    const x = frame.x(series.x[k]!);
    if (x >= from - 2 && x <= to + 2 && frame.y(series.y[k]!) <= height) return true;
  }
  return false;
}

interface Look {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
  readonly grey?: boolean;
  readonly upwards?: boolean;
  /** With a white rim, to be read on top of lines. */
  readonly halo?: boolean;
}

/** A line of text whose baseline begins, is centred or ends at (x, y). */
export function text(words: string, x: number, y: number, size: number, look: Look = {}): string {
  const { anchor = 'start', bold = false, grey = false, upwards = false, halo = false } = look;
  const place = upwards ? `transform="translate(${px(x)} ${px(y)})rotate(-90)"` : `x="${px(x)}" y="${px(y)}"`;
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  const weight = bold ? ' font-weight="bold"' : '';
  const rim = halo ? ' stroke="#fff" stroke-width="3" paint-order="stroke"' : '';
  return `<text ${place} font-size="${size}"${side}${weight}${grey ? ' fill="#555"' : ''}${rim}>${escaped(words)}</text>`;
}
