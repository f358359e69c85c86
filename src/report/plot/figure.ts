/**
 * What a picture is made of: plain data. A figure is a row of panels under one title and one legend; a panel is a pair
 * of axes with series and reference lines.
 */

/** `log`: zeros and negatives are left out, and counted under the panel. `symmetric`: logarithmic away from 0 to both sides. */
export type Scale = 'linear' | 'log' | 'symmetric';

/** The colours of Okabe and Ito, which people tell apart whatever their colour vision (jfly.uni-koeln.de/color). */
export const COLOURS = {
  blue: '#0072b2',
  vermillion: '#d55e00',
  green: '#009e73',
  purple: '#cc79a7',
  orange: '#e69f00',
  sky: '#56b4e9',
  black: '#000000',
  yellow: '#f0e442',
} as const;

export type Colour = keyof typeof COLOURS;

/** The shape of a point: filled `dot` and `triangle`, open `diamond`, and `cross`. */
export type Shape = 'dot' | 'cross' | 'triangle' | 'diamond';

/** What every series has. Series of one name are one entry of the legend; a series without a name has none. */
interface Points2D {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** By default the figure's names take the colours in turn. */
  readonly colour?: Colour;
}

/** Points joined in their order; a point that is left out leaves a gap. */
export interface Line extends Points2D {
  readonly kind: 'line';
  readonly dashed?: boolean;
}

export interface Scatter extends Points2D {
  readonly kind: 'points';
  /** `dot` unless told. */
  readonly shape?: Shape;
}

/** The area between `y` and `y2`: a range, or error bars where points stand alone. On a log axis it reaches down to the edge. */
export interface Band extends Points2D {
  readonly kind: 'band';
  readonly y2: ArrayLike<number>;
}

export type Series = Line | Scatter | Band;

export interface Axis {
  readonly label: string;
  /** `linear` unless told. */
  readonly scale?: Scale;
  /** Whether it counts something, so that only whole numbers are marked on it. */
  readonly whole?: boolean;
}

/** A reference line across the panel: vertical where it stands `on` the x axis, horizontal where on the y axis. */
export interface Mark {
  readonly on: 'x' | 'y';
  readonly at: number;
  readonly label?: string;
}

export interface Panel {
  readonly title?: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  readonly marks?: readonly Mark[];
  /** A line of text under the panel, after what is said about points left out. */
  readonly note?: string;
}

export interface Figure {
  readonly title: string;
  /** What the figure shows, for those who do not see it. */
  readonly description?: string;
  readonly panels: readonly Panel[];
}

/** A figure that cannot be drawn: no panel, or a series whose arrays differ in length. */
export class BadFigure extends Error {
  override readonly name = 'BadFigure';
}

/** Throws {@link BadFigure} that says which panel or series is wrong, and how. */
export function checkFigure({ title, panels }: Figure): void {
  if (panels.length === 0) throw new BadFigure(`the figure "${title}" has no panel: give it at least one`);
  for (const [k, panel] of panels.entries()) {
    for (const series of panel.series) {
      const lengths = [series.x, series.y, ...(series.kind === 'band' ? [series.y2] : [])].map(({ length }) => length);
      if (new Set(lengths).size === 1) continue;
      throw new BadFigure(
        `the series "${series.name}" in panel ${k + 1} of "${title}" has arrays of ${lengths.join(' and ')} numbers: expected as many of each`,
      );
    }
  }
}
