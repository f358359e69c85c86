/** What a claim wants shown beside the pictures that every claim gets: curves made of its measures, in doubles. */

/** One curve; `spread` is half the height of the error bars around it. */
export interface Curve {
  readonly name: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  readonly spread?: ArrayLike<number>;
  readonly dashed?: boolean;
}

/** A pair of axes with curves; `log` for a logarithmic vertical axis; `marks` are vertical reference lines. */
export interface Chart {
  readonly title?: string;
  readonly x: string;
  readonly y: string;
  readonly log?: boolean;
  readonly curves: readonly Curve[];
  readonly marks?: readonly { readonly at: number; readonly label: string }[];
}
