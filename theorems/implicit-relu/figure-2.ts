/**
 * Figure 2, Table 1 and Section 7.2: training for γ = 0.1, 0.3, 0.5 and 0.8, full-batch gradient descent from W(0) with
 * entries N(0, 1/m), A(0) = I and b(0) = 0, on images of the digits 0 and 1. The targets are not printed; they are read as
 * the digits, 0 and 1. A path holds the four runs one after the other, an epoch a number.
 */
import type { Chart } from '../../src/claim/chart';
import { exam, type Series } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { experiment } from '../../src/claim/forms/constructors';
import { cut, everyRun, runsOf } from '../../oracles/samples';
import {
  chartOfRuns,
  curvesOf,
  endsOf,
  falling,
  fallingTo,
  joinedRuns,
  type TrainingCurves,
} from '../../oracles/training-curves';
import {
  digitSettings,
  trainingRun,
  trainingSettings,
  type TrainingSettings,
} from '../../generators/implicit-training';

const GAMMAS = [0.1, 0.3, 0.5, 0.8];

/** Test loss and operator norm are looked at every so many epochs. */
const EVERY = 5;

/** What Table 1 says. */
const TABLE = [6, 9, 15, 47.5];

/** What is said of sizes in each card. */
const SIZES = String.raw`Printed: $N=m=1000$ and 500 epochs. In the standard budget $N=100$, $m=32$, 20 epochs; in the deep one also $N=m=1000$, for 15 epochs.`;
const SMALL_SIZES = String.raw`In the standard budget $N=60$, $m=24$, 40 epochs; in the deep one also $N=m=1000$, for 12 epochs.`;

/** The four runs with a step size of `steps`/N. */
const trainedWith = (name: string, steps: number, cases: readonly TrainingSettings[]) =>
  exam({
    name,
    inside: trainingSettings,
    assuming: {},
    cases,
    horizon: 1,
    run: ({ implicitTraining }, p) => {
      const runs = GAMMAS.map((gamma) => trainingRun(p, { gamma, eta: steps / p.samples, width: p.width }, EVERY));
      return joinedRuns(runs.map((run) => implicitTraining.descend(run)));
    },
    measure: curvesOf,
  });

const printed = trainedWith(
  'Figure 2 and Table 1',
  1,
  digitSettings({ samples: 100, width: 32, epochs: 20 }, { epochs: 15 }),
);

const last = <T>(values: readonly T[]): T => values[values.length - 1]!;
const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const NAMES = GAMMAS.map((gamma) => `γ = ${gamma}`);

const chart = (y: string, { values }: Series<number>, every = 1): Chart =>
  chartOfRuns(y, values, NAMES, { every, log: true });

/** What Figure 2 plots; its operator norm is γ‖A‖. */
const charts = ({ loss, unseen, norm }: TrainingCurves<number>): readonly Chart[] => {
  const scaled = cut(norm.values, GAMMAS.length).flatMap((run, k) => run.map((x) => GAMMAS[k]! * x));
  return [chart('training loss', loss), chart('test loss', unseen, EVERY), chart('γ‖A‖', { values: scaled }, EVERY)];
};

/** The last number of each run. */
const ends = <N>(R: Reading<N>, series: Series<N>): readonly number[] => endsOf(R, series, GAMMAS.length);

/** Whether each number is below half of the one before. */
const halving = (values: readonly number[]): readonly boolean[] => fallingTo(1 / 2, values);

const lowerTraining = <N>(R: Reading<N>, { loss }: TrainingCurves<N>): Finding => everyRun(R, falling(ends(R, loss)));

const lowerTest = <N>(R: Reading<N>, { unseen }: TrainingCurves<N>): Finding => everyRun(R, falling(ends(R, unseen)));

const everyEpoch = <N>(R: Reading<N>, { loss }: TrainingCurves<N>): Finding =>
  everyRun(R, runsOf(R, loss, GAMMAS.length).flatMap(falling));

/** A larger γ comes to a lower training loss. Experiment. */
export const trainingLoss = experiment(printed, {
  id: 'implicit-relu/fig2-gamma',
  where: 'Figure 2, Section 7.2',
  recorded: 'not reproduced',
  corrected: ['implicit-relu/fig2-gamma-small-step'],
  says: String.raw`\eta=1/N:\ \text{the training loss in the end falls from each }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}\text{ to the next}`,
  note: String.raw`${SIZES} With $A(0)=I$ the outputs start as $\Phi/(1-\gamma)$, and unit rows have $\|\Phi\|^2$ near $0.4N$: for $\gamma=0.8$ the
first step is some five times longer than the $2/\|Z\|^2$ that the output layer bears. The loss then explodes, or the units die and it stays
where it was. For $\gamma=0.5$ the step is at the edge: the loss rises every few epochs.`,
  then: lowerTraining,
  charts,
});

/** A larger γ comes to a lower test loss. Experiment. */
export const testLoss = experiment(printed, {
  id: 'implicit-relu/fig2-test-loss',
  where: 'Figure 2, Section 7.2',
  recorded: 'not reproduced',
  corrected: ['implicit-relu/fig2-test-loss-small-step'],
  says: String.raw`\eta=1/N:\ \text{the test loss in the end falls from each }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}\text{ to the next}`,
  note: String.raw`${SIZES} As the training loss: the run for $\gamma=0.8$ is lost in its first epochs.`,
  then: lowerTest,
  charts,
});

/** The loss falls from epoch to epoch with the step size of the setups. Experiment. */
export const descent = experiment(printed, {
  id: 'implicit-relu/sec7-consistent-descent',
  where: 'Section 7, experimental setups',
  recorded: 'not reproduced',
  corrected: ['implicit-relu/sec7-consistent-descent-small-step', 'implicit-relu/fig3-eta'],
  says: String.raw`\eta=1/N \text{ lets the training loss fall in every epoch, for }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}`,
  note: String.raw`${SIZES} It does for $\gamma=0.1$ (fig3-eta); for $\gamma=0.8$ it rises in the first epoch already. "By Theorem 4.4" as the paper has it would
need (17)–(19), which this start does not meet, and a step far below $1/N$ (step-size-tight).`,
  then: everyEpoch,
  charts,
});

/**
 * What the counts of Table 1 are at another number of samples. Near the start Z^{l+1} − Z^l = γ^lΦ, and ‖Φ‖_F² is near N/2, so that
 * the count is log(‖Φ‖_F/tolerance)/log(1/γ) and falls by log(1000/N)/(2 log(1/γ)).
 */
const tableAt = (samples: number): readonly number[] =>
  TABLE.map((count, k) => count - Math.log(1000 / samples) / (2 * Math.log(1 / GAMMAS[k]!)));

/** One for whether Φ is counted as an iteration, a tenth for the draw of images and weights. */
const near = (counts: readonly number[], samples: number): readonly boolean[] =>
  tableAt(samples).map((count, k) => Math.abs(counts[k]! - count) <= 1 + TABLE[k]! / 10);

/** The four means are those of the table. */
const asInTable = <N>(
  R: Reading<N>,
  { iterations }: TrainingCurves<N>,
  { samples }: { readonly samples: number },
): Finding => everyRun(R, near(runsOf(R, iterations, GAMMAS.length).map(mean), samples));

const counted = ({ iterations }: TrainingCurves<number>): readonly Chart[] => [chart('forward iterations', iterations)];

const COUNTS = String.raw`Compared are means over the epochs. Reproduced is a mean that is off by at most 1, for whether $Z^1=\Phi$ counts, and a
tenth, for the draw of images and weights: a norm $\gamma\|A\|$ that is off by one part in a hundred moves $\log(1/\gamma\|A\|)$ by up to a tenth. With
fewer samples than 1000 the printed counts are lowered by $\log(1000/N)/(2\log(1/\gamma))$: the first steps are $\gamma^\ell\Phi$ and $\|\Phi\|_F^2$ is near $N/2$. The
norm of the stopping rule is read as Frobenius.`;

/** The mean counts of Table 1. Experiment. */
export const table = experiment(printed, {
  id: 'implicit-relu/table-1',
  where: 'Table 1',
  recorded: 'not reproduced',
  corrected: ['implicit-relu/table-1-first-three'],
  says: String.raw`\eta=1/N:\ 6,\ 9,\ 15,\ 47.5 \text{ iterations on average for }\gamma=0.1,\,0.3,\,0.5,\,0.8`,
  note: String.raw`${COUNTS} ${SIZES} For $\gamma=0.8$ training is lost in its first epochs: where the loss explodes the forward iteration does not end, and where the units die it
ends early. With steps that are short enough the count is 36 at the start for the printed sizes, and grows for as long as $\gamma\|A\|$ does:
its mean says how long was trained.`,
  then: asInTable,
  charts: counted,
});

/** The first three mean counts of Table 1. Experiment. */
export const tableOfThree = experiment(printed, {
  id: 'implicit-relu/table-1-first-three',
  where: 'corrects Table 1',
  recorded: 'reproduced',
  says: String.raw`\eta=1/N:\ 6,\ 9,\ 15 \text{ iterations on average for }\gamma=0.1,\,0.3,\,0.5`,
  note: `${COUNTS} ${SIZES}`,
  then: (R, { iterations }, { samples }) =>
    everyRun(R, near(runsOf(R, iterations, GAMMAS.length).map(mean), samples).slice(0, 3)),
  charts: counted,
  mutants: {
    'half as many again': (R, { iterations }, { samples }) => {
      const counts = runsOf(R, iterations, GAMMAS.length).map((run) => 1.5 * mean(run));
      return everyRun(R, near(counts, samples).slice(0, 3));
    },
  },
});

/** A fiftieth of the printed step: all four values of γ bear it. */
const smallSteps = trainedWith(
  'Figure 2 and Table 1, small steps',
  1 / 50,
  digitSettings({ samples: 60, width: 24, epochs: 40 }, { epochs: 12 }),
);

const SMALL = String.raw`The printed settings but for the step size. With $\gamma=0.8$ the norm $\gamma\|A\|$ comes near $0.9$, and the output layer bears
$2(1-0.9)^2/\|\Phi\|^2$, with $\|\Phi\|^2$ up to $N/2$: that is $1/(25N)$. It goes on growing: after some hundred epochs, at 0.95, this step is too long as well.`;

/** With small steps a larger γ comes to a lower training loss. Experiment. */
export const trainingLossSmall = experiment(smallSteps, {
  id: 'implicit-relu/fig2-gamma-small-step',
  where: 'corrects Figure 2',
  recorded: 'reproduced',
  says: String.raw`\eta=1/(50N):\ \text{after the first epochs the training loss falls from each }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}\text{ to the next}`,
  note: `${SMALL} ${SMALL_SIZES}`,
  then: lowerTraining,
  charts,
  mutants: { 'to half from each γ to the next': (R, { loss }) => everyRun(R, halving(ends(R, loss))) },
});

/** With small steps a larger γ comes to a lower test loss. Experiment. */
export const testLossSmall = experiment(smallSteps, {
  id: 'implicit-relu/fig2-test-loss-small-step',
  where: 'corrects Figure 2',
  recorded: 'reproduced',
  says: String.raw`\eta=1/(50N):\ \text{after the first epochs the test loss falls from each }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}\text{ to the next}`,
  note: SMALL_SIZES,
  then: lowerTest,
  charts,
  mutants: { 'to half from each γ to the next': (R, { unseen }) => everyRun(R, halving(ends(R, unseen))) },
});

/** With small steps the loss falls from epoch to epoch. Experiment. */
export const descentSmall = experiment(smallSteps, {
  id: 'implicit-relu/sec7-consistent-descent-small-step',
  where: 'corrects Section 7, experimental setups',
  recorded: 'reproduced',
  says: String.raw`\eta=1/(50N) \text{ lets the training loss fall in each of the first epochs, for }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}`,
  note: SMALL_SIZES,
  then: everyEpoch,
  charts,
  mutants: {
    'by a tenth in every epoch': (R, { loss }) =>
      everyRun(
        R,
        runsOf(R, loss, GAMMAS.length).flatMap((run) => fallingTo(9 / 10, run)),
      ),
  },
});

/** A larger γ takes more iterations. Experiment. */
export const increasing = experiment(smallSteps, {
  id: 'implicit-relu/table-1-increasing',
  where: 'Table 1, Section 7.2',
  recorded: 'reproduced',
  says: String.raw`\text{the mean number of forward iterations grows from each }\gamma\in\{0.1,\,0.3,\,0.5,\,0.8\}\text{ to the next}`,
  note: `At a step size at which all four train, 1/(50N): where the units die, as with γ = 0.8 and the printed step they may, few iterations are needed. ${SMALL_SIZES}`,
  then: (R, { iterations }) => everyRun(R, falling(runsOf(R, iterations, GAMMAS.length).map((run) => -mean(run)))),
  charts: counted,
  toothless: 'before anything is learnt the counts are those of A = I already, which no fault of training changes',
  mutants: {
    'twice as many from each γ to the next': (R, { iterations }) =>
      everyRun(R, halving(runsOf(R, iterations, GAMMAS.length).map(mean).reverse())),
  },
});

/** The number of iterations grows as γ‖A‖ does. Experiment. */
export const growing = experiment(smallSteps, {
  id: 'implicit-relu/sec7.2-iterations-grow',
  where: 'Section 7.2',
  recorded: 'reproduced',
  says: String.raw`\text{the forward iteration takes no fewer iterations in the end for any }\gamma\text{; for }0.8\text{ it takes more, and }\gamma\|A(k)\|\text{ is larger}`,
  note: `Whole iterations hide a small growth of γ‖A‖: with γ = 0.1 nothing can be seen. At the step size 1/(50N). ${SMALL_SIZES}`,
  then: (R, { iterations, norm }) => {
    const counts = runsOf(R, iterations, GAMMAS.length);
    const norms = runsOf(R, norm, GAMMAS.length);
    return all(
      part('norm grows', everyRun(R, [last(last(norms)) > last(norms)[0]!])),
      part(
        'no fewer iterations',
        everyRun(
          R,
          counts.map((run) => last(run) >= run[0]!),
        ),
      ),
      part('more iterations', everyRun(R, [last(last(counts)) > last(counts)[0]!])),
    );
  },
  charts: counted,
  mutants: {
    'more iterations for every γ': (R, { iterations }) =>
      everyRun(
        R,
        runsOf(R, iterations, GAMMAS.length).map((run) => last(run) > run[0]!),
      ),
  },
});
