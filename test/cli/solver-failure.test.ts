import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assess } from '../../src/claim/assess';
import { BUDGETS } from '../../src/claim/budget';
import { main } from '../../src/cli/main';
import { examinerFor } from '../../src/examiner';
import { explanation } from '../../src/report/explain';
import { counterexampleFile } from '../../src/report/places';
import { writeCounterexamples } from '../../src/report/write';
import { temporaryPlaces } from '../report/fixtures/fixture';
import { theorem22 } from '../../theorems/fa-deep-linear/midpoint';

/** A midpoint scheme that moves the second layer away from where it should go. */
const WRONG = `exports.scalarFA = {
  midpoint({ lambda, d, eta, steps, w1, w2 }) {
    const path = { w1: [w1], w2: [w2] };
    for (let t = 0; t < steps; t++) {
      const error = lambda - w2 * w1;
      const next = w1 + eta * d * error;
      w2 -= eta * error * (next + w1) / 2;
      w1 = next;
      path.w1.push(Math.max(-1e6, Math.min(1e6, w1)));
      path.w2.push(Math.max(-1e6, Math.min(1e6, w2)));
    }
    return path;
  },
};`;

const places = temporaryPlaces(resolve(__dirname, '..', '..'));
const solver = join(places.reports, 'wrong.cjs');
const path = counterexampleFile(places, theorem22.id, 'solver');

function run(command: string, environment: Readonly<Record<string, string>> = {}): { status: number; text: string } {
  const lines: string[] = [];
  const say = (line: string): number => lines.push(line);
  return { status: main([command, path], { places, environment, say }, say), text: lines.join('\n') };
}

beforeAll(() => writeFileSync(solver, WRONG));

test('a wrong solver is named, not the theorem, and the failure is written down', () => {
  const record = assess(theorem22, examinerFor({ budget: BUDGETS.quick, seed: 1, solver }, places.root));
  expect(record).toMatchObject({ verdict: 'undecided', solver: 'given', problems: [{ kind: 'solver wrong' }] });
  expect(explanation(record, places).join('\n')).toContain('THE SOLVER IS WRONG, not the theorem');
  expect(writeCounterexamples(theorem22, record, places).map((file) => file.path)).toEqual([path]);
});

test("the definition verifies the theorem's side of a solver's failure", () => {
  expect(run('verify')).toMatchObject({
    status: 0,
    text: expect.stringContaining('the definition keeps the conclusion'),
  });
});

test('the failure is there on replay with that solver, and gone with another', () => {
  expect(run('replay', { ASSAY_SOLVER: solver })).toMatchObject({
    status: 1,
    text: expect.stringMatching(/THE SOLVER IS WRONG, not the theorem[^]*the failure is there/),
  });
  expect(run('replay')).toMatchObject({ status: 0, text: expect.stringContaining('the failure is not there') });
});
