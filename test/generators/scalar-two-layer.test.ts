import { drawPoints, drawsOf, seedFor } from '../../src/claim/draw';
import { isClaim, type Claim, type Exam } from '../../src/claim/exam';
import { NOTHING } from '../../src/claim/finding';
import { hypotheses, met } from '../../src/claim/judge';
import { hypothesisRecords, look, newTally, vacuity } from '../../src/claim/tally';
import type { Fields, Space } from '../../src/claim/space';
import { referenceSolvers } from '../../src/solvers/reference';
import * as spaces from '../../generators/scalar-two-layer';
import * as cubic from '../../theorems/fa-deep-linear/cubic';
import * as euler from '../../theorems/fa-deep-linear/euler';
import * as midpoint from '../../theorems/fa-deep-linear/midpoint';
import * as otherStarts from '../../theorems/fa-deep-linear/other-starts';
import * as theorem2 from '../../theorems/fa-deep-linear/theorem-2';

type AnySpace = Space<Fields>;
type Numbers = Readonly<Record<string, number>>;

const isSpace = (value: unknown): value is AnySpace => typeof (value as Partial<AnySpace>).decode === 'function';
const all = Object.entries(spaces).flatMap(([name, value]) => (isSpace(value) ? [[name, value] as const] : []));

const drawn = (inside: AnySpace, name: string, count: number): readonly Numbers[] =>
  drawPoints(inside.dimension, count, seedFor(1, 'space', name)).map((point) => inside.decode(point) as Numbers);

/** All points of the cube with coordinates 0, 1/2 and 1. */
const corners = (dimension: number): readonly (readonly number[])[] =>
  dimension === 0 ? [[]] : corners(dimension - 1).flatMap((point) => [0, 0.5, 1].map((u) => [...point, u]));

describe.each(all)('the space %s', (name, inside) => {
  test('decodes to instances that survive JSON and its own parser exactly', () => {
    for (const instance of drawn(inside, name, 200)) {
      expect(inside.parse(JSON.parse(JSON.stringify(instance)))).toStrictEqual(instance);
    }
  });

  test('decodes the corners of the cube to finite numbers, none of them −0', () => {
    for (const point of corners(inside.dimension)) {
      const instance = inside.decode(point);
      expect(inside.parse(JSON.parse(JSON.stringify(instance)))).toStrictEqual(instance);
    }
  });

  test('gives the same draws for the same seed', () => {
    expect(drawn(inside, name, 20)).toEqual(drawn(inside, name, 20));
    expect(drawn(inside, name, 20)).not.toEqual(drawn(inside, `${name}, again`, 20));
  });

  test('describes every parameter', () => {
    expect(Object.keys(inside.describe)).toEqual(inside.names);
  });
});

/**
 * Each share below differs from its probability by more than this only once in 1e9 times:
 * 2·exp(−2·COUNT·BAND²) = 1e-9 (Hoeffding).
 */
const COUNT = 4000;
const BAND = Math.sqrt(Math.log(2e9) / (2 * COUNT));

const share = (name: keyof typeof spaces, test: (instance: Numbers) => boolean): number =>
  drawn(spaces[name] as unknown as AnySpace, name, COUNT).filter(test).length / COUNT;

describe('boundaries and signs', () => {
  test('step sizes come within a twentieth of their bound one time in twenty', () => {
    const near = (relative: (p: Numbers) => number) => (p: Numbers) => relative(p) > 0.95 && relative(p) < 1;
    const midpointShare = share(
      'midpointBelowBound',
      near(({ r, eta }) => (3 * eta! * r! * r!) / 2),
    );
    expect(Math.abs(midpointShare - 0.05)).toBeLessThan(BAND);
    const eulerShare = share(
      'eulerSmallStep',
      near(({ r, eta }) => 2 * eta! * r! * r!),
    );
    expect(Math.abs(eulerShare - 0.05)).toBeLessThan(BAND);
  });

  test('step sizes of any size and sign lie on both sides of 2/(3r²), log-uniformly', () => {
    const below = share('midpointAnyStep', ({ r, eta }) => Math.abs(eta!) * r! * r! < 2 / 3);
    expect(Math.abs(share('midpointAnyStep', ({ eta }) => eta! < 0) - 1 / 2)).toBeLessThan(BAND);
    expect(Math.abs(below - (Math.log2(2 / 3) + 10) / 12)).toBeLessThan(BAND);
  });

  test('points of [0, r] come within a twentieth of either end one time in twenty', () => {
    const low = share('pointOfInterval', ({ r, x }) => x! < r! / 20);
    const high = share('pointOfInterval', ({ r, x }) => x! > (19 * r!) / 20);
    for (const near of [low, high]) expect(Math.abs(near - 0.05)).toBeLessThan(BAND + 2 ** -16);
    expect(share('pointOfInterval', ({ r, x }) => x! >= 0 && x! <= r!)).toBe(1);
    const ends = [spaces.pointOfInterval.decode([0.3, 0.3, 0.3, 0]), spaces.pointOfInterval.decode([0.3, 0.3, 0.3, 1])];
    expect(ends.map(({ x, r }) => x === 0 || x === r)).toEqual([true, true]);
  });

  test.each([
    ['signalAndFeedbackAnySign', ['r', 'd']],
    ['alignedStart', ['theta0']],
    ['alignedStartAnySign', ['r', 'theta0']],
    ['noSignal', ['theta0']],
    ['anyStart', ['lambda', 'd', 'w1', 'w2']],
  ] as const)('%s takes either sign of %p half the time', (name, signed) => {
    for (const parameter of signed) {
      expect(Math.abs(share(name, (p) => p[parameter]! < 0) - 0.5)).toBeLessThan(BAND);
    }
  });

  test('starts lie on both sides of the solution, as far as 64 times as large', () => {
    const beyond = share('alignedStart', ({ r, theta0 }) => theta0! > r!);
    expect(Math.abs(beyond - 0.25)).toBeLessThan(BAND);
    const far = share('alignedStart', ({ r, theta0 }) => Math.abs(theta0!) > 32 * r!);
    expect(Math.abs(far - 1 / 12)).toBeLessThan(BAND);
  });

  test('cubics come within a twentieth of the threshold most times, and never touch it', () => {
    const thresholds = {
      cubicBeyondPrinted: ({ lambda }: Numbers) => -1.5 * lambda! ** 1.5,
      cubicBeyond: ({ lambda, d }: Numbers) => -1.5 * Math.cbrt((lambda! * lambda!) / d!),
    };
    for (const name of ['cubicBeyondPrinted', 'cubicBeyond'] as const) {
      const near = share(name, (p) => p['K']! / thresholds[name](p) < 1.05);
      expect(Math.abs(near - (Math.log2(0.05) + 20) / 26)).toBeLessThan(BAND);
      expect(share(name, (p) => p['K']! < thresholds[name](p))).toBe(1);
    }
  });
});

describe('the exams', () => {
  const claims = [cubic, euler, midpoint, otherStarts, theorem2]
    .flatMap((file) => Object.values<unknown>(file))
    .filter(isClaim);
  const exams = [...new Map(claims.map((claim) => [claim.exam.name, claim])).values()];

  test('have names of their own', () => {
    expect(new Set(claims.map(({ exam }) => exam)).size).toBe(exams.length);
  });

  describe.each(exams.map((claim) => [claim.exam.name, claim] as const))('"%s"', (_name, claim) => {
    const { exam }: { exam: Exam } = claim;
    const draws = drawsOf(exam, 300, 1);

    test('draw instances that meet their hypotheses, nearly all', () => {
      const good = draws.filter((instance) => met(hypotheses(exam, instance))).length;
      // The engine calls a claim vacuous below one in twenty; a space `inside` is meant to meet them by construction.
      expect(good / draws.length).toBeGreaterThan(claim.form === 'exists' ? 0.05 : 0.9);
    });

    test('come near the boundary of every hypothesis that has one', () => {
      const { name, inside, assuming } = exam;
      const hypothesesOnly: Claim = { ...claim, exam: { name, inside, assuming, cases: [] }, then: () => NOTHING };
      const tally = newTally(hypothesesOnly, referenceSolvers);
      for (const instance of draws) look(tally, instance, { audit: false, draw: true });
      expect(vacuity(tally)).toBeUndefined();
      for (const { near } of Object.values(hypothesisRecords(tally)))
        if (near !== undefined) expect(near).toBeGreaterThan(0);
    });

    test('have stored cases that parse and meet their hypotheses', () => {
      for (const instance of exam.cases) {
        expect(exam.inside.parse(instance)).toEqual(instance);
        expect(met(hypotheses(exam, instance))).toBe(true);
      }
    });
  });
});
