/**
 * Figures 1, 3 and 4: feedback-alignment flows of scalar networks from random starts, with the printed settings.
 * A path holds the runs one after the other, `points + 1` values each.
 */
import { exam } from '../../src/claim/exam';
import { all, part } from '../../src/claim/finding';
import { experiment } from '../../src/claim/forms/constructors';
import { space } from '../../src/claim/space';
import { timesUpTo } from '../../src/definitions/flow';
import { doubles } from '../../src/numerics/doubles';
import type { Solvers } from '../../src/solvers/interfaces';
import { cut, everyRun, runsOf, someRun } from '../../oracles/samples';
import { counts, logUniform } from '../../generators/coordinates';
import { curveAt } from '../../generators/scalar-deep';
import { take, uniformStream } from '../../generators/streams';

/** How many starts are drawn. The captions do not say. */
const RUNS = 20;

const settings = space()
  .with('lambda', logUniform(1, 16))
  .with('d', logUniform(1 / 4, 4))
  .with('seed', counts(1, 1000));

interface Settings {
  readonly lambda: number;
  readonly d: number;
  readonly seed: number;
}
type Weights = readonly [w1: number, w2: number];

/** The runs from each start, up to a time. */
const flows = (
  { scalarFA }: Solvers,
  { lambda, d }: Settings,
  starts: readonly Weights[],
  times: Float64Array,
): { readonly w1: readonly number[]; readonly w2: readonly number[] } => {
  const paths = starts.map(([w1, w2]) => scalarFA.flow({ lambda, d, w1, w2, times }));
  return { w1: paths.flatMap((path) => Array.from(path.w1)), w2: paths.flatMap((path) => Array.from(path.w2)) };
};

/** Twenty times of U(−5, 5). */
const starts = (seed: number, figure: string): Float64Array =>
  take(uniformStream(seed, figure), RUNS).map((u) => 10 * u - 5);

/** Where the first layer ends. */
const rootOf = ({ lambda, d }: Omit<Settings, 'seed'>): number => Math.cbrt(2 * d * lambda);

const monotone = (values: readonly number[]): boolean => {
  const steps = values.slice(1).map((value, t) => value - values[t]!);
  return steps.every((step) => step >= 0) || steps.every((step) => step <= 0);
};

const fromAlignedStarts = exam({
  name: 'Figures 1b and 3',
  inside: settings,
  assuming: {},
  cases: [
    { lambda: 3, d: 2, seed: 1 },
    { lambda: 3, d: 2, seed: 2 },
    { lambda: 3, d: 2, seed: 3 },
  ],
  horizon: 40,
  run: (solvers, p, points) => {
    const aligned = Array.from(starts(p.seed, 'figure 3'), (w1): Weights => [w1, (w1 * w1) / (2 * p.d)]);
    return flows(solvers, p, aligned, timesUpTo(8 / rootOf(p) ** 2, points));
  },
  measure: (R, { w1, w2 }) => ({
    w1: { values: w1 },
    product: { values: Array.from(w1, (x, t) => R.mul(x, w2[t]!)) },
  }),
});

/** The first layer ends at the cube root of 12 and the product goes one way to 3. Experiment. */
export const figure3 = experiment(fromAlignedStarts, {
  id: 'fa-deep-linear/fig-3',
  where: 'Figures 1b, 3',
  recorded: 'reproduced',
  says: String.raw`\lambda=3,\ d=2,\ \theta_0\sim\mathcal U(-5,5),\ (7):\ \theta_1\to\sqrt[3]{12},\ \theta_2\theta_1\to3 \text{ one way}`,
  note: String.raw`"Tends to" is seen as: at $t=8/r^2$ the first layer is within $|\theta_0-r|e^{-3}$ of the limit, the envelope
$e^{-\frac38r^2t}$ of thm-2-alignment-limit-lambda, and the product on the same side.`,
  then: (R, { w1, product }, p) => {
    const root = Math.cbrt(12);
    const near = (run: readonly number[]): boolean =>
      Math.abs(run[run.length - 1]! - root) <= Math.abs(run[0]! - root) * Math.exp(-3);
    const towards = (run: readonly number[]): boolean =>
      Math.abs(run[run.length - 1]! - 3) < Math.abs(run[0]! - 3) && R.sign(p.lambda) === 1;
    return all(
      part('first layer', everyRun(R, runsOf(R, w1, RUNS).map(near))),
      part('product goes one way', everyRun(R, runsOf(R, product, RUNS).map(monotone))),
      part('towards 3', everyRun(R, runsOf(R, product, RUNS).map(towards))),
    );
  },
  charts: ({ product }) => [
    {
      x: 'sample of the path',
      y: 'θ2θ1',
      curves: cut(product.values, RUNS).map((y) => ({ name: '', x: y.map((_, t) => t), y })),
    },
  ],
  mutants: {
    'limit 3': (R, { w1 }) =>
      everyRun(
        R,
        runsOf(R, w1, RUNS).map((run) => Math.abs(run[run.length - 1]! - 3) <= Math.abs(run[0]! - 3) * Math.exp(-3)),
      ),
  },
});

const fromAnyStarts = exam({
  ...fromAlignedStarts,
  name: 'Figures 1a and 1c',
  cases: [
    { lambda: 10, d: 2, seed: 1 },
    { lambda: 10, d: 2, seed: 2 },
    { lambda: 10, d: 2, seed: 3 },
  ],
  run: (solvers, p, points) => {
    const second = starts(p.seed, 'figure 1c, second layer');
    const both = Array.from(starts(p.seed, 'figure 1c'), (w1, k): Weights => [w1, second[k]!]);
    return flows(solvers, p, both, timesUpTo(8 / rootOf(p) ** 2, points));
  },
});

/** From independent starts the error of some runs falls and rises. Experiment. */
export const figure1c = experiment(fromAnyStarts, {
  id: 'fa-deep-linear/fig-1c',
  where: 'Figures 1a, 1c',
  recorded: 'reproduced',
  says: String.raw`\lambda=10,\ d=2,\ \theta_1(0),\theta_2(0)\sim\mathcal U(-5,5) \text{ independent: } |\theta_2\theta_1-\lambda| \text{ may be non-monotone}`,
  then: (R, { product }) => {
    const errors = runsOf(R, product, RUNS).map((run) => run.map((x) => Math.abs(x - 10)));
    return all(
      part(
        'some fall and rise',
        someRun(
          R,
          errors.map((run) => !monotone(run)),
        ),
      ),
      part(
        'all end nearer',
        everyRun(
          R,
          errors.map((run) => run[run.length - 1]! < run[0]!),
        ),
      ),
    );
  },
  charts: ({ product }) => [
    {
      x: 'sample of the path',
      y: '|θ2θ1 − λ|',
      curves: cut(product.values, RUNS).map((run) => ({
        name: '',
        x: run.map((_, t) => t),
        y: run.map((x) => Math.abs(x - 10)),
      })),
    },
  ],
  mutants: {
    'all are monotone': (R, { product }) =>
      everyRun(
        R,
        runsOf(R, product, RUNS).map((run) => monotone(run.map((x) => Math.abs(x - 10)))),
      ),
  },
});

/** Three layers and the start (11), c_l θ0^{2^{l−1}}. */
const threeLayers = exam({
  name: 'Figure 4',
  inside: space()
    .with('lambda', logUniform(1 / 4, 4))
    .with('seed', counts(1, 1000)),
  assuming: {},
  cases: [
    { lambda: 1, seed: 1 },
    { lambda: 1, seed: 2 },
    { lambda: 1, seed: 3 },
  ],
  horizon: 40,
  run: ({ deepScalarFA }, { lambda, seed }, points) => {
    const d = [2, 2.5];
    const times = timesUpTo(2, points);
    const paths = Array.from(take(uniformStream(seed, 'figure 4'), RUNS), (u) =>
      deepScalarFA.flow({ lambda, d, start: curveAt(doubles, { d }, 3 * u - 1), times }),
    );
    const products = paths.map(({ layers }) => Array.from(times, (_, t) => layers.reduce((p, w) => p * w[t]!, 1)));
    return { product: products.flat() };
  },
  measure: (_R, { product }) => ({ product: { values: product } }),
});

/** The product goes one way to 1. Experiment. */
export const figure4 = experiment(threeLayers, {
  id: 'fa-deep-linear/fig-4',
  where: 'Figure 4',
  recorded: 'reproduced',
  says: String.raw`L=3,\ d=(2,\tfrac52),\ \lambda=1,\ \theta_0\sim\mathcal U(-1,2):\ \text{the product goes one way to } 1`,
  note: String.raw`"To 1" is seen as: every run ends nearer than it began, on the same side.`,
  then: (R, { product }) => {
    const runs = runsOf(R, product, RUNS);
    const nearer = (run: readonly number[]): boolean => {
      const [first, last] = [run[0]! - 1, run[run.length - 1]! - 1];
      return Math.abs(last) < Math.abs(first) && first * last >= 0;
    };
    return all(part('one way', everyRun(R, runs.map(monotone))), part('towards 1', everyRun(R, runs.map(nearer))));
  },
  charts: ({ product }) => [
    {
      x: 't',
      y: 'θ3θ2θ1',
      curves: cut(product.values, RUNS).map((y) => ({ name: '', x: Array.from(timesUpTo(2, y.length - 1)), y })),
    },
  ],
  mutants: {
    'to 2': (R, { product }) =>
      everyRun(
        R,
        runsOf(R, product, RUNS).map((run) => Math.abs(run[run.length - 1]! - 2) < Math.abs(run[0]! - 2)),
      ),
  },
});
