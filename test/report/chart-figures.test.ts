import { assess } from '../../src/claim/assess';
import type { Claim } from '../../src/claim/exam';
import { atMost } from '../../src/claim/compare';
import { exam } from '../../src/claim/exam';
import { chartFigures } from '../../src/report/chart-figures';
import { claimPicture } from '../../src/report/picture';
import { elements, parseXml } from '../support/xml';
import { claimOn, examinerOf, oneNumber } from '../support/toys';

const halving = exam({
  name: 'halving, with a chart',
  inside: oneNumber,
  assuming: {},
  cases: [{ x: 2 }],
  horizon: 3,
  defined: (R, { x }, steps) => ({ w: Array.from({ length: steps + 1 }, (_, t) => R.div(x, 2 ** t)) }),
  measure: (_R, { w }) => ({ w: { values: w } }),
});

const claim: Claim = claimOn(halving, {
  then: (R, { w }) => atMost(R, w.values[0]!, 100),
  charts: ({ w }, { x }) => [
    {
      title: `from ${x}`,
      x: 'step',
      y: 'w',
      log: true,
      curves: [{ name: 'w', x: [0, 1, 2, 3], y: w.values, spread: [0, 1, 0, 0] }],
      marks: [{ at: 1, label: 'here' }],
    },
  ],
});

test('the charts of a claim are made of its measures on the first case, with error bars and marks', () => {
  const record = assess(claim, examinerOf());
  const [figure] = chartFigures(claim, record, examinerOf());
  expect(figure!.panels[0]).toMatchObject({
    title: 'from 2',
    x: { label: 'step' },
    y: { label: 'w', scale: 'log' },
    series: [
      { kind: 'band', y: [2, 0, 0.5, 0.25], y2: [2, 2, 0.5, 0.25] },
      { kind: 'line', y: [2, 1, 0.5, 0.25] },
    ],
    marks: [{ on: 'x', at: 1, label: 'here' }],
  });
});

test('they stand first in its picture', () => {
  const record = assess(claim, examinerOf());
  const texts = elements(parseXml(claimPicture(claim, record, [], examinerOf())!), 'text');
  expect(JSON.stringify(texts)).toContain('from 2');
});

test('there are none where the verdict ended in an error', () => {
  const record = assess(claim, examinerOf());
  const failed = { ...record, problems: [{ kind: 'error', message: '' }] } as const;
  expect(chartFigures(claim, failed, examinerOf())).toEqual([]);
});
