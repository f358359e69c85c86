/** The charts that a claim asks for, on the first of its exam's cases. */
import type { Examiner } from '../claim/assess';
import type { Chart, Curve } from '../claim/chart';
import type { Claim, Instance } from '../claim/exam';
import { observe } from '../claim/judge';
import type { VerdictRecord } from '../claim/record';
import { withinSeconds } from '../claim/time-limit';
import type { Figure, Panel, Series } from './plot/figure';
import { shortInstanceText } from './text';

/** Empty for a claim without charts, and for one whose verdict ended in an error or with a solver that gave no answer. */
export function chartFigures(claim: Claim, record: VerdictRecord, examiner: Examiner): readonly Figure[] {
  const { charts, exam } = claim;
  const [first] = exam.cases as readonly Instance[];
  const failed = record.problems.some(({ kind }) => ['error', 'endless', 'solver wrong'].includes(kind));
  if (!charts || !first || failed) return [];
  const panels = withinSeconds(examiner.budget.seconds, () => {
    const seen = observe(exam, examiner.solvers, first);
    return charts(seen.measures, seen.instance).map(panelOf);
  });
  return [{ title: `${claim.id}, ${record.verdict} (${shortInstanceText(first)})`, panels }];
}

function panelOf({ title, x, y, log, curves, marks = [] }: Chart): Panel {
  return {
    ...(title === undefined ? {} : { title }),
    x: { label: x },
    y: { label: y, scale: log === true ? 'log' : 'linear' },
    series: curves.flatMap(seriesOf),
    marks: marks.map((mark) => ({ on: 'x', ...mark })),
  };
}

function seriesOf({ name, x, y, spread, dashed }: Curve): readonly Series[] {
  const line: Series = { kind: 'line', name, x, y, dashed: dashed === true };
  if (!spread) return [line];
  const [low, high] = [-1, 1].map((sign) => Array.from(y, (value, k) => value + sign * spread[k]!));
  return [{ kind: 'band', name, x, y: low!, y2: high! }, line];
}
