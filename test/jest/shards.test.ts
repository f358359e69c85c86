import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testsOfShard, type SequencedTest } from '../../src/jest/sequencer';
import { MalformedTimings, readTimings, shardsBelow, shardsOf, TIMINGS, type TestFileSize } from '../../src/shards';

const root = mkdtempSync(join(tmpdir(), 'assay-shards-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(join(root, name, '..'), { recursive: true });
  writeFileSync(join(root, name), text);
}

/** Files named a, b, c, … that took the seconds given and have the size 1. */
const timed = (...seconds: readonly number[]): readonly TestFileSize[] =>
  seconds.map((time, k) => ({ name: String.fromCharCode(97 + k), size: 1, seconds: time }));

/** The names in each shard, joined. */
function divided(files: readonly TestFileSize[], shards: number): readonly string[] {
  const found = shardsOf(files, shards);
  return Array.from({ length: shards }, (_, k) =>
    [...found]
      .filter(([, shard]) => shard === k + 1)
      .map(([name]) => name)
      .sort()
      .join(''),
  );
}

describe('dividing files among shards', () => {
  test('the longest go first, each to the shard with the least to do', () => {
    // 8 | 7, then 6 to the second (13), 5 to the first (13), 4 to the first of equals.
    expect(divided(timed(8, 7, 6, 5, 4), 2)).toEqual(['ade', 'bc']);
    expect(divided(timed(1, 1, 1, 9), 2)).toEqual(['d', 'abc']);
  });

  test('the order in which the files come does not matter, nor do equal times make it matter', () => {
    const files = timed(3, 1, 3, 2, 1, 3, 2);
    for (const shards of [1, 2, 3, 4]) {
      expect(divided([...files].reverse(), shards)).toEqual(divided(files, shards));
    }
  });

  test('every file is in exactly one shard, and no shard takes longer than the mean and the longest file', () => {
    const files = timed(40, 3, 17, 1, 1, 25, 8, 8, 0.5, 12);
    const total = files.reduce((sum, { seconds }) => sum + seconds!, 0);
    for (const shards of [1, 2, 3, 5, 10]) {
      const parts = divided(files, shards);
      expect([...parts.join('')].sort().join('')).toBe('abcdefghij');
      const loads = parts.map((names) => files.filter(({ name }) => names.includes(name)));
      for (const load of loads) {
        const time = load.reduce((sum, { seconds }) => sum + seconds!, 0);
        expect(time).toBeLessThanOrEqual(total / shards + 40);
        expect(load.length).toBeGreaterThan(0);
      }
    }
  });

  test('without recorded times sizes count', () => {
    const files = [
      { name: 'a', size: 900 },
      { name: 'b', size: 500 },
      { name: 'c', size: 450 },
    ];
    expect(divided(files, 2)).toEqual(['a', 'bc']);
  });

  test('a file without a recorded time counts by its size, at the pace of those with one', () => {
    // The pace is 10 s in 1000 characters: c counts 3 s, not 300.
    const files = [
      { name: 'a', size: 600, seconds: 6 },
      { name: 'b', size: 400, seconds: 4 },
      { name: 'c', size: 300 },
    ];
    expect(divided(files, 2)).toEqual(['a', 'bc']);
  });

  test('files that took no time at all are spread too, so that no shard is empty', () => {
    expect(divided(timed(0, 0, 0, 0), 2)).toEqual(['ac', 'bd']);
    expect(divided(timed(0, 0, 5), 3)).toEqual(['c', 'a', 'b']);
  });
});

describe('the files of a repository', () => {
  const [slow, long] = ['theorems/p/slow.ts', 'theorems/p/long.ts'];
  const names = [slow, long, 'theorems/p/c.ts'];

  beforeEach(() => {
    write(slow, 'x');
    write(long, 'x\n'.repeat(1000));
    write('theorems/p/c.ts', 'x\n'.repeat(400));
    rmSync(join(root, TIMINGS), { force: true });
  });

  test('are divided by size where no times are recorded', () => {
    expect([...shardsBelow(root, names, 2)]).toEqual([
      [long, 1],
      ['theorems/p/c.ts', 2],
      [slow, 2],
    ]);
  });

  test('are divided by the times recorded in theorems/timings.json, whatever it says of files that are gone', () => {
    write(TIMINGS, JSON.stringify({ [slow]: 30, [long]: 10, 'theorems/p/c.ts': 12, 'theorems/p/gone.ts': 1e6 }));
    expect(Object.fromEntries(shardsBelow(root, names, 2))).toEqual({ [slow]: 1, [long]: 2, 'theorems/p/c.ts': 2 });
  });

  test('are divided alike on a machine that ends lines with a carriage return', () => {
    write('theorems/p/a.ts', 'x\n'.repeat(500));
    write('theorems/p/b.ts', `${'x'.repeat(1002)}\n`);
    const before = shardsBelow(root, ['theorems/p/a.ts', 'theorems/p/b.ts'], 2);
    write('theorems/p/a.ts', 'x\r\n'.repeat(500));
    expect(shardsBelow(root, ['theorems/p/a.ts', 'theorems/p/b.ts'], 2)).toEqual(before);
  });

  test.each(['[1]', '{"a": "1"}', '{"a": -1}', '{"a": null}', 'null', '{"a": 1'])(
    'recorded times %s are refused',
    (text) => {
      write(TIMINGS, text);
      expect(() => readTimings(root)).toThrow(MalformedTimings);
      expect(() => readTimings(root)).toThrow(/^theorems\/timings\.json is not .*: write it with `npm run timings`/);
    },
  );
});

describe('the tests of a shard', () => {
  const project = (id: string): SequencedTest['context'] => ({ config: { rootDir: root, id } });
  const [claims, units] = [project('claims'), project('tests')];
  const at = (context: SequencedTest['context'], name: string): SequencedTest => ({ path: join(root, name), context });
  const own = [at(claims, 'theorems/q/a.ts'), at(claims, 'theorems/q/b.ts')];
  const others = [at(units, 'test/a.test.ts'), at(units, 'test/b.test.ts'), at(units, 'test/c.test.ts')];

  beforeAll(() => {
    for (const name of ['theorems/q/a.ts', 'test/a.test.ts']) write(name, 'x'.repeat(90));
    for (const name of ['theorems/q/b.ts', 'test/b.test.ts', 'test/c.test.ts']) write(name, 'x'.repeat(50));
    rmSync(join(root, TIMINGS), { force: true });
  });

  test('are all tests, divided', () => {
    const all = [...own, ...others];
    const parts = [1, 2].map((shardIndex) => testsOfShard(all, { shardIndex, shardCount: 2 }));
    expect(new Set(parts.flat())).toEqual(new Set(all));
    expect(parts.flat()).toHaveLength(all.length);
  });

  test('have the same claims with and without unit tests beside them', () => {
    for (const shardIndex of [1, 2]) {
      const shard = { shardIndex, shardCount: 2 };
      const alone = testsOfShard(own, shard);
      expect(testsOfShard([...others, ...own], shard).filter(({ context }) => context === claims)).toEqual(alone);
      expect(alone).toHaveLength(1);
    }
  });

  test('a shard that would be empty is refused with how many there can be', () => {
    expect(() => testsOfShard(own, { shardIndex: 3, shardCount: 3 })).toThrow(
      '--shard=3/3 leaves nothing to run: there are 2 test files, so use at most as many shards',
    );
    expect(testsOfShard([], { shardIndex: 1, shardCount: 2 })).toEqual([]);
  });
});
