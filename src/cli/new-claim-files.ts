/** What `npm run new` writes: a theorem file with every block there is to fill in, which runs as it is. */

/** The file of a claim. The toy in it is recorded as upheld and is false, so that its test is red until it is replaced. */
export function theoremFile(paper: string, name: string): string {
  return `/**
 * What these claims are about, and where in the paper they stand. The one below is a toy, and false: replace it block by
 * block. What the blocks mean: "Add a claim" in README.md, and the docstrings of src/claim/exam.ts.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { space } from '../../src/claim/space';
import { logUniform } from '../../generators/coordinates';

/** The instances, which several claims may share. Claims about an algorithm add \`run\`, \`defined\` and \`measure\`. */
const instances = exam({
  /** Unique: the random stream is named after it. */
  name: '${paper}/${name}: two positive numbers',
  /** What is drawn: generators/ has spaces. Nearly every draw should meet the hypotheses. */
  inside: space()
    .with('a', logUniform(1 / 64, 64))
    .with('b', logUniform(1 / 64, 64)),
  /** The hypotheses, each in LaTeX and as a comparison. */
  assuming: {
    H1: { says: 'a > 0', holds: (R, { a }) => lessThan(R, 0, a) },
    H2: { says: 'b > 0', holds: (R, { b }) => lessThan(R, 0, b) },
  },
  /** Instances to look at first, as exact numbers: limits, the paper's own examples. */
  cases: [{ a: 2, b: '1/3' }],
});

/** The square of a sum is at most the sum of the squares. For all. */
export const theorem = forAll(instances, {
  id: '${paper}/${name}',
  /** The place in the paper. */
  where: 'Theorem 1',
  /** The verdict you expect. Where it is 'refuted', name what does hold: corrected: ['${paper}/…']. */
  recorded: 'upheld',
  /** The statement in LaTeX, in your own words. */
  says: String.raw\`(a+b)^2 \\le a^2+b^2\`,
  /** How an unclear print was read, what is known around it. Leave it out where there is nothing to say. */
  note: 'A toy: it forgets the mixed term $2ab$.',
  /** The conclusion, over whatever numbers R calculates with. oracles/ has words for paths. */
  then: (R, _path, { a, b }) => atMost(R, R.power(R.add(a, b), 2), R.add(R.mul(a, a), R.mul(b, b))),
  /** False statements next to it; an upheld claim must see at least one of them break. */
  mutants: {
    'half the right side': (R, _path, { a, b }) =>
      atMost(R, R.power(R.add(a, b), 2), R.div(R.add(R.mul(a, a), R.mul(b, b)), 2)),
  },
});
`;
}

/** The description of a paper. */
export function paperFile(paper: string): string {
  return `/** The paper whose statements the files of this folder put to the test. */
export const paper = {
  title: 'The title of ${paper}',
  citation: 'Its authors, where it appeared, and when.',
};
`;
}
