import { BadFigure, COLOURS, type Figure, type Panel, type Series } from '../../../src/report/plot/figure';
import { svg } from '../../../src/report/plot/svg';
import { randomFrom } from '../../support/random';
import { elements, parseXml, type Element } from '../../support/xml';

const panelOf = (series: readonly Series[], more: Partial<Panel> = {}): Panel => ({
  x: { label: 'step' },
  y: { label: 'error' },
  series,
  ...more,
});
const figureOf = (...panels: readonly Panel[]): Figure => ({ title: 'A figure', panels });
const line = (y: readonly number[], name = 'error'): Series => ({ kind: 'line', name, x: y.map((_, k) => k), y });

const drawn = (...panels: readonly Panel[]): Element => parseXml(svg(figureOf(...panels)));
const words = (picture: Element): readonly string[] => elements(picture, 'text').map(({ text }) => text);
const withInk = (picture: Element, ink: string): readonly Element[] =>
  elements(picture, 'path').filter(({ attributes }) => [attributes['stroke'], attributes['fill']].includes(ink));
/** The paths of a series, without its piece of the legend, which comes first. */
const pathsOf = (picture: Element, ink: string): readonly Element[] => withInk(picture, ink).slice(1);

type Place = readonly [number, number];

/** The corners of a path's runs, from its M and l: places in pixels. */
function runs(d: string): readonly (readonly Place[])[] {
  return [...d.matchAll(/M([^Mlhvz]+)(?:l([^Mhvz]+))?/g)].map(([, start, steps]) => {
    const numbers = (text = ''): number[] => text.split(' ').filter(Boolean).map(Number);
    const places: Place[] = [numbers(start) as unknown as Place];
    const moves = numbers(steps);
    for (let k = 0; k < moves.length; k += 2) {
      const [x, y] = places.at(-1)!;
      places.push([x + moves[k]!, y + moves[k + 1]!]);
    }
    return places;
  });
}

const firstRun = (path: Element): readonly Place[] => runs(path.attributes['d']!)[0]!;

test('a line goes where its axes say', () => {
  const [path] = pathsOf(drawn(panelOf([line([0, 1, 4])])), COLOURS.blue);
  const [a, b, c] = firstRun(path!);
  expect(b![0] - a![0]).toBeCloseTo(c![0] - b![0], 0);
  expect((a![1] - b![1]) / (a![1] - c![1])).toBeCloseTo(1 / 4, 2);
});

test('a log axis has equal steps for equal ratios', () => {
  const [path] = pathsOf(drawn(panelOf([line([1, 10, 100])], { y: { label: 'error', scale: 'log' } })), COLOURS.blue);
  const [a, b, c] = firstRun(path!);
  expect(a![1] - b![1]).toBeCloseTo(b![1] - c![1], 0);
  expect(a![1] - b![1]).toBeGreaterThan(50);
});

test('zeros and negatives leave gaps on a log axis, and their number is said', () => {
  const picture = drawn(panelOf([line([4, 2, 0, -1, 0.5, 0.25])], { y: { label: 'error', scale: 'log' } }));
  expect(words(picture)).toContain('points left out: 2 zero or negative (log axis)');
  expect(runs(pathsOf(picture, COLOURS.blue)[0]!.attributes['d']!).map(({ length }) => length)).toEqual([2, 2]);
});

test('numbers that are not finite are left out, and counted apart', () => {
  const points: Series = { kind: 'points', name: 'runs', x: [1, NaN, 3, 4], y: [1, 2, Infinity, 1e302] };
  const picture = drawn(panelOf([points]));
  expect(words(picture)).toContain('points left out: 2 not finite, 1 beyond 10³⁰⁰ in size');
  expect(runs(pathsOf(picture, COLOURS.blue)[0]!.attributes['d']!)).toHaveLength(1);
});

test('nothing is said where nothing is left out', () => {
  expect(words(drawn(panelOf([line([1, 2])]))).filter((text) => text.includes('left out'))).toEqual([]);
});

test('a band goes there along one side and back along the other', () => {
  const band: Series = { kind: 'band', name: 'range', x: [0, 1], y: [1, 2], y2: [3, 5] };
  const [path] = pathsOf(drawn(panelOf([band])), COLOURS.blue);
  const [a, b, c, d] = firstRun(path!);
  expect(a![0]).toBeCloseTo(d![0], 6);
  expect(b![0]).toBeCloseTo(c![0], 6);
  expect(b![1] - c![1]).toBeCloseTo((3 / 2) * (a![1] - d![1]), 0);
  expect(path!.attributes['d']).toMatch(/z$/);
});

test('a band whose lower side is 0 reaches down to the edge of a log axis, and is not left out', () => {
  const band: Series = { kind: 'band', name: 'range', x: [0, 1], y: [0, 0.1], y2: [1, 1] };
  const picture = drawn(panelOf([band], { y: { label: 'error', scale: 'log' } }));
  const [path] = pathsOf(picture, COLOURS.blue);
  const axis = withInk(picture, '#555')[0]!.attributes['d']!;
  expect(firstRun(path!)[0]![1]).toBe(Number(/V([\d.]+)H/.exec(axis)![1]));
  expect(words(picture).some((text) => text.includes('left out'))).toBe(false);
});

test('the legend names every series once, and none without a name', () => {
  const picture = drawn(panelOf([line([1, 2], 'left'), line([2, 3], '')]), panelOf([line([3, 4], 'left')]));
  expect(words(picture).filter((text) => text === 'left')).toHaveLength(1);
  expect(words(picture)).not.toContain('');
});

test('one name has one colour in all panels, another name another, all of them from the palette', () => {
  const names = Object.keys(COLOURS);
  const series = names.map((name) => line([1, 2], name));
  const picture = drawn(panelOf(series), panelOf([series[3]!]));
  const inks = Object.values(COLOURS);
  expect(inks.map((ink) => pathsOf(picture, ink).length)).toEqual([1, 1, 1, 2, 1, 1, 1, 1]);
});

test('a colour that one series asks for is not given to another', () => {
  const picture = drawn(panelOf([line([1, 2], 'free'), { ...line([2, 3], 'asked'), colour: 'blue' }]));
  expect(pathsOf(picture, COLOURS.blue)).toHaveLength(1);
});

test('text is escaped, and the document well formed, whatever the words', () => {
  const odd = `<script>"&'</script>\u0007`;
  const panel = panelOf([line([1, 2], odd)], { title: odd, x: { label: odd }, y: { label: odd }, note: odd });
  const text = svg({ title: odd, panels: [{ ...panel, marks: [{ on: 'x', at: 1, label: odd }] }] });
  expect(text).not.toContain('<script>');
  const shown = odd.replace('\u0007', '\uFFFD');
  const picture = parseXml(text);
  expect(elements(picture, 'title')[0]!.text).toBe(shown);
  expect(words(picture).filter((one) => one === shown)).toHaveLength(7);
});

test('those who do not see it are told what it shows', () => {
  const picture = parseXml(
    svg({ title: 'Errors', panels: [panelOf([line([1, 2], 'measured')], { title: 'at r = 1' })] }),
  );
  expect(picture.attributes['role']).toBe('img');
  expect(elements(picture, 'title')[0]!.text).toBe('Errors');
  expect(elements(picture, 'desc')[0]!.text).toBe('at r = 1: error over step (measured).');
  const described = parseXml(svg({ title: 'Errors', description: 'It falls.', panels: [panelOf([])] }));
  expect(elements(described, 'desc')[0]!.text).toBe('It falls.');
});

test('the background is white, whatever the page', () => {
  const picture = drawn(panelOf([]));
  const [ground] = elements(picture, 'rect');
  expect(ground!.attributes).toEqual({
    width: picture.attributes['width'],
    height: picture.attributes['height'],
    fill: '#fff',
  });
});

test('the same numbers give the same bytes, with one decimal at most', () => {
  const random = randomFrom('bytes');
  const y = Array.from({ length: 100 }, () => random.between(0, 1));
  const text = svg(figureOf(panelOf([line(y)])));
  expect(
    svg(figureOf(panelOf([{ kind: 'line', name: 'error', x: Float64Array.from(y.keys()), y: Float64Array.from(y) }]))),
  ).toBe(text);
  const paths = elements(parseXml(text), 'path').map(({ attributes }) => attributes['d']!);
  expect(paths.join(' ')).not.toMatch(/\.\d\d|e-/);
});

test('steps that are rounded add up to where the points are', () => {
  const y = Array.from({ length: 500 }, (_, k) => Math.sin(k / 50));
  const [path] = pathsOf(drawn(panelOf([line(y)])), COLOURS.blue);
  const places = firstRun(path!);
  const [whole] = pathsOf(drawn(panelOf([{ kind: 'points', name: 'error', x: y.map((_, k) => k), y }])), COLOURS.blue);
  expect(places.at(-1)![0]).toBeCloseTo(runs(whole!.attributes['d']!).at(-1)![0]![0], 6);
});

test('panels stand side by side, three to a line, figures below one another', () => {
  const one = panelOf([line([1, 2])]);
  const axes = (picture: Element): readonly Place[] =>
    withInk(picture, '#555')
      .filter(({ attributes }) => attributes['fill'] === 'none')
      .map(({ attributes }) => runs(attributes['d']!.replace(/V.*/, ''))[0]![0]!);
  const three = axes(drawn(one, one, one));
  expect(new Set(three.map(([, y]) => y)).size).toBe(1);
  expect(three[1]![0] - three[0]![0]).toBeCloseTo(three[2]![0] - three[1]![0], 0);
  expect(new Set(axes(drawn(one, one, one, one, one)).map(([, y]) => y)).size).toBe(2);
  const [above, below] = axes(parseXml(svg(figureOf(one), figureOf(one))));
  expect(below![1] - above![1]).toBeGreaterThan(250);
});

test('a reference line stands where it is asked for, and what an axis cannot show has none', () => {
  const marked = (at: number): Element =>
    drawn(
      panelOf([line([1, 10, 100])], { y: { label: 'error', scale: 'log' }, marks: [{ on: 'y', at, label: 'bound' }] }),
    );
  const dashes = (picture: Element): readonly Element[] =>
    withInk(picture, '#555').filter(({ attributes }) => attributes['stroke-dasharray'] !== undefined);
  const height = Number(/M[\d.]+ ([\d.]+)H/.exec(dashes(marked(10))[0]!.attributes['d']!)![1]);
  expect(height).toBeCloseTo(firstRun(pathsOf(marked(10), COLOURS.blue)[0]!)[1]![1], 0);
  expect(words(marked(10))).toContain('bound');
  expect(dashes(marked(0))).toEqual([]);
  expect(words(marked(0))).not.toContain('bound');
});

test('an axis has room for its reference lines', () => {
  const picture = drawn(panelOf([line([1, 2])], { marks: [{ on: 'x', at: 50 }] }));
  const [axis, mark] = ['none', undefined].map(
    (fill) => withInk(picture, '#555').find(({ attributes }) => attributes['fill'] === fill)!.attributes['d']!,
  );
  const right = Number(/H([\d.]+)/.exec(axis!)![1]);
  expect(runs(mark!.replace(/V.*/, ''))[0]![0]![0]).toBeLessThan(right);
});

test('whatever the numbers, every point drawn lies inside its panel', () => {
  const random = randomFrom('extremes');
  const odd = [NaN, Infinity, -Infinity, 0, -0, 5e-324, -5e-324, 1e-310, 1e308, -1e308, 1, -1, 1e300, 1e-300];
  for (let k = 0; k < 200; k++) {
    const numbers = (): number[] =>
      Array.from({ length: 6 }, () => random.pick([random.pick(odd), random.signed(1e-9, 1e9)]));
    const scale = random.pick(['linear', 'log', 'symmetric'] as const);
    const band: Series = { kind: 'band', name: 'range', x: numbers(), y: numbers(), y2: numbers() };
    const series: readonly Series[] = [
      { kind: 'line', name: 'line', x: numbers(), y: numbers() },
      { kind: 'points', name: 'points', x: numbers(), y: numbers(), shape: 'cross' },
      band,
    ];
    const text = svg(
      figureOf(
        panelOf(series, {
          x: { label: '', scale },
          y: { label: '', scale: random.pick(['linear', 'log', 'symmetric']) },
        }),
      ),
    );
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
    const picture = parseXml(text);
    const [, left, bottom, right] = /M([\d.]+) [\d.]+V([\d.]+)H([\d.]+)/
      .exec(withInk(picture, '#555')[0]!.attributes['d']!)!
      .map(Number);
    const places = (['blue', 'vermillion', 'green'] as const).flatMap((colour) =>
      pathsOf(picture, COLOURS[colour]).flatMap(({ attributes }) =>
        runs(attributes['d']!.replaceAll(/m[^M]*/g, '')).flat(),
      ),
    );
    for (const [x, y] of places) {
      expect(x).toBeGreaterThanOrEqual(left! - 0.1);
      expect(x).toBeLessThanOrEqual(right! + 0.1);
      expect(y).toBeLessThanOrEqual(bottom! + 0.1);
      expect(y).toBeGreaterThanOrEqual(bottom! - 230.1);
    }
  }
});

test('a figure that cannot be drawn says what is wrong with it', () => {
  const uneven: Series = { kind: 'band', name: 'range', x: [1, 2], y: [1, 2], y2: [1] };
  expect(() => drawn(panelOf([]), panelOf([uneven]))).toThrow(BadFigure);
  expect(() => drawn(panelOf([]), panelOf([uneven]))).toThrow(
    '"range" in panel 2 of "A figure" has arrays of 2 and 2 and 1',
  );
  expect(() => svg(figureOf())).toThrow('has no panel');
});
