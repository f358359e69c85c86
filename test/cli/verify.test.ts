import { lessThan, atMost } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { space } from '../../src/claim/space';
import { faultsOf } from '../../src/cli/verify';
import { counterexamples, digestOfCounterexample, type Counterexample } from '../../src/report/counterexample';
import { reach, temporaryPlaces } from '../report/fixtures/fixture';
import { sixteenths } from '../report/fixtures/numbers';

const places = temporaryPlaces();

/** Its left side is irrational: no exact certificate. */
const rootOfTwo = forAll(
  exam({
    name: 'test: a root',
    inside: space().with('a', sixteenths),
    assuming: { H1: { says: 'a > 0', holds: (R, { a }) => lessThan(R, 0, a) } },
    cases: [],
  }),
  {
    id: 'test/root-of-two',
    where: 'nowhere',
    says: String.raw`\sqrt2\,a \le a`,
    recorded: 'refuted',
    corrected: [],
    then: (R, _, { a }) => atMost(R, R.mul(R.sqrt(2), a), a),
  },
);

const [file] = [...counterexamples(rootOfTwo, reach(rootOfTwo), places).values()] as [Counterexample];

/** The file with something changed, signed again. */
function signed(change: Partial<Counterexample>): Counterexample {
  const changed = { ...file, ...change };
  return { ...changed, digest: digestOfCounterexample(changed) };
}

test('an enclosed counterexample is sound', () => {
  expect(file.grade).toBe('enclosed');
  expect(faultsOf(file, rootOfTwo)).toEqual([]);
});

test('a grade that was made better than it is, is found', () => {
  expect(faultsOf(signed({ grade: 'exact' }), rootOfTwo)).toEqual(['it is enclosed, the file says exact']);
});

test('a narrower or wider enclosure of the same number is consistent, one beside it is not', () => {
  const { comparison } = file;
  const beside = (lower: number, upper: number): Counterexample =>
    signed({ comparison: { ...comparison!, left: { lower, upper } } });
  const { lower } = comparison!.left;
  expect(faultsOf(beside(lower / 2, lower * 2), rootOfTwo)).toEqual([]);
  expect(faultsOf(beside(lower * 2, lower * 3), rootOfTwo)).toEqual([
    expect.stringMatching(/^the left side of the comparison is in \[/),
  ]);
});

test('another place on the path, or another relation, is found', () => {
  const elsewhere = signed({ comparison: { ...file.comparison!, at: 3 } });
  expect(faultsOf(elsewhere, rootOfTwo)).toEqual(['the comparison is "≤" at index 0, the file has "≤" at 3']);
});

test('a hypothesis that is missing from the file is found', () => {
  expect(faultsOf(signed({ hypotheses: {} }), rootOfTwo)).toEqual([
    'the file and the claim do not have the same hypotheses: H1',
  ]);
});

test('a statement that the claim no longer makes is found', () => {
  expect(faultsOf(signed({ says: 'a > 1' }), rootOfTwo)).toEqual([
    'the statement of the claim is not the one in the file',
  ]);
});
