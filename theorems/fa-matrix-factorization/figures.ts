/**
 * Figures 2, 3, 5 and 6 with the settings of Appendix F, in steps: gradient descent, feedback alignment and FA*. Where Y has
 * given singular values it is drawn in the bases of its singular vectors: the law of Z, W and C is the same in all bases.
 */
import type { Chart } from '../../src/claim/chart';
import { exam, type Series } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import { experiment } from '../../src/claim/forms/constructors';
import { bestRight } from '../../src/definitions/factorization';
import { doubles } from '../../src/numerics/doubles';
import { frobeniusSquared, matMul, minus, scale, transpose, type Matrix } from '../../src/numerics/matrix';
import { symmetricLeast } from '../../src/numerics/symmetric-least';
import type { FactorPath } from '../../src/solvers/interfaces';
import { everyRun, numbersOf } from '../../oracles/samples';
import { diagonalRows, figureSettings, normalMatrix } from '../../generators/factorization-figures';
import { nearlySquare } from '../../generators/nearly-square';

interface Settings {
  readonly n: number;
  readonly r: number;
  readonly eta: number;
  readonly steps: number;
  readonly seed: number;
}
type Rows = Matrix<number>;

const marksOf = ({ steps }: Settings, points: number): readonly number[] =>
  Array.from({ length: points + 1 }, (_, k) => Math.round((k * steps) / points));

const factorsAt = ({ Z, W }: FactorPath, n: number, m: number, r: number, t: number): readonly [Rows, Rows] => [
  Array.from({ length: n }, (_, i) => Array.from({ length: r }, (_x, j) => Z[(t * n + i) * r + j]!)),
  Array.from({ length: r }, (_, i) => Array.from({ length: m }, (_x, j) => W[(t * r + i) * m + j]!)),
];

/** ‖Y − ZW‖_F² at every mark. */
const errorsOf = (path: FactorPath, Y: Rows, r: number): readonly number[] => {
  const [n, m] = [Y.length, Y[0]!.length];
  return Array.from({ length: path.Z.length / (n * r) }, (_, t) => {
    const [Z, W] = factorsAt(path, n, m, r, t);
    return frobeniusSquared(doubles, minus(doubles, Y, matMul(doubles, Z, W)));
  });
};

const curves = (names: readonly string[], series: readonly Series<number>[], y: string): readonly Chart[] => [
  {
    x: 'sample of the path',
    y,
    log: true,
    curves: series.map(({ values }, k) => ({ name: names[k]!, x: Array.from(values, (_, t) => t), y: values })),
  },
];

const last = (values: readonly number[]): number => values[values.length - 1]!;

/** Figure 2: the three algorithms from the same start, errors at eleven steps. */
const figure2 = (name: string, singularValues: (p: Settings) => readonly number[]) =>
  exam({
    name,
    inside: figureSettings,
    assuming: {},
    cases: [
      { n: 60, r: 6, eta: 0.1, steps: 600, seed: 1 },
      { n: 60, r: 6, eta: 0.1, steps: 600, seed: 2 },
      { n: 500, r: 50, eta: 0.1, steps: 1000, seed: 3 },
    ],
    horizon: 10,
    run: ({ factorFA, factorFAStar, factorGD }, p, points) => {
      const { n, r, seed, eta } = p;
      const Y = diagonalRows(singularValues(p));
      const [Z, W] = [normalMatrix(seed, 'Z', n, r, 1e-3), normalMatrix(seed, 'W', r, n, 1e-3)];
      const problem = { Y, Z, W, C: normalMatrix(seed, 'C', r, n) };
      const marks = marksOf(p, points);
      return {
        GD: errorsOf(factorGD.euler({ ...problem, eta: 1, marks: marks.map((t) => Math.ceil(t / 4)) }), Y, r),
        FA: errorsOf(factorFA.euler({ ...problem, eta, marks }), Y, r),
        FAStar: errorsOf(factorFAStar.euler({ ...problem, eta, marks }), Y, r),
      };
    },
    measure: (_R, { GD, FA, FAStar }) => ({ GD: { values: GD }, FA: { values: FA }, FAStar: { values: FAStar } }),
  });

const fullRank = figure2('Figure 2a', ({ n, r }) =>
  Array.from({ length: n }, (_, i) => (i < r ? 1 / Math.sqrt(r) : 0)),
);

/** All three find Y. Experiment. */
export const figure2a = experiment(fullRank, {
  id: 'fa-matrix-factorization/fig-2a',
  where: 'Figure 2a, Appendix F',
  recorded: 'reproduced',
  says: String.raw`r=\operatorname{rank}Y,\ \sigma_i=1/\sqrt r:\ \text{the errors of GD, FA and FA* tend to }0`,
  note: String.raw`As: below a hundredth of $\|Y\|_F^2=1$ in the end. Printed: $n=m=500$, $r=50$, learning rates 1, 0.1, 0.1, standard deviation 0.001; so in the
deep budget. In the standard one $n=m=60$, $r=6$, all else as printed. GD makes a quarter as many steps.`,
  then: (R, { GD, FA, FAStar }) =>
    all(
      ...[GD, FA, FAStar].map((of, k) => part(['GD', 'FA', 'FA*'][k]!, everyRun(R, [last(numbersOf(R, of)) < 0.01]))),
    ),
  charts: ({ GD, FA, FAStar }) => curves(['GD', 'FA', 'FA*'], [GD, FA, FAStar], '‖Y − ZW‖²'),
  mutants: { 'FA does not': (R, { FA }) => everyRun(R, [last(numbersOf(R, FA)) > 0.01]) },
});

const deficient = figure2('Figure 2b', ({ n, r }) =>
  Array.from({ length: n }, (_, i) => 1 / Math.sqrt(2 * (i < r ? r : n - r))),
);

/** Gradient descent is optimal, feedback alignment is not. Experiment. */
export const figure2b = experiment(deficient, {
  id: 'fa-matrix-factorization/fig-2b',
  where: 'Figure 2b, Appendix F',
  recorded: 'reproduced',
  says: String.raw`\text{singular values of Theorem 3, }r<\operatorname{rank}Y:\ \text{GD tends to }\tfrac12,\ \text{FA and FA* stay far above}`,
  note: String.raw`As: GD ends within a hundredth of 1/2, the others above the 0.74 of Theorem 3. Printed: $n=m=500$, $r=50$; so in the deep budget, in the standard one $n=m=60$, $r=6$.`,
  then: (R, { GD, FA, FAStar }) =>
    all(
      part('GD', everyRun(R, [Math.abs(last(numbersOf(R, GD)) - 0.5) < 0.01])),
      part('FA', everyRun(R, [last(numbersOf(R, FA)) > 0.74])),
      part('FA*', everyRun(R, [last(numbersOf(R, FAStar)) > 0.74])),
    ),
  charts: ({ GD, FA, FAStar }) => curves(['GD', 'FA', 'FA*'], [GD, FA, FAStar], '‖Y − ZW‖²'),
  mutants: { 'FA is optimal': (R, { FA }) => everyRun(R, [Math.abs(last(numbersOf(R, FA)) - 0.5) < 0.01]) },
});

/** Gradient descent comes below every other rest point. Experiment. */
export const gradientOptimal = experiment(deficient, {
  id: 'fa-matrix-factorization/gd-optimal',
  where: 'Abstract, Section 1',
  recorded: 'reproduced',
  says: String.raw`\text{GD from a random start ends with }\|Y-ZW\|_F^2<\sum_{i>r}\sigma_i^2+\sigma_r^2-\sigma_{r+1}^2`,
  note: String.raw`Rest points of gradient flow have the errors $\sum_{i\notin I}\sigma_i^2$ for $|I|\le r$; the least but one is the bound. Below it a flow that
descends can end in nothing but a minimum. Sizes as in fig-2b.`,
  then: (R, { GD }, { n, r }) => everyRun(R, [last(numbersOf(R, GD)) < 1 / 2 + 1 / (2 * r) - 1 / (2 * (n - r))]),
  mutants: { 'below the optimum': (R, { GD }) => everyRun(R, [last(numbersOf(R, GD)) < 0.499]) },
});

/** ‖(Y − ZW)Cᵀ‖_F² at every mark. */
const lossesOf = (path: FactorPath, Y: Rows, C: Rows, r: number): readonly number[] => {
  const [n, m] = [Y.length, Y[0]!.length];
  return Array.from({ length: path.Z.length / (n * r) }, (_, t) => {
    const [Z, W] = factorsAt(path, n, m, r, t);
    return frobeniusSquared(doubles, matMul(doubles, minus(doubles, Y, matMul(doubles, Z, W)), transpose(C)));
  });
};

/** Figure 3a: one column, feedback against the start. */
const figure3 = (name: string, eta: number, steps: number) =>
  exam({
    name,
    inside: figureSettings,
    assuming: {},
    cases: [1, 2, 3].map((seed) => ({ n: 100, r: 50, eta, steps, seed })),
    horizon: 60,
    run: ({ factorFAStar }, p, points) => {
      const { n, r, seed } = p;
      const raw = normalMatrix(seed, 'y', n, 1);
      const Y = scale(doubles, 1 / Math.hypot(...raw.flat()), raw);
      const Z = normalMatrix(seed, 'Z', n, r, 1e-3);
      const C = scale(doubles, -1, bestRight(doubles, Y, Z));
      return { loss: lossesOf(factorFAStar.euler({ Y, Z, C, eta: p.eta, marks: marksOf(p, points) }), Y, C, r) };
    },
    measure: (_R, { loss }) => ({ loss: { values: loss } }),
  });

/** One rise, then one fall. */
const risesThenFalls = (losses: readonly number[]): boolean => {
  const top = losses.indexOf(Math.max(...losses));
  const falls = losses.slice(top + 1).every((loss, t) => loss <= losses[top + t]!);
  return top > 0 && falls && losses.slice(1, top + 1).every((loss, t) => loss >= losses[t]!);
};

/** The loss rises first, with the printed settings. Experiment. */
export const figure3a = experiment(figure3('Figure 3a, printed', 0.1, 60), {
  id: 'fa-matrix-factorization/fig-3a',
  where: 'Figure 3a, Appendix F',
  recorded: 'not reproduced',
  corrected: ['fa-matrix-factorization/fig-3a-small-step'],
  says: String.raw`n=100,\ r=50,\ \|y\|=1,\ c=-w(0),\ \eta=0.1:\ \text{the loss rises in the beginning, then falls}`,
  note: String.raw`With $Z_{ij}\sim\mathcal N(0,0.001^2)$ the squared length of $w(0)$ is near $10^4$, and the flow turns at a rate of more than that: a step of 0.1
is a thousand times too long. The loss falls in the first steps and is zero to rounding after five.`,
  then: (R, { loss }) => everyRun(R, [numbersOf(R, loss)[1]! > numbersOf(R, loss)[0]!]),
  charts: ({ loss }) => curves(['FA*'], [loss], 'loss'),
});

/** The loss rises first with steps that follow the flow. Experiment. */
export const figure3aSmall = experiment(figure3('Figure 3a, small steps', 4e-6, 120), {
  id: 'fa-matrix-factorization/fig-3a-small-step',
  where: 'corrects Figure 3a',
  recorded: 'reproduced',
  says: String.raw`\eta=4\cdot10^{-6}:\ \text{the loss rises in the beginning, then falls, without turning again}`,
  note: String.raw`A twentieth of the time $1/\|c\|^2$, about $10^{-4}$, in which the flow turns at the start.`,
  then: (R, { loss }) => everyRun(R, [risesThenFalls(numbersOf(R, loss))]),
  charts: ({ loss }) => curves(['FA*'], [loss], 'loss'),
  mutants: { 'falls from the start': (R, { loss }) => everyRun(R, [numbersOf(R, loss)[1]! < numbersOf(R, loss)[0]!]) },
});

/** Figures 3b to 6: r = n − 1, all from the same Z, Y and C; ten directions x. */
const nearlySquareFactors = exam({
  name: 'Figures 3b, 4, 5 and 6',
  inside: figureSettings,
  assuming: {},
  cases: [
    { n: 20, r: 19, eta: 0.1, steps: 600, seed: 1 },
    { n: 20, r: 19, eta: 0.1, steps: 600, seed: 2 },
    { n: 100, r: 99, eta: 0.1, steps: 900, seed: 3 },
  ],
  horizon: 60,
  run: ({ factorFA, factorFAStar }, p, points) => {
    const { n, r, seed, eta } = p;
    const { Y, Z, C, best, random } = nearlySquare(seed, n);
    const marks = marksOf(p, points);
    const star = factorFAStar.euler({ Y, Z, C, eta, marks });
    const losses = (path: FactorPath): readonly number[] => lossesOf(path, Y, C, r);
    const alignments = marks.map((_, t) => {
      const half = matMul(doubles, C, transpose(factorsAt(star, n, n, r, t)[1]));
      return half.map((row, i) => row.map((x, j) => x + half[j]![i]!));
    });
    const directions = normalMatrix(seed, 'x', 10, r);
    return {
      star: losses(star),
      follow: losses(factorFA.euler({ Y, Z, C, W: best, eta, marks })),
      close: losses(factorFA.euler({ Y, Z, C, W: best, eta, etaW: 0.5, marks })),
      random: losses(factorFA.euler({ Y, Z, C, W: random, eta, marks })),
      least: alignments.map((A) => symmetricLeast(A.flat(), r)),
      forms: directions.flatMap((x) => alignments.map((A) => matMul(doubles, [x], A, transpose([x]))[0]![0]!)),
    };
  },
  measure: (_R, path) => ({
    ...{ star: { values: path.star }, follow: { values: path.follow }, close: { values: path.close } },
    ...{ random: { values: path.random }, least: { values: path.least }, forms: { values: path.forms } },
  }),
});

/** How often a sequence turns. */
const turnsOf = (values: readonly number[]): number =>
  values.slice(2).filter((x, t) => (x - values[t + 1]!) * (values[t + 1]! - values[t]!) < 0).length;

const rising = (values: readonly number[]): boolean => values.slice(1).every((x, t) => x >= values[t]!);

/** The loss, the forms of ten directions and the smallest eigenvalue, each along the path. */
const seenOf = <N>(R: Reading<N>, { star, forms, least }: Measured<N>) => {
  const losses = numbersOf(R, star);
  const values = numbersOf(R, forms);
  const each = Array.from({ length: 10 }, (_, k) => values.slice(k * losses.length, (k + 1) * losses.length));
  return { losses, each, eigenvalues: numbersOf(R, least) };
};

type Measured<N> = Readonly<Record<'star' | 'follow' | 'close' | 'random' | 'least' | 'forms', Series<N>>>;

const alignmentCharts = ({ star, least }: Measured<number>): readonly Chart[] => [
  ...curves(['FA*'], [star], 'loss'),
  {
    x: 'sample of the path',
    y: 'λmin(A)',
    curves: [{ name: '', x: Array.from(least.values, (_, t) => t), y: least.values }],
  },
];

/** The loss of FA* goes up and down while the alignment only grows, as the captions say. Experiment. */
export const figure3b = experiment(nearlySquareFactors, {
  id: 'fa-matrix-factorization/fig-3b-4',
  where: 'Figures 3b and 4, Appendix F',
  recorded: 'not reproduced',
  says: String.raw`r=n-1,\ \eta=0.1:\ \ell\text{ turns often and ends lower};\ x^\top Ax\text{ and }\lambda_{\min}(A)\text{ never fall};\ \lambda_{\min}(A)<0`,
  note: String.raw`"Highly non-monotonic" as: it turns five times or more at 60 points. What is not seen is "monotonically increasing" to the
letter: steps of 0.1 lengthen $Z$, which lets forms fall by about one part in ten thousand of what they gain, too little to be seen in
the figure. Along the flow they do not fall (lemma-5, eq-6), and from start to end all rise: fig-3b-4-ends. Printed: $n=100$,
$r=99$; so in the deep budget, in the standard one $n=20$, $r=19$.`,
  then: (R, measures) => {
    const { losses, each, eigenvalues } = seenOf(R, measures);
    return all(
      part('loss turns', everyRun(R, [turnsOf(losses) >= 5])),
      part('loss ends lower', everyRun(R, [last(losses) < losses[0]!])),
      part('forms never fall', everyRun(R, each.map(rising))),
      part('smallest eigenvalue never falls', everyRun(R, [rising(eigenvalues)])),
      part('smallest eigenvalue negative', everyRun(R, [last(eigenvalues) < 0])),
    );
  },
  charts: alignmentCharts,
  mutants: { 'the loss is monotone': (R, { star }) => everyRun(R, [turnsOf(numbersOf(R, star)) === 0]) },
});

/** The same with forms and smallest eigenvalue compared at start and end. Experiment. */
export const figure3bEnds = experiment(nearlySquareFactors, {
  id: 'fa-matrix-factorization/fig-3b-4-ends',
  where: 'beside Figures 3b and 4',
  recorded: 'reproduced',
  says: String.raw`r=n-1,\ \eta=0.1:\ \ell\text{ turns often and ends lower};\ x^\top Ax\text{ and }\lambda_{\min}(A)\text{ end higher than they start};\ \lambda_{\min}(A)<0`,
  note: 'Sizes as in fig-3b-4.',
  then: (R, measures) => {
    const { losses, each, eigenvalues } = seenOf(R, measures);
    return all(
      part('loss turns', everyRun(R, [turnsOf(losses) >= 5])),
      part('loss ends lower', everyRun(R, [last(losses) < losses[0]!])),
      part(
        'forms end higher',
        everyRun(
          R,
          each.map((values) => last(values) > values[0]!),
        ),
      ),
      part('smallest eigenvalue ends higher', everyRun(R, [last(eigenvalues) > eigenvalues[0]!])),
      part('smallest eigenvalue negative', everyRun(R, [last(eigenvalues) < 0])),
    );
  },
  charts: alignmentCharts,
  mutants: { 'the loss is monotone': (R, { star }) => everyRun(R, [turnsOf(numbersOf(R, star)) === 0]) },
});

/** The mean distance of two sequences. */
const distanceOf = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, t) => sum + Math.abs(x - b[t]!), 0) / a.length;

/** From the best W feedback alignment follows FA*. Experiment. */
export const figure5 = experiment(nearlySquareFactors, {
  id: 'fa-matrix-factorization/fig-5',
  where: 'Figure 5',
  recorded: 'reproduced',
  says: String.raw`W(0)\text{ best}:\ \text{the loss of FA is like that of FA*, and more so with a learning rate of }0.5\text{ for }W`,
  note: 'As: the mean distance of the losses is smaller than that of FA from a random W, and smaller still with 0.5. Sizes as in fig-3b-4.',
  then: (R, { star, follow, close, random }) => {
    const [own, near, nearer, far] = [star, follow, close, random].map((of) => numbersOf(R, of)) as number[][];
    return all(
      part('follows', everyRun(R, [distanceOf(near!, own!) < distanceOf(far!, own!)])),
      part('closer with 0.5', everyRun(R, [distanceOf(nearer!, own!) < distanceOf(near!, own!)])),
    );
  },
  charts: ({ star, follow, close }) => curves(['FA*', 'FA', 'FA, 0.5 for W'], [star, follow, close], 'loss'),
  mutants: {
    'closer with 0.1': (R, { star, follow, close }) =>
      everyRun(R, [
        distanceOf(numbersOf(R, follow), numbersOf(R, star)) < distanceOf(numbersOf(R, close), numbersOf(R, star)),
      ]),
  },
});
