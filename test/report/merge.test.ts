/** Merging by the records alone; test/cli/merge.test.ts merges what shards of real runs wrote. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { VerdictRecord } from '../../src/claim/record';
import { copiesOf, readPart, unionOf, UnmergeableReports, writeUnion, type Part } from '../../src/report/merge';
import { allureFolder, counterexampleFile, picturesFolder, recordFile, verdictsFile } from '../../src/report/places';
import { merged, writeVerdicts, type Verdicts } from '../../src/report/verdicts';
import { writeCounterexamples } from '../../src/report/write';
import { reach, temporaryPlaces } from './fixtures/fixture';
import { largeSquare, sumOfSquares, twiceProduct } from './fixtures/green/theorems/fixture/squares';

const settings = { budget: 'standard', seed: 1, solver: 'reference' } as const;
const [refuted, upheld, shown] = [reach(sumOfSquares), reach(twiceProduct), reach(largeSquare)];
const part = (reports: string, records: readonly VerdictRecord[], more: Partial<Verdicts> = {}): Part => ({
  reports,
  verdicts: { ...merged(records, settings), ...more },
});

describe('the union of parts', () => {
  test('has every record once, sorted by id, whatever the order of the parts', () => {
    const [a, b] = [part('a', [upheld, shown]), part('b', [refuted])];
    expect(unionOf([a, b]).verdicts).toEqual(merged([refuted, upheld, shown], settings));
    expect(unionOf([b, a]).verdicts).toEqual(unionOf([a, b]).verdicts);
  });

  test('of one part is that part', () => {
    const a = part('a', [upheld]);
    expect(unionOf([a]).verdicts).toEqual(a.verdicts);
  });

  test('takes a claim that two parts agree on from the first, seconds and all', () => {
    const [a, b] = [part('a', [upheld]), part('b', [{ ...upheld, seconds: 99 }, refuted])];
    const { verdicts, owners } = unionOf([a, b]);
    expect(verdicts.claims).toEqual([refuted, upheld]);
    expect(owners.get(upheld.id)).toBe(a);
    expect(owners.get(refuted.id)).toBe(b);
  });

  test.each([
    [{ ...upheld, verdict: 'undecided' as const }, 'verdict'],
    [{ ...upheld, instances: upheld.instances + 1, drawn: upheld.drawn + 1 }, 'instances, drawn'],
    [{ ...upheld, note: 'one more' }, 'note'],
  ])('refuses two records of one claim', (other, different) => {
    const union = (): unknown => unionOf([part('shards/1', [refuted, upheld]), part('shards/2', [other])]);
    expect(union).toThrow(UnmergeableReports);
    expect(union).toThrow(
      `shards/1 and shards/2 have different records of fixture/twice-product (${different}): run all shards on one`,
    );
  });

  test.each([
    [{ budget: 'quick' }, 'budget standard and quick'],
    [{ seed: 2 }, 'seed 1 and 2'],
    [{ solver: 'given' as const }, 'solver reference and given'],
    [{ node: 'v1.2.3' }, `node ${process.version} and v1.2.3`],
    [{ schema: 2 }, 'schema 1 and 2'],
    [{ seed: 3, budget: 'deep' }, 'budget standard and deep, seed 1 and 3'],
  ])('refuses parts of different runs: %p', (more, what) => {
    const union = (): unknown => unionOf([part('a', [upheld]), part('b', []), part('c', [refuted], more)]);
    expect(union).toThrow(UnmergeableReports);
    expect(union).toThrow(`a and c are no parts of one run (${what}): run all shards with the same settings`);
  });
});

describe('a folder', () => {
  const places = temporaryPlaces();

  test('that does not exist, or is a file, is refused', () => {
    const file = join(places.reports, 'file');
    writeFileSync(file, '');
    for (const path of [file, join(places.reports, 'nowhere')]) {
      expect(() => readPart(path)).toThrow(UnmergeableReports);
      expect(() => readPart(path)).toThrow(`${path} is no folder`);
    }
  });

  test('without verdicts.json is refused', () => {
    expect(() => readPart(places.reports)).toThrow(UnmergeableReports);
    expect(() => readPart(places.reports)).toThrow(`${places.reports} has no verdicts.json: expected a folder that`);
  });

  test('with a verdicts.json that was cut off is refused, with what to do', () => {
    writeFileSync(verdictsFile(places), '{');
    expect(() => readPart(places.reports)).toThrow(/verdicts\.json is no JSON.*: run that shard again$/);
  });

  test('is read as it was written', () => {
    writeVerdicts(merged([upheld], settings), places);
    expect(readPart(places.reports).verdicts).toEqual(JSON.parse(JSON.stringify(merged([upheld], settings))));
  });
});

describe('what belongs to the claims', () => {
  const [first, second, target] = [temporaryPlaces(), temporaryPlaces(), temporaryPlaces()];
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const read = (path: string): string => readFileSync(path, 'utf8');
  const result = (id: string, source: string, description = ''): string =>
    JSON.stringify({ historyId: id, description, steps: [{ attachments: [{ source }] }] });

  // Both parts looked at the refuted claim; only the first is asked for it.
  const a = part(first.reports, [refuted]);
  const b = part(second.reports, [refuted, shown]);
  const from = `npm run replay -- ${second.reports}`;

  beforeAll(() => {
    writeCounterexamples(sumOfSquares, refuted, first);
    writeCounterexamples(sumOfSquares, refuted, second);
    writeCounterexamples(largeSquare, shown, second);
    write(counterexampleFile(second, 'fixture/left-by-another-command', 'simplest'), '{}');
    for (const places of [first, second]) {
      write(join(picturesFolder(places), `${refuted.id}.svg`), `<svg>${places.reports}</svg>`);
      write(join(allureFolder(places), 'same-attachment.txt'), places.reports);
      write(
        join(allureFolder(places), `${places === first ? 1 : 2}-result.json`),
        result(refuted.id, 'same-attachment.txt'),
      );
    }
    write(join(picturesFolder(second), `${shown.id}.worst.svg`), '<svg/>');
    const line = JSON.parse(read(counterexampleFile(second, shown.id, 'simplest'))) as { readonly replay: string };
    write(join(allureFolder(second), '3-result.json'), result(shown.id, '3-attachment.json', `see ${line.replay}`));
    write(join(allureFolder(second), '3-attachment.json'), read(counterexampleFile(second, shown.id, 'simplest')));
    write(join(allureFolder(second), '4-result.json'), result('of a test that left no record', 'none'));
    const union = unionOf([a, b]);
    writeUnion(union, copiesOf(union, [a, b], target), target);
  });

  test('is a record each', () => {
    expect(JSON.parse(read(recordFile(target, shown.id)))).toEqual(JSON.parse(JSON.stringify(shown)));
    expect(existsSync(recordFile(target, refuted.id))).toBe(true);
  });

  test('are counterexamples as one run would have written them: the replay line names the file where it is', () => {
    const alone = temporary;
    writeCounterexamples(largeSquare, shown, alone);
    const [expected, found] = [alone, target].map((places) => read(counterexampleFile(places, shown.id, 'simplest')));
    expect(found).toBe(expected!.replaceAll(alone.reports.split('/').at(-1)!, target.reports.split('/').at(-1)!));
    expect(found).not.toContain(second.reports.split('/').at(-1)!);
    expect(existsSync(counterexampleFile(target, 'fixture/left-by-another-command', 'simplest'))).toBe(false);
  });
  const temporary = temporaryPlaces();

  test('are pictures, from the part that the claim is taken from', () => {
    expect(read(join(picturesFolder(target), `${refuted.id}.svg`))).toBe(`<svg>${first.reports}</svg>`);
    expect(existsSync(join(picturesFolder(target), `${shown.id}.worst.svg`))).toBe(true);
  });

  test('is one result a claim for Allure, with its attachments, in which replay lines hold', () => {
    expect(existsSync(join(allureFolder(target), '1-result.json'))).toBe(true);
    expect(existsSync(join(allureFolder(target), '2-result.json'))).toBe(false);
    expect(read(join(allureFolder(target), 'same-attachment.txt'))).toBe(first.reports);
    for (const name of ['3-result.json', '3-attachment.json']) {
      expect(read(join(allureFolder(target), name))).toMatch(
        /npm run replay -- \S*counterexamples\/fixture\/large-square/,
      );
      expect(read(join(allureFolder(target), name))).toContain(target.reports.split('/').at(-1)!);
      expect(read(join(allureFolder(target), name))).not.toContain(from);
    }
    expect(existsSync(join(allureFolder(target), '4-result.json'))).toBe(true);
  });

  test('a file that was cut off is refused before anything is written', () => {
    write(join(allureFolder(second), '5-result.json'), '{"historyId"');
    const union = unionOf([a, b]);
    expect(() => copiesOf(union, [a, b], target)).toThrow(UnmergeableReports);
    expect(() => copiesOf(union, [a, b], target)).toThrow(/5-result\.json is no JSON, or was cut off/);
  });
});
