import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { optionsFrom, USAGE, UsageError } from '../../bench/options';
import { PeerError, runPeer } from '../../bench/peer';
import { WORKLOADS } from '../../bench/workloads';

const repository = resolve(__dirname, '../..');
const bench = (...words: readonly string[]) =>
  spawnSync(process.execPath, [require.resolve('tsx/cli'), 'bench/main.ts', ...words], {
    cwd: repository,
    encoding: 'utf8',
  });

test('--json prints one object a benchmark, without a peer its fields null', () => {
  const { status, stdout } = bench('--json', '--cases', '2', '--repetitions', '1');
  expect(status).toBe(0);
  const rate = { casesPerSecond: expect.any(Number), peerCasesPerSecond: null, ratio: null };
  expect(JSON.parse(stdout)).toEqual([
    { name: 'midpoint-rate', ...rate },
    { name: 'scalar-flow', ...rate },
    { name: 'fa-star-alignment', ...rate },
    { name: 'separation', ...rate },
    { name: 'figure-2b', ...rate },
    { name: 'implicit-bound', ...rate },
  ]);
});

test('an unknown option is refused with the usage and status 2', () => {
  const { status, stdout, stderr } = bench('--fast');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('unknown option --fast');
  expect(stderr).toContain(USAGE);
});

describe('the options', () => {
  test('without words: no peer, as many cases as each workload says, five repetitions', () => {
    expect(optionsFrom([], '/repo')).toEqual({ json: false, peers: undefined, cases: undefined, repetitions: 5 });
  });

  test('find the peer beside the repository, or where they are told', () => {
    expect(optionsFrom(['--peers', '--json'], '/home/repo')).toMatchObject({
      peers: '/home/shared/peers/hypothesis_scipy.py',
      json: true,
    });
    expect(optionsFrom(['--peers', 'mine.py'], '/home/repo').peers).toBe('/home/repo/mine.py');
    expect(optionsFrom(['--peers=/mine.py'], '/home/repo').peers).toBe('/mine.py');
  });

  test.each([
    [['--cases'], '--cases is missing its number'],
    [['--cases', '0'], '--cases is "0"; expected a whole number ≥ 1'],
    [['--repetitions', 'many'], '--repetitions is "many"; expected a whole number'],
    [['more'], 'unknown option more'],
    [['-h'], 'unknown option -h'],
  ])('%p is refused', (words, message) => {
    expect(() => optionsFrom(words, '/repo')).toThrow(UsageError);
    expect(() => optionsFrom(words, '/repo')).toThrow(message);
  });
});

test('a peer that is not there is said to be missing', () => {
  expect(() => runPeer('/no/such/file.py', [])).toThrow(PeerError);
  expect(() => runPeer('/no/such/file.py', [])).toThrow('/no/such/file.py does not exist: give its path after --peers');
});

test('the timed properties hold', () => {
  for (const workload of WORKLOADS) expect(() => workload.run(Math.min(50, workload.cases), 1)).not.toThrow();
});
