/** Whether the engine tells a hypothesis that a claim needs from one that it does not. */
import { assess } from '../../src/claim/assess';
import { BUDGETS } from '../../src/claim/budget';
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { space } from '../../src/claim/space';
import { below, signedLogUniform, uniform } from '../../generators/coordinates';
import { referenceSolvers } from '../../src/solvers/reference';

const examiner = { solvers: referenceSolvers, replaced: [], faults: [], budget: BUDGETS.quick, seed: 1 };

/** Bernoulli's inequality for a cube, x ≥ −1, drawn with a second hypothesis that it does not need. */
const bernoulli = exam({
  name: 'Bernoulli with a hypothesis too many',
  inside: space().with('x', uniform(-1, 2)).with('y', below(1)),
  around: space()
    .with('x', uniform(-8, 2))
    .with('y', signedLogUniform(1 / 8, 8)),
  assuming: {
    H1: { says: String.raw`x \ge -1`, holds: (R, { x }) => atMost(R, -1, x) },
    H2: { says: 'y < 1', holds: (R, { y }) => lessThan(R, y, 1) },
    H3: { says: '0 < 1 + y^2', holds: (R, { y }) => lessThan(R, 0, R.add(1, R.mul(y, y))) },
  },
  cases: [{ x: 0, y: '1/2' }],
});

const claim = forAll(bernoulli, {
  id: 'test/bernoulli',
  where: 'nowhere',
  recorded: 'upheld',
  says: String.raw`1+3x \le (1+x)^3`,
  then: (R, _none, { x }) => atMost(R, R.add(1, R.mul(3, x)), R.power(R.add(1, x), 3)),
  mutants: { '1 + 4x': (R, _none, { x }) => atMost(R, R.add(1, R.mul(4, x)), R.power(R.add(1, x), 3)) },
});

describe('hypotheses', () => {
  const { hypotheses, verdict } = assess(claim, examiner);

  test('that the claim needs come with a witness that meets all the others', () => {
    expect(verdict).toBe('upheld');
    const { status, witness } = hypotheses['H1']!.needed!;
    expect(status).toBe('needed');
    expect(Number(witness!.instance['x'])).toBeLessThan(-3);
    expect(Number(witness!.instance['y'])).toBeLessThan(1);
    expect(witness!.sample.violation).toBeGreaterThan(0);
  });

  test('that it does not need are reported as without a witness, with how many were tried', () => {
    const { status, tried, witness } = hypotheses['H2']!.needed!;
    expect([status, witness]).toEqual(['no witness found', undefined]);
    expect(tried).toBeGreaterThan(0);
  });

  test('that no instance can fail are not tried', () => {
    expect(hypotheses['H3']!.needed).toEqual({ status: 'not tried', tried: 0 });
  });

  test('are not asked about where the exam has no wider space', () => {
    const { name, inside, assuming, cases } = bernoulli;
    const narrow = exam({ name: `${name}, no wider space`, inside, assuming, cases });
    const record = assess({ ...claim, exam: narrow as never }, examiner);
    expect(record.verdict).toBe('upheld');
    expect(record.hypotheses['H1']!.needed).toBeUndefined();
  });
});
