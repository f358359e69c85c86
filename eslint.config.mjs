import tseslint from 'typescript-eslint';

/**
 * Which room may not import from which (docs/decisions.md, "Rooms"): imports run one way, so that a solver cannot know
 * its examiner and a verdict cannot depend on how it is reported. Patterns are matched against the import as written.
 */
const anySolver = {
  regex: '/solvers/(?!interfaces)',
  message: 'only entry points join solvers to the rest; use the interfaces',
};
const report = { regex: '/report/|/cli/|/jest/', message: 'reports and entry points come last' };
const theorems = { regex: '/theorems/', message: 'theorem files are data for the entry points' };
const engine = { regex: '/claim/|/oracles/|/generators/', message: 'this room must not know its examiner' };
const definitions = { regex: '/definitions/', message: 'definitions judge; they are for theorem files' };
const walls = [
  [
    'src/numerics',
    [anySolver, report, theorems, engine, definitions, { regex: '/solvers/', message: 'numerics stand alone' }],
  ],
  [
    'src/definitions',
    [anySolver, report, theorems, engine, { regex: '/solvers/', message: 'a definition stands alone' }],
  ],
  ['src/solvers', [report, theorems, engine, definitions]],
  [
    'src/claim',
    [
      anySolver,
      report,
      theorems,
      definitions,
      { regex: '/oracles/|/generators/', message: 'the engine knows no words and no spaces' },
    ],
  ],
  [
    'oracles',
    [
      anySolver,
      report,
      theorems,
      definitions,
      { regex: '/solvers/|/generators/', message: 'an oracle is handed what was measured' },
    ],
  ],
  [
    'generators',
    [
      anySolver,
      report,
      theorems,
      definitions,
      { regex: '/solvers/|/oracles/', message: 'a generator only makes instances' },
    ],
  ],
  ['theorems', [anySolver, report]],
  [
    'src/report',
    [anySolver, theorems, definitions, { regex: '/solvers/|/cli/|/jest/', message: 'reports know verdicts only' }],
  ],
  ['src/report/plot', [{ regex: '^\\.\\./(?!xml$)', message: 'the plotter draws plain data and knows no claims' }]],
];

export default tseslint.config(
  { ignores: ['node_modules', 'reports', 'coverage'] },
  ...tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': ['error', { max: 320, skipBlankLines: true, skipComments: true }],
      eqeqeq: 'error',
    },
  },
  {
    files: ['**/*.cjs', '*.js', 'test/**/fixtures/**', 'examples/**/*.js'],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-undef': 'off' },
  },
  ...walls.map(([room, patterns]) => ({
    files: [`${room}/**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns }] },
  })),
);
