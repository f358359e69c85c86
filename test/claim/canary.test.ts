import { assess } from '../../src/claim/assess';
import { CanaryError, checkCanary, falseTheorem, type Assess } from '../../src/claim/canary';
import type { VerdictRecord } from '../../src/claim/record';

/** The engine with its record changed. */
const tampered =
  (change: (record: VerdictRecord) => Partial<VerdictRecord>): Assess =>
  (claim, examiner) => {
    const record = assess(claim, examiner);
    return { ...record, ...change(record) };
  };

test('a sound engine passes its canary', () => {
  expect(() => checkCanary()).not.toThrow();
});

test('the false theorem is refuted by numbers that a person can check', () => {
  let record: VerdictRecord | undefined;
  checkCanary((claim, examiner) => {
    const reached = assess(claim, examiner);
    if (claim === falseTheorem) record = reached;
    return reached;
  });
  expect(record?.simplest).toMatchObject({ grade: 'exact', instance: { a: 1, b: 1 } });
});

test('an engine that upholds everything fails its canary', () => {
  expect(() => checkCanary(tampered(() => ({ verdict: 'upheld' })))).toThrow(CanaryError);
});

test('an engine that refutes everything fails its canary', () => {
  expect(() => checkCanary(tampered(() => ({ verdict: 'refuted' })))).toThrow('2ab ≤ a² + b²');
});

test('an engine that decides nothing fails its canary', () => {
  expect(() => checkCanary(tampered(() => ({ verdict: 'undecided' })))).toThrow(/got: undecided/);
});

test('an engine that refutes without an exact certificate fails its canary', () => {
  const blurred = tampered(({ simplest }) => (simplest ? { simplest: { ...simplest, grade: 'enclosed' } } : {}));
  expect(() => checkCanary(blurred)).toThrow(/should be refuted \(exact\)/);
});

test('an engine without teeth fails its canary', () => {
  expect(() => checkCanary(tampered(() => ({ teeth: { caught: [], missed: [] } })))).toThrow(/made tighter/);
});

test('an engine that finds problems where there are none fails its canary', () => {
  const anxious = tampered(() => ({ problems: [{ kind: 'vacuous', message: 'nothing was drawn' }] }));
  expect(() => checkCanary(anxious)).toThrow(/nothing was drawn/);
});
