import { rmSync, writeFileSync } from 'node:fs';
import type { Claim } from '../../src/claim/exam';
import type { VerdictRecord } from '../../src/claim/record';
import { main } from '../../src/cli/main';
import { teethReport } from '../../src/cli/teeth';
import { verdictsFile } from '../../src/report/places';
import { merged, writeVerdicts } from '../../src/report/verdicts';
import { FAULTS } from '../../src/solvers/faults';
import { reach, temporaryPlaces } from '../report/fixtures/fixture';
import * as green from '../report/fixtures/green/theorems/fixture/squares';

const settings = { budget: 'standard', seed: 1, solver: 'reference' } as const;
const upheld = reach(green.twiceProduct);
const refuted = reach(green.sumOfSquares);

/** A claim that looks at a solver, and the record of it. */
const claim = (id: string, more: Partial<Claim> = {}): Claim =>
  ({ ...green.twiceProduct, id, exam: { ...green.twiceProduct.exam, run: () => ({}) }, ...more }) as Claim;
const record = (id: string, caught: readonly string[], missed: readonly string[] = []): VerdictRecord => ({
  ...upheld,
  id,
  teeth: { caught, missed },
});

describe('what the last run would have seen', () => {
  const a = record(
    'toy/a',
    ['s.f: one', 's.f: two', 'statement: mine', 'statement: bounds 5 % tighter'],
    ['statement: other'],
  );
  const b = record('toy/b', ['s.f: one'], ['s.f: two', 'statement: identities off by one part in a million']);
  const claims = [claim('toy/a'), claim('toy/b')];
  const faults = ['s.f: one', 's.f: two'];

  test('names the claims that catch a fault, and those that look at the solver without catching it', () => {
    const { lines, problems } = teethReport([b, a], claims, faults);
    const from = lines.indexOf('s.f: one');
    expect(lines.slice(from, from + 6)).toEqual([
      's.f: one',
      '  caught by 2: toy/a, toy/b',
      '',
      's.f: two',
      '  caught by 1: toy/a',
      '  looked at and not caught by 1: toy/b',
    ]);
    expect(problems).toEqual([]);
  });

  test('counts faults, mutants and strains claim by claim', () => {
    const { lines } = teethReport([b, a], claims, faults);
    const from = lines.findIndex((line) => line.startsWith('claim '));
    expect(lines.slice(from, from + 3)).toEqual([
      'claim  solver faults  mutants  strains',
      'toy/a  2 of 2         1 of 2   1 of 1',
      'toy/b  1 of 2                  0 of 1',
    ]);
  });

  test('is the same whatever the order of the records', () => {
    expect(teethReport([a, b], claims, faults)).toEqual(teethReport([b, a], [...claims].reverse(), faults));
  });

  test('finds the fault that every claim misses, and the one that none looks at', () => {
    const { lines, problems } = teethReport([a, b], claims, [...faults, 's.g: three']);
    expect(lines).toContain('  caught by none');
    expect(problems).toEqual(['caught by no claim: s.g: three']);
    expect(teethReport([b], [claim('toy/b')], faults).problems).toEqual(['caught by no claim: s.f: two']);
  });

  test('does not let a claim that is refuted or undecided answer for a fault, and lists it apart', () => {
    const others = [
      { ...record('toy/c', ['s.g: three']), verdict: 'refuted' as const },
      { ...record('toy/d', ['s.g: three']), verdict: 'undecided' as const },
    ];
    const all = [...claims, claim('toy/c'), claim('toy/d')];
    const { lines, problems } = teethReport([a, b, ...others], all, [...faults, 's.g: three']);
    expect(problems).toEqual(['caught by no claim: s.g: three']);
    expect(lines).toEqual(expect.arrayContaining(['  refuted (1): toy/c', '  undecided (1): toy/d']));
    expect(lines.filter((line) => line.startsWith('toy/'))).toHaveLength(2);
  });

  test('asks an experiment that is reproduced, and not one that is not', () => {
    const c = { ...record('toy/c', ['s.g: three'], ['s.f: one']), verdict: 'reproduced' as const };
    const all = [...claims, claim('toy/c', { form: 'experiment' })];
    expect(teethReport([a, b, c], all, [...faults, 's.g: three']).problems).toEqual([]);
    const missed = teethReport([a, b, { ...c, verdict: 'not reproduced' as const }], all, [...faults, 's.g: three']);
    expect(missed.problems).toEqual(['caught by no claim: s.g: three']);
    expect(missed.lines).toContain('  not reproduced (1): toy/c');
  });

  test('a claim about a solver that catches mutants only is toothless, whatever it misses', () => {
    const mutantsOnly = record('toy/b', ['statement: mine'], ['s.f: one']);
    const { lines, problems } = teethReport([a, mutantsOnly], claims, faults);
    expect(problems).toEqual(['toothless, and its card does not say why: toy/b']);
    expect(lines).toContain('  toy/b: unexplained');
  });

  test('a claim whose card explains why it is toothless is listed with the explanation, and nothing is wrong', () => {
    const explained = claim('toy/b', { toothless: 'says nothing\n  about the solver' });
    const { lines, problems } = teethReport([a, record('toy/b', [], ['s.f: one'])], [claims[0]!, explained], faults);
    expect(problems).toEqual([]);
    expect(lines).toContain('  toy/b: explained: says nothing about the solver');
    expect(lines.at(-1)).toBe('2 faults: 2 caught, 0 not; 2 claims: 1 toothless, 0 of them unexplained');
  });

  test('claims that are gone, claims that were not looked at and faults that are gone are one line each', () => {
    const stale = record('toy/gone', ['s.f: one', 's.f: two']);
    const old = record('toy/a', ['s.f: gone', ...a.teeth.caught]);
    const { problems } = teethReport([old, stale], [...claims, claim('toy/c')], faults);
    expect(problems).toEqual([
      'in verdicts.json, but no longer in theorems/ (1): toy/gone',
      'in theorems/, but not in verdicts.json (2): toy/b, toy/c',
      'in verdicts.json, but no longer seeded (1): s.f: gone',
    ]);
  });

  test('a claim that is gone answers for no fault', () => {
    const stale = record('toy/gone', ['s.g: three']);
    expect(teethReport([a, b, stale], claims, [...faults, 's.g: three']).problems).toContain(
      'caught by no claim: s.g: three',
    );
  });

  test('no line is longer than 120 characters, however many claims there are', () => {
    const many = Array.from({ length: 60 }, (_, k) => `toy/a-claim-with-rather-a-long-name-${k}`);
    const { lines } = teethReport(
      many.map((id) => record(id, faults)),
      many.map((id) => claim(id)),
      faults,
    );
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(120);
    expect(lines.join(' ').split(many[59]!)).toHaveLength(4);
  });
});

describe('npm run teeth', () => {
  const places = temporaryPlaces();
  const names = FAULTS.map(({ solver, what }) => `${solver}: ${what}`);
  const bitten = { ...upheld, teeth: { ...upheld.teeth, caught: [...names, ...upheld.teeth.caught] } };
  const rest = [green.largeSquare, green.powersAreSmall].map(reach);
  const write = (records: readonly VerdictRecord[]): string => writeVerdicts(merged(records, settings), places);

  function teeth(line = 'teeth'): { status: number; text: string } {
    const lines: string[] = [];
    const say = (text: string): number => lines.push(text);
    const status = main(line.split(' '), { places, environment: {}, say }, say);
    return { status, text: lines.join('\n') };
  }

  test('ends well when every fault is caught', () => {
    write([bitten, refuted, ...rest]);
    const { status, text } = teeth();
    expect(text).not.toContain('✗');
    expect(status).toBe(0);
    expect(text).toContain('what the last run (budget standard, seed 1) would have seen');
    expect(text).toContain('  refuted (2): fixture/powers-are-small, fixture/sum-of-squares');
  });

  test('ends with 1 and a line a fault when some are not', () => {
    write([upheld, refuted, ...rest]);
    const { status, text } = teeth();
    expect(status).toBe(1);
    expect(text.match(/^✗ caught by no claim: /gm)).toHaveLength(FAULTS.length);
  });

  test('ends with 1 when a claim was not looked at', () => {
    write([bitten, refuted]);
    const { status, text } = teeth();
    expect(status).toBe(1);
    expect(text).toMatch(/^✗ in theorems\/, but not in verdicts.json \(2\): fixture\/large-square, fixture\/powers/m);
  });

  test('says what to run first where there is no verdicts.json, and where it was cut off', () => {
    const path = write([bitten]);
    writeFileSync(path, '{"schema": 1, "claims": [');
    expect(teeth()).toMatchObject({
      status: 2,
      text: expect.stringMatching(/is no JSON, or was cut off .*: run `npm/),
    });
    rmSync(verdictsFile(places));
    const { status, text } = teeth();
    expect(status).toBe(2);
    expect(text).toMatch(/^\S*verdicts\.json does not exist: run `npm run validate` first$/);
  });

  test('takes no arguments', () => {
    expect(teeth('teeth fixture')).toEqual({ status: 2, text: '"fixture" is more than this command takes' });
  });
});
