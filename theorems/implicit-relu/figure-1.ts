/**
 * Figure 1 and Section 7.1: training for several widths, γ = 0.1, full-batch gradient descent with η = 1/N from W(0) with
 * entries N(0, 1/m), A(0) = I and b(0) = 0, on images of the digits 0 and 1, their digits the targets. The widths are not
 * printed in the text. A path holds the runs one after the other, narrowest first.
 */
import type { Chart } from '../../src/claim/chart';
import { exam, type Series } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { experiment } from '../../src/claim/forms/constructors';
import { everyRun, numbersOf, runsOf } from '../../oracles/samples';
import { chartOfRuns, curvesOf, endsOf, joinedRuns, type TrainingCurves } from '../../oracles/training-curves';
import { digitSettings, trainingRun, trainingSettings } from '../../generators/implicit-training';

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
  cases: digitSettings({ samples: 64, width: 64, epochs: 40 }, { epochs: 40 }),
  horizon: 1,
  run: ({ implicitTraining }, p) => {
    const runs = widthsOf(p.samples).map((width) => trainingRun(p, { gamma: GAMMA, eta: 1 / p.samples, width }, EVERY));
    return joinedRuns(runs.map((run) => implicitTraining.descend(run)));
  },
  measure: curvesOf,
});

/** The widest network ends below the narrowest, or below a share of it. */
const widestBelow = <N>(R: Reading<N>, series: Series<N>, share = 1): Finding => {
  const ends = endsOf(R, series, WIDTHS);
  return everyRun(R, [ends[WIDTHS - 1]! < share * ends[0]!]);
};

/** The network of the middle width ends below the widest. */
const middleBelow = <N>(R: Reading<N>, series: Series<N>): Finding => {
  const ends = endsOf(R, series, WIDTHS);
  return everyRun(R, [ends[1]! < ends[WIDTHS - 1]!]);
};

/** γ‖A(k)‖ is within a share of γ, a fifth unless told, at all times: ‖A‖ within that of 1. */
const staysNear = <N>(R: Reading<N>, { norm }: TrainingCurves<N>, share = 1 / 5): Finding =>
  everyRun(
    R,
    numbersOf(R, norm).map((x) => Math.abs(x - 1) <= share),
  );

/** What Figure 1 plots. */
const charts = (
  { loss, unseen, norm }: TrainingCurves<number>,
  { samples }: { readonly samples: number },
): readonly Chart[] => {
  const names = widthsOf(samples).map((width) => `m = ${width}`);
  const scaled = Array.from(norm.values, (x) => GAMMA * x);
  return [
    chartOfRuns('training loss', loss.values, names, { log: true }),
    chartOfRuns('test loss', unseen.values, names, { every: EVERY, log: true }),
    chartOfRuns('γ‖A‖', scaled, names, { every: EVERY, log: false }),
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
    'the middle width ends below the widest': (R, { loss }) => middleBelow(R, loss),
    'ends a tenth as high': (R, { loss }) => widestBelow(R, loss, 1 / 10),
    '‖A‖ within a hundredth': (R, measures) => staysNear(R, measures, 1 / 100),
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
    'ends a tenth as high': (R, { unseen }) => widestBelow(R, unseen, 1 / 10),
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
    'within a hundredth': (R, measures) => staysNear(R, measures, 1 / 100),
  },
});
