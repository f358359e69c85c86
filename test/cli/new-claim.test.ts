/** `npm run new` in a temporary folder that borrows the engine of this repository. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { main } from '../../src/cli/main';
import { loadClaims, paperAt } from '../../src/claims-on-disk';
import { counterexampleFile, type Places } from '../../src/report/places';
import { readRecords } from '../../src/report/verdicts';
import { CONFIG, temporaryPlaces } from '../report/fixtures/fixture';

jest.setTimeout(60_000);

const repository = resolve(__dirname, '..', '..');
const root = realpathSync(temporaryPlaces().reports);
const places: Places = { root, reports: join(root, 'reports') };
const at = (path: string): string => join(root, path);

function run(...args: readonly string[]): { status: number; text: string } {
  const lines: string[] = [];
  const say = (text: string): number => lines.push(text);
  return { status: main(['new', ...args], { places, environment: {}, say }, say), text: lines.join('\n') };
}

function node(tool: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('ASSAY_') && name !== 'JEST_WORKER_ID');
  const env = { ...Object.fromEntries(own), ...environment };
  return spawnSync(process.execPath, [join(repository, 'node_modules', tool), ...args], { env, encoding: 'utf8' });
}

beforeAll(() => {
  for (const name of ['src', 'generators', 'oracles', 'node_modules']) symlinkSync(join(repository, name), at(name));
});

test('a new claim of a new paper is written, and what to do with it is said', () => {
  const { status, text } = run('toy/square-of-sum');
  expect(status).toBe(0);
  expect(text.split('\n').slice(0, 3)).toEqual([
    'written: theorems/toy/square-of-sum.ts',
    'written: theorems/toy/paper.ts',
    'It states a toy, which is false. To see it refuted: npx jest theorems/toy',
  ]);
  expect(paperAt(root, 'toy').title).toBe('The title of toy');
});

test('it has every block there is to fill in', () => {
  const text = readFileSync(at('theorems/toy/square-of-sum.ts'), 'utf8');
  const blocks = ['name', 'inside', 'assuming', 'cases', 'id', 'where', 'recorded', 'says', 'note', 'then', 'mutants'];
  expect(blocks.filter((block) => !new RegExp(`^  ${block}:`, 'm').test(text))).toEqual([]);
});

test('the next claim of the paper leaves its description alone', () => {
  writeFileSync(at('theorems/toy/paper.ts'), "export const paper = { title: 'On Toys', citation: 'Nobody.' };\n");
  expect(run('toy/Lemma-2').text).toMatch(/^written: theorems\/toy\/Lemma-2\.ts\nIt states/);
  expect(readFileSync(at('theorems/toy/paper.ts'), 'utf8')).toContain('On Toys');
  expect(loadClaims(root).map(({ claim }) => claim.id)).toEqual(['toy/Lemma-2', 'toy/square-of-sum']);
});

test('what is written type-checks as it is', () => {
  const tsconfig = at('tsconfig.json');
  const settings = { extends: join(repository, 'tsconfig.json'), include: ['theorems'] };
  writeFileSync(tsconfig, JSON.stringify(settings));
  expect(node('typescript/bin/tsc', ['-p', tsconfig])).toMatchObject({ status: 0, stdout: '' });
});

test('what is written is formatted as the rest', () => {
  const config = join(repository, '.prettierrc.json');
  const files = ['theorems/toy/square-of-sum.ts', 'theorems/toy/Lemma-2.ts'].map(at);
  expect(node('prettier/bin/prettier.cjs', ['--config', config, '--check', ...files])).toMatchObject({ status: 0 });
});

test('jest refutes it, with its witness', () => {
  const environment = {
    FIXTURE: relative(dirname(CONFIG), root),
    FIXTURE_REPORTS: places.reports,
    ASSAY_BUDGET: 'quick',
  };
  const { status, stdout } = node('jest/bin/jest.js', ['-c', CONFIG, 'square-of-sum'], environment);
  expect(stdout).toContain('verdict: refuted, recorded: upheld — RED\n  simplest witness (exact): a = 1, b = 1\n');
  expect(status).toBe(1);
  expect(readRecords(places).map(({ id, verdict, problems }) => [id, verdict, problems])).toEqual([
    ['toy/square-of-sum', 'refuted', []],
  ]);
  expect(existsSync(counterexampleFile(places, 'toy/square-of-sum', 'simplest'))).toBe(true);
});

describe('refused with status 2, and nothing is written:', () => {
  test('an id that is taken, in whatever file', () => {
    expect(run('toy/square-of-sum')).toEqual({
      status: 2,
      text: 'there is a claim toy/square-of-sum already, in theorems/toy/square-of-sum.ts: choose another id',
    });
  });

  test('a file that exists', () => {
    mkdirSync(at('theorems/other'), { recursive: true });
    writeFileSync(at('theorems/other/notes.ts'), 'export {};\n');
    const { status, text } = run('other/notes');
    expect(status).toBe(2);
    expect(text).toMatch(/^theorems\/other\/notes\.ts exists already, and nothing is written over it/);
    expect(readFileSync(at('theorems/other/notes.ts'), 'utf8')).toBe('export {};\n');
    expect(existsSync(at('theorems/other/paper.ts'))).toBe(false);
  });

  test.each(['toy', 'toy/', '/x', 'Toy/x', 'toy/x/y', 'toy/x_1', '../toy/x', 'toy/../x', 'toy/x.ts', 'toy/x y'])(
    'the malformed id %j',
    (id) => {
      const { status, text } = run(id);
      expect(status).toBe(2);
      expect(text).toMatch(/^".*" is no id of a claim: expected <paper>\/<name>, .* for example my-paper\/thm-1$/);
    },
  );

  test("the name of the paper's description", () => {
    expect(run('fresh/paper')).toMatchObject({ status: 2, text: expect.stringContaining('describes the paper') });
    expect(existsSync(at('theorems/fresh'))).toBe(false);
  });

  test('no id, and more than one', () => {
    expect(run()).toMatchObject({ status: 2, text: expect.stringMatching(/^no id was given: expected <paper>/) });
    expect(run('toy/a', 'toy/b')).toEqual({ status: 2, text: '"toy/b" is more than this command takes' });
  });
});
