import { BUDGETS, settingsFrom, UnknownSetting } from '../../src/claim/budget';

test('without settings the budget is standard, the seed 1, the solvers are ours and the reports where they belong', () => {
  expect(settingsFrom({})).toEqual({
    budget: BUDGETS.standard,
    seed: 1,
    solver: undefined,
    reports: undefined,
  });
  expect(settingsFrom({ PATH: '/bin', ASSAY_SEED: undefined })).toEqual(settingsFrom({}));
});

test('settings are taken as given', () => {
  const settings = settingsFrom({
    ASSAY_BUDGET: 'quick',
    ASSAY_SEED: '2147483647',
    ASSAY_SOLVER: './mine.js',
    ASSAY_REPORTS: 'elsewhere',
  });
  expect(settings).toEqual({ budget: BUDGETS.quick, seed: 2147483647, solver: './mine.js', reports: 'elsewhere' });
});

test.each([
  ['ASSAY_BUDGET', 'huge', 'ASSAY_BUDGET is "huge": expected one of quick, standard, deep'],
  ['ASSAY_BUDGET', '', 'ASSAY_BUDGET is "": expected one of'],
  ['ASSAY_BUDGET', 'toString', 'ASSAY_BUDGET is "toString": expected one of'],
  ['ASSAY_SEED', '-1', 'ASSAY_SEED is "-1": expected a whole number from 0 to 2147483647'],
  ['ASSAY_SEED', '1.5', 'ASSAY_SEED is "1.5": expected a whole number'],
  ['ASSAY_SEED', '2147483648', 'ASSAY_SEED is "2147483648": expected a whole number'],
  ['ASSAY_SEED', 'one', 'ASSAY_SEED is "one": expected a whole number'],
  ['ASSAY_SEED', '', 'ASSAY_SEED is "": expected a whole number'],
  ['ASSAY_SOLVER', '', 'ASSAY_SOLVER is empty: expected the path of a module'],
  ['ASSAY_REPORTS', '', 'ASSAY_REPORTS is empty: expected the path of a folder'],
  ['ASSAY_SOLVERS', './mine.js', 'ASSAY_SOLVERS is not a setting: expected one of ASSAY_BUDGET, ASSAY_SEED'],
])('%s=%p is refused with what was expected', (name, value, message) => {
  expect(() => settingsFrom({ [name]: value })).toThrow(UnknownSetting);
  expect(() => settingsFrom({ [name]: value })).toThrow(message);
});

test('a larger budget tries more', () => {
  const { quick, standard, deep } = BUDGETS;
  for (const [smaller, larger] of [
    [quick, standard],
    [standard, deep],
  ] as const) {
    for (const count of ['draws', 'attack', 'teeth'] as const) {
      expect(larger[count]).toBeGreaterThan(smaller[count]);
    }
    expect(larger.simplify).toBeGreaterThanOrEqual(smaller.simplify);
  }
});
