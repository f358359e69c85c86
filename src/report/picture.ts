import type { Examiner } from '../claim/assess';
import type { Claim } from '../claim/exam';
import type { VerdictRecord } from '../claim/record';
import type { Seen } from '../claim/watch';
import { chanceFigures } from './chance-figures';
import { chartFigures } from './chart-figures';
import { pathFigures } from './path-figures';
import { svg } from './plot/svg';
import { spaceFigures } from './space-figures';

/**
 * The picture of a claim as SVG: the charts that it asks for, the two sides of its comparisons along the path, where it has one, the
 * evidence along its tests, where it is of chance, and where in
 * parameter space it holds and breaks, from all that was `seen` while it was assessed. `undefined` where there is
 * neither. An experiment with charts of its own has those alone. What the definition or a solver throws while a path is followed again is said in the picture.
 */
export function claimPicture(
  claim: Claim,
  record: VerdictRecord,
  seen: readonly Seen[],
  examiner: Examiner,
): string | undefined {
  const charts = chartFigures(claim, record, examiner);
  const whole = claim.form === 'experiment' && charts.length > 0;
  const figures = whole
    ? charts
    : [
        ...charts,
        ...(claim.form === 'chance' ? chanceFigures(claim, record, seen) : pathFigures(claim, record, seen, examiner)),
        ...spaceFigures(claim, record, seen),
      ];
  return figures.length === 0 ? undefined : svg(...figures);
}
