/** Claims about matrices through the whole engine: drawn by their spectrum, attacked, refuted small, upheld with teeth. */
import { coarse, counts, logUniform, uniform } from '../../generators/coordinates';
import { matrix, symmetricPositiveDefinite, vector } from '../../generators/matrices';
import { withSingularValues } from '../../generators/spectra';
import { operatorNormAtMost, positiveDefinite, symmetric } from '../../oracles/matrices';
import { larger } from '../../oracles/series';
import { assess } from '../../src/claim/assess';
import { BUDGETS } from '../../src/claim/budget';
import { exam } from '../../src/claim/exam';
import { space } from '../../src/claim/space';
import { matMul } from '../../src/numerics/matrix';
import { claimOn, examinerOf, timeless } from '../support/toys';

const examiner = examinerOf({ budget: BUDGETS.quick });

const bySpectrum = exam({
  name: 'toy: a matrix with given singular values',
  inside: space()
    .with('h', counts(1, 3))
    .with('d', counts(1, 3))
    .with('s', vector(3, { entry: coarse(logUniform(1 / 8, 8)), most: 3 }))
    .with('A', (_, { s }) => withSingularValues('h', 'd', { values: s, most: [3, 3] })),
  assuming: {},
  cases: [],
});

test('the norm of a matrix is at most its largest singular value: upheld, and attained where that is among the first', () => {
  const claim = claimOn(bySpectrum, {
    tight: true,
    then: (R, _, { s, A }) =>
      operatorNormAtMost(
        R,
        A,
        s.reduce((a, b) => larger(R, a, b)),
      ),
    mutants: { 'the first singular value': (R, _, { s, A }) => operatorNormAtMost(R, A, s[0]!) },
  });
  const record = assess(claim, examiner);
  expect(record).toMatchObject({ verdict: 'upheld', problems: [], comparisons: { breaks: 0 } });
  expect(record.tightest!.sample.violation).toBe(0);
  expect(record.teeth.caught).toEqual(
    expect.arrayContaining(['statement: the first singular value', 'statement: bounds 5 % tighter']),
  );
  expect(timeless(assess(claim, examiner))).toBe(timeless(record));
});

const twoMatrices = exam({
  name: 'toy: a definite matrix and a symmetric one',
  inside: space()
    .with('d', counts(1, 3))
    .with('S', symmetricPositiveDefinite('d', { entry: uniform(-2, 2), floor: '1/8', most: 3 }))
    .with('M', matrix('d', 'd', { entry: uniform(-2, 2), most: [3, 3] })),
  assuming: {
    H1: { says: String.raw`S = S^\top`, holds: (R, { S }) => symmetric(R, S) },
    H2: { says: String.raw`S \succ 0`, holds: (R, { S }) => positiveDefinite(R, S) },
  },
  cases: [{ d: 2, S: [[1, '1/3'], ['1/3', 1]], M: [[1, 0], [0, 1]] }], // prettier-ignore
});

test('a definite matrix times another is symmetric: refuted, exactly, by two by two matrices that meet the hypotheses', () => {
  const claim = claimOn(twoMatrices, {
    recorded: 'refuted',
    then: (R, _, { S, M }) => symmetric(R, matMul(R, S, M)),
  });
  const { verdict, problems, simplest, hypotheses } = assess(claim, examiner);
  expect({ verdict, problems, grade: simplest?.grade }).toEqual({ verdict: 'refuted', problems: [], grade: 'exact' });
  expect(simplest!.instance).toMatchObject({ d: 2, S: [[1, 0], [0, 1]] }); // prettier-ignore
  expect(simplest!.hypotheses['H2']).toMatchObject({ relation: '<' });
  expect([hypotheses['H1']!.met, hypotheses['H2']!.met]).toEqual([BUDGETS.quick.draws, BUDGETS.quick.draws]);
});
