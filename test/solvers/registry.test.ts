import type { FeedbackProblem, Solvers, Steps } from '../../src/solvers/interfaces';
import { SolverError } from '../../src/solvers/interfaces';
import { referenceSolvers } from '../../src/solvers/reference';
import { guarded, loadSolvers, replaceSolver, SOLVER_NAMES } from '../../src/solvers/registry';

const load = (name: string): ReturnType<typeof loadSolvers> => loadSolvers(`fixtures/${name}`, __dirname);

describe('the solver functions', () => {
  test('are named family.function', () => {
    expect([...SOLVER_NAMES].sort()).toEqual([
      'deepScalarFA.flow',
      'deepScalarFA.midpoint',
      'factorFA.euler',
      'factorFA.flow',
      'factorFAStar.euler',
      'factorFAStar.flow',
      'factorGD.euler',
      'factorGD.flow',
      'implicitReLU.descend',
      'implicitReLU.equilibrium',
      'implicitReLU.flow',
      'implicitReLU.gradients',
      'implicitReLU.iterates',
      'implicitTraining.descend',
      'matrixFA.euler',
      'matrixFA.flow',
      'matrixFA.midpoint',
      'matrixGD.euler',
      'matrixGD.flow',
      'scalarFA.euler',
      'scalarFA.flow',
      'scalarFA.midpoint',
      'scalarGD.flow',
    ]);
  });

  test('are replaced one at a time, the others kept', () => {
    const mine = (): never => {
      throw new Error('not called');
    };
    const { scalarFA, scalarGD } = replaceSolver(referenceSolvers, 'scalarFA.flow', mine);
    expect(scalarFA.flow).toBe(mine);
    expect(scalarFA.euler).toBe(referenceSolvers.scalarFA.euler);
    expect(scalarGD).toBe(referenceSolvers.scalarGD);
    expect(referenceSolvers.scalarFA.flow).not.toBe(mine);
  });
});

describe('loading solvers', () => {
  test('without a module gives our own', () => {
    expect(loadSolvers(undefined, '/')).toEqual({ solvers: referenceSolvers, replaced: [] });
  });

  test('takes what a module exports and keeps our own for the rest', () => {
    const { solvers, replaced } = load('one-function.js');
    expect(replaced).toEqual(['scalarFA.midpoint']);
    const problem = { lambda: 1, d: 1, eta: 0.1, steps: 1, w1: 0, w2: 0 };
    expect(solvers.scalarFA.midpoint(problem)).toEqual({ w1: [7, 7], w2: [8, 8] });
    expect(solvers.scalarFA.euler).toBe(referenceSolvers.scalarFA.euler);
    expect(solvers.scalarGD).toBe(referenceSolvers.scalarGD);
  });

  test('takes several families, and a default export for none', () => {
    expect([...load('two-families.js').replaced].sort()).toEqual(['scalarFA.euler', 'scalarFA.flow', 'scalarGD.flow']);
  });

  test.each([
    [
      'a family that does not exist',
      'unknown-family.js',
      /exports scalarFB\.midpoint .*expected functions named scalarFA\.flow/,
    ],
    ['a function that does not exist', 'unknown-function.js', /exports scalarFA\.leapfrog .*expected functions named/],
    ['something that is no function', 'not-a-function.js', /exports scalarFA\.midpoint \(string\)/],
    [
      'a family that is a function',
      'family-is-function.js',
      /exports scalarFB \(function\); expected objects named scalarFA, scalarGD/,
    ],
    ['nothing', 'empty.js', /exports no solver: export an object per family/],
    ['no object', 'no-object.js', /cannot be loaded: it exports number, not an object/],
  ])('refuses a module that exports %s', (_what, name, message) => {
    expect(() => load(name)).toThrow(SolverError);
    expect(() => load(name)).toThrow(message);
  });

  test('takes the methods of a class instance in the default export, bound to it', () => {
    const { solvers, replaced } = load('class-default.js');
    expect(replaced).toEqual(['scalarFA.midpoint']);
    const problem = { lambda: 1, d: 1, eta: 0.5, steps: 1, w1: 0, w2: 0 };
    expect(solvers.scalarFA.midpoint(problem)).toEqual({ w1: [0, 0.5], w2: [0, 0.125] });
  });

  test('says why a module that throws cannot be loaded', () => {
    expect(() => load('throwing.js')).toThrow(/throwing\.js cannot be loaded: the licence server does not answer/);
  });

  test('says from where a missing module was looked for', () => {
    expect(() => load('missing.js')).toThrow(SolverError);
    expect(() => load('missing.js')).toThrow(`missing.js does not exist`);
    expect(() => load('missing.js')).toThrow(__dirname);
  });
});

describe('guarded solvers', () => {
  type Problem = FeedbackProblem & Steps;
  const problem: Problem = { lambda: 1, d: 1, eta: 0.1, steps: 2, w1: 0, w2: 0 };
  const answering = (answer: (problem: Problem) => unknown): Solvers =>
    guarded(replaceSolver(referenceSolvers, 'scalarFA.midpoint', answer as never));

  test('hand on a good answer as it is', () => {
    const answer = { w1: [0, 1, 2], w2: new Float64Array(3) };
    expect(answering(() => answer).scalarFA.midpoint(problem)).toBe(answer);
    const start = { lambda: 1, w1: 1, w2: 1, times: [0, 1] };
    expect(guarded(referenceSolvers).scalarGD.flow(start)).toEqual(referenceSolvers.scalarGD.flow(start));
  });

  test.each<[string, (problem: Problem) => unknown, RegExp]>([
    ['undefined', () => undefined, /scalarFA\.midpoint returned undefined for w1; expected an array of 3 numbers/],
    ['null', () => null, /returned undefined for w1/],
    ['one layer only', () => ({ w1: [0, 0, 0] }), /returned undefined for w2/],
    ['too few points', () => ({ w1: [0, 0], w2: [0, 0] }), /returned 2 numbers for w1; expected an array of 3/],
    ['too many points', () => ({ w1: [0, 0, 0], w2: [0, 0, 0, 0] }), /returned 4 numbers for w2/],
    ['NaN', () => ({ w1: [0, NaN, 0], w2: [0, 0, 0] }), /returned NaN as w1\[1\]; expected a finite number/],
    ['infinity', () => ({ w1: [0, 0, 0], w2: [0, 0, -Infinity] }), /returned -Infinity as w2\[2\]/],
    ['text', () => ({ w1: ['0', 0, 0], w2: [0, 0, 0] }), /returned "0" as w1\[0\]/],
    ['a hole', () => ({ w1: new Array(3), w2: [0, 0, 0] }), /returned undefined as w1\[0\]/],
    ['a promise', () => Promise.resolve({ w1: [0, 0, 0], w2: [0, 0, 0] }), /returned undefined for w1/],
  ])('name the function and what came back: %s', (_what, answer, message) => {
    const { midpoint } = answering(answer).scalarFA;
    expect(() => midpoint(problem)).toThrow(SolverError);
    expect(() => midpoint(problem)).toThrow(message);
  });

  test.each([
    ['an error', new TypeError('x is not defined'), 'scalarFA.midpoint threw: x is not defined'],
    ['a string', 'out of luck', 'scalarFA.midpoint threw: out of luck'],
  ])('name the function that throws %s', (_what, thrown, message) => {
    const { midpoint } = answering(() => {
      throw thrown;
    }).scalarFA;
    expect(() => midpoint(problem)).toThrow(new SolverError(message));
  });

  test('expect a path as long as the times of a flow', () => {
    const { flow } = guarded(
      replaceSolver(referenceSolvers, 'scalarGD.flow', (() => ({ w1: [1], w2: [1] })) as never),
    ).scalarGD;
    expect(() => flow({ lambda: 1, w1: 1, w2: 1, times: [0, 1] })).toThrow(
      /returned 1 numbers for w1; expected an array of 2/,
    );
  });

  describe('of a deep network', () => {
    const deep = { lambda: 1, d: [1, 1], start: [0, 0, 0], eta: 0.1, steps: 1 };
    const deepAnswering = (answer: unknown) =>
      guarded(replaceSolver(referenceSolvers, 'deepScalarFA.midpoint', (() => answer) as never)).deepScalarFA.midpoint;

    test('hand on an array a layer', () => {
      const answer = { layers: [[0, 1], new Float64Array(2), [0, 0]] };
      expect(deepAnswering(answer)(deep)).toBe(answer);
      expect(guarded(referenceSolvers).deepScalarFA.midpoint(deep)).toEqual(
        referenceSolvers.deepScalarFA.midpoint(deep),
      );
    });

    test.each([
      ['no layers', {}, /deepScalarFA\.midpoint returned undefined for layers\[0\]; expected an array of 2 numbers/],
      ['a layer too few', { layers: [[0, 0], [0, 0]] }, /returned undefined for layers\[2\]; expected an array of 2/], // prettier-ignore
      ['a layer too short', { layers: [[0, 0], [0], [0, 0]] }, /returned 1 numbers for layers\[1\]/],
      [
        'NaN',
        {
          layers: [
            [0, 0],
            [0, 0],
            [0, NaN],
          ],
        },
        /returned NaN as layers\[2\]\[1\]; expected a finite number/,
      ],
      ['null', null, /returned undefined for layers\[0\]/],
    ])('name the layer that is wrong: %s', (_what, answer, message) => {
      expect(() => deepAnswering(answer)(deep)).toThrow(SolverError);
      expect(() => deepAnswering(answer)(deep)).toThrow(message);
    });
  });

  describe('of matrices', () => {
    // Two inputs, three neurons, one output: 6 and 3 entries a point, two points.
    const problem = { xx: [[1, 0], [0, 1]], xy: [[1, 1]], start: [[[0, 0], [0, 0], [0, 0]], [[0, 0, 0]]], eta: 0.1, steps: 1 }; // prettier-ignore
    const answering = (answer: unknown) =>
      guarded(replaceSolver(referenceSolvers, 'matrixGD.euler', (() => answer) as never)).matrixGD.euler;

    test('hand on all entries of every layer', () => {
      const answer = { layers: [new Float64Array(12), new Array(6).fill(0)] };
      expect(answering(answer)(problem)).toBe(answer);
      expect(guarded(referenceSolvers).matrixGD.euler(problem)).toEqual(referenceSolvers.matrixGD.euler(problem));
    });

    test.each([
      ['the last point alone', { layers: [new Float64Array(6), new Float64Array(3)] }, /matrixGD\.euler returned 6 numbers for layers\[0\]; expected an array of 12/], // prettier-ignore
      ['rows in the place of entries', { layers: [[[0, 0], [0, 0], [0, 0]], [[0, 0, 0]]] }, /returned 3 numbers for layers\[0\]; expected an array of 12/], // prettier-ignore
      ['NaN', { layers: [new Float64Array(12), [0, 0, NaN, 0, 0, 0]] }, /returned NaN as layers\[1\]\[2\]/],
    ])('name the layer that is wrong: %s', (_what, answer, message) => {
      expect(() => answering(answer)(problem)).toThrow(SolverError);
      expect(() => answering(answer)(problem)).toThrow(message);
    });
  });
});
