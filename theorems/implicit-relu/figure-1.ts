/**
 * Figure 1 and Section 7.1: training for several widths, γ = 0.1, full-batch gradient descent with η = 1/N from W(0) with
 * entries N(0, 1/m), A(0) = I and b(0) = 0, on images of the digits 0 and 1, their digits the targets. The widths are not
 * printed in the text. A path holds the runs one after the other, narrowest first.
 */
import type { Chart } from '../../src/claim/chart';
import { exam, type Measures, type Series } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { experiment } from '../../src/claim/forms/constructors';
import { cut, everyRun, numbersOf, runsOf } from '../../oracles/samples';
import { trainingRun, trainingSettings } from '../../generators/implicit-training';

const GAMMA = 0.1;

/** Test loss and operator norm are looked at every so many epochs. */
const EVERY = 10;

/** From well below the number of samples to that number. */
const WIDTHS = 3;
const widthsOf = (samples: number): readonly number[] =>
  [samples / 8, samples / 3, samples].map((width) => Math.round(width));

const SIZES = String.raw`Printed: $N=1000$ and 500 epochs; the widths, which the text does not name, are read as $N/8$, $N/3$ and $N$. In the standard
budget $N=64$, 40 epochs; in the deep one also $N=1000$, for 40 epochs. Compared are the widest and the narrowest: at these sizes neighbours
differ by less than one draw of images and weights from the next.`;

const widths = exam({
  name: 'Figure 1',
  inside: trainingSettings,
  assuming: {},
  cases: [
    { data: 'digits', samples: 64, width: 64, epochs: 40, seed: 1 },
    { data: 'digits', samples: 64, width: 64, epochs: 40, seed: 2 },
    { data: 'digits', samples: 64, width: 64, epochs: 40, seed: 3 },
    { data: 'digits', samples: 1000, width: 1000, epochs: 40, seed: 4 },
  ],
  horizon: 1,
  run: ({ implicitTraining }, p) => {
    const records = widthsOf(p.samples).map((width) =>
      implicitTraining.descend(trainingRun(p, { gamma: GAMMA, eta: 1 / p.samples, width }, EVERY)),
    );
    return {
      loss: records.flatMap(({ loss }) => Array.from(loss)),
      unseen: records.flatMap(({ unseenLoss }) => Array.from(unseenLoss)),
      norm: records.flatMap(({ operatorNorm }) => Array.from(operatorNorm)),
    };
  },
  measure: (_R, { loss, unseen, norm }) => ({
    loss: { values: loss },
    unseen: { values: unseen },
    norm: { values: norm },
  }),
});

type Measured<N> = Measures<N, 'loss' | 'unseen' | 'norm'>;

/** The widest network ends below the narrowest. */
const widestBelow = <N>(R: Reading<N>, series: Series<N>): Finding => {
  const ends = endsOf(R, series);
  return everyRun(R, [ends[WIDTHS - 1]! < ends[0]!]);
};

const endsOf = <N>(R: Reading<N>, series: Series<N>): readonly number[] =>
  runsOf(R, series, WIDTHS).map((run) => run[run.length - 1]!);

/** γ‖A(k)‖ is within a fifth of γ at all times: ‖A‖ within a fifth of 1. */
const staysNear = <N>(R: Reading<N>, { norm }: Measured<N>): Finding =>
  everyRun(
    R,
    numbersOf(R, norm).map((x) => Math.abs(x - 1) <= 1 / 5),
  );

/** What Figure 1 plots. */
const charts = (
  { loss, unseen, norm }: Measured<number>,
  { samples }: { readonly samples: number },
): readonly Chart[] => {
  const chart = (y: string, values: ArrayLike<number>, every: number, log: boolean): Chart => ({
    x: 'epoch',
    y,
    log,
    curves: cut(values, WIDTHS).map((run, k) => ({
      name: `m = ${widthsOf(samples)[k]}`,
      x: run.map((_, t) => every * t),
      y: run,
    })),
  });
  return [
    chart('training loss', loss.values, 1, true),
    chart('test loss', unseen.values, EVERY, true),
    chart(
      'γ‖A‖',
      Array.from(norm.values, (x) => GAMMA * x),
      EVERY,
      false,
    ),
  ];
};

/** Wider networks come to a lower training loss, and ‖A‖ stays near 1. Experiment. */
export const trainingLoss = experiment(widths, {
  id: 'implicit-relu/fig1-m',
  where: 'Figure 1, Section 7.1',
  recorded: 'reproduced',
  says: String.raw`\eta=1/N,\ \gamma=0.1:\ \text{the training loss ends lower for }m=N\text{ than for }m=N/8\text{, and }\gamma\|A(k)\|\text{ stays near }\gamma`,
  note: `"Near" as: within a fifth, at all times. ${SIZES}`,
  then: (R, measures) =>
    all(part('training loss', widestBelow(R, measures.loss)), part('operator norm', staysNear(R, measures))),
  charts,
  mutants: {
    'narrow is better': (R, { loss }) => everyRun(R, [endsOf(R, loss)[0]! < endsOf(R, loss)[WIDTHS - 1]!]),
  },
});

/** Wider networks come to a lower test loss. Experiment. */
export const testLoss = experiment(widths, {
  id: 'implicit-relu/fig1-test-loss',
  where: 'Figure 1, Section 7.1',
  recorded: 'reproduced',
  says: String.raw`\eta=1/N,\ \gamma=0.1:\ \text{the test loss ends lower for }m=N\text{ than for }m=N/8`,
  note: SIZES,
  then: (R, { unseen }) => widestBelow(R, unseen),
  charts,
  mutants: {
    'narrow is better': (R, { unseen }) => everyRun(R, [endsOf(R, unseen)[0]! < endsOf(R, unseen)[WIDTHS - 1]!]),
  },
});

/** ‖A‖ stays near 1. Experiment. */
export const operatorNorm = experiment(widths, {
  id: 'implicit-relu/fig1-operator-norm',
  where: 'Figure 1, Section 7.1',
  recorded: 'reproduced',
  says: String.raw`\eta=1/N,\ \gamma=0.1:\ |\gamma\|A(k)\|-\gamma|\le\gamma/5 \text{ in every epoch, and it moves}`,
  note: `A fifth is our reading of "approximately equal to their initialization". ${SIZES}`,
  then: (R, measures) =>
    all(
      part('near', staysNear(R, measures)),
      part(
        'moves',
        everyRun(
          R,
          runsOf(R, measures.norm, WIDTHS).map((run) => run[run.length - 1] !== run[0]),
        ),
      ),
    ),
  charts,
  mutants: {
    'within a hundredth': (R, { norm }) =>
      everyRun(
        R,
        numbersOf(R, norm).map((x) => Math.abs(x - 1) <= 1 / 100),
      ),
  },
});
