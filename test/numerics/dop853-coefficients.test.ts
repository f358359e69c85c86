import {
  ALL_STAGES,
  DENSE_WEIGHTS,
  ERROR_WEIGHTS_3,
  ERROR_WEIGHTS_5,
  NODES,
  SOLUTION_WEIGHTS,
  STAGE_WEIGHTS,
  STEP_STAGES,
} from '../../src/numerics/dop853-coefficients';

/** A rooted tree, as the multiset of the trees its root carries. */
type Tree = readonly Tree[];

/** All rooted trees with `order` nodes, each once. */
function treesOf(order: number): Tree[] {
  const smaller = Array.from({ length: order - 1 }, (_, k) => treesOf(k + 1)).flat();
  const forests = (nodes: number, from: number): Tree[] => {
    if (nodes === 0) return [[]];
    return smaller.flatMap((tree, k) => {
      const size = sizeOf(tree);
      return k < from || size > nodes ? [] : forests(nodes - size, k).map((rest) => [tree, ...rest]);
    });
  };
  return forests(order - 1, 0);
}

function sizeOf(tree: Tree): number {
  return tree.reduce((sum, child) => sum + sizeOf(child), 1);
}

function density(tree: Tree): number {
  return tree.reduce((product, child) => product * density(child), sizeOf(tree));
}

/** The elementary weight of every stage for a tree; `Σ b · weights = 1 / density` is the order condition. */
function elementaryWeights(tree: Tree, stageWeights: readonly (readonly number[])[]): number[] {
  const product = stageWeights.map(() => 1);
  for (const child of tree) {
    const inner = elementaryWeights(child, stageWeights);
    stageWeights.forEach((row, s) => (product[s]! *= dot(row, inner)));
  }
  return product;
}

function dot(weights: readonly number[], values: readonly number[]): number {
  return weights.reduce((sum, weight, s) => sum + weight * values[s]!, 0);
}

/** By how much the worst order condition up to `order` fails, given the stages. */
function worstCondition(
  order: number,
  stageWeights: readonly (readonly number[])[],
  left: (weights: readonly number[], tree: Tree) => number,
): number {
  const trees = Array.from({ length: order }, (_, k) => treesOf(k + 1)).flat();
  return Math.max(...trees.map((tree) => Math.abs(left(elementaryWeights(tree, stageWeights), tree))));
}

/** The weights of all sixteen stages in the dense output at `x` in [0, 1], as the integrator evaluates it. */
function denseWeightsAt(x: number): number[] {
  const y = 1 - x;
  return NODES.map((_, s) => {
    const solution = s < STEP_STAGES ? SOLUTION_WEIGHTS[s]! : 0;
    const [first, last] = [s === 0 ? 1 : 0, s === STEP_STAGES ? 1 : 0];
    const [d0, d1, d2, d3] = DENSE_WEIGHTS.map((row) => row[s]!);
    const inner = d0! + x * (d1! + y * (d2! + x * d3!));
    return x * (solution + y * (first - solution + x * (2 * solution - last - first + y * inner)));
  });
}

describe('the coefficients of DOP853', () => {
  const step = STAGE_WEIGHTS.slice(0, STEP_STAGES);
  const condition = (weights: readonly number[], tree: Tree) => dot(SOLUTION_WEIGHTS, weights) - 1 / density(tree);

  test('there are as many rooted trees up to order 8 as there should be', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8].map((order) => treesOf(order).length)).toEqual([1, 1, 2, 4, 9, 20, 48, 115]);
  });

  test('every row of stage weights sums to its node', () => {
    STAGE_WEIGHTS.forEach((row, s) => {
      expect(row).toHaveLength(s);
      expect(Math.abs(row.reduce((sum, weight) => sum + weight, 0) - NODES[s]!)).toBeLessThan(2e-14);
    });
    expect(STAGE_WEIGHTS).toHaveLength(ALL_STAGES);
  });

  test('the solution weights integrate powers up to the seventh exactly and no more', () => {
    const moment = (k: number) =>
      dot(
        SOLUTION_WEIGHTS,
        NODES.map((node) => node ** k),
      ) -
      1 / (k + 1);
    for (let k = 0; k <= 7; k += 1) expect(Math.abs(moment(k))).toBeLessThan(2e-15);
    expect(Math.abs(moment(8))).toBeGreaterThan(1e-7);
  });

  test('all 200 order conditions up to order 8 hold', () => {
    expect(worstCondition(8, step, condition)).toBeLessThan(1e-14);
  });

  test('the embedded weights are of order 5 and 3, and not of a higher one', () => {
    const estimate = (row: readonly number[]) => (weights: readonly number[]) => dot(row, weights);
    expect(worstCondition(5, step, estimate(ERROR_WEIGHTS_5))).toBeLessThan(1e-14);
    expect(worstCondition(6, step, estimate(ERROR_WEIGHTS_5))).toBeGreaterThan(1e-6);
    expect(worstCondition(3, step, estimate(ERROR_WEIGHTS_3))).toBeLessThan(1e-14);
    expect(worstCondition(4, step, estimate(ERROR_WEIGHTS_3))).toBeGreaterThan(1e-6);
  });

  test('the dense output is of order 7 throughout the step', () => {
    for (const x of [0.125, 0.3, 0.5, 0.77, 1]) {
      const row = denseWeightsAt(x);
      const left = (weights: readonly number[], tree: Tree) => dot(row, weights) - x ** sizeOf(tree) / density(tree);
      expect(worstCondition(7, STAGE_WEIGHTS, left)).toBeLessThan(1e-12);
    }
  });

  test('a relative error of 1e-7 in any single stage weight breaks an order condition', () => {
    const trees = Array.from({ length: 8 }, (_, k) => treesOf(k + 1)).flat();
    const targets = trees.map((tree) => 1 / density(tree));
    const worst = (stages: readonly (readonly number[])[], solution: readonly number[]) =>
      Math.max(...trees.map((tree, k) => Math.abs(dot(solution, elementaryWeights(tree, stages)) - targets[k]!)));
    STAGE_WEIGHTS.slice(0, STEP_STAGES + 1).forEach((row, s) => {
      row.forEach((weight, column) => {
        if (weight === 0) return;
        const wrong = STAGE_WEIGHTS.map((r, k) => (k === s ? r.with(column, weight * (1 + 1e-7)) : r));
        expect(worst(wrong.slice(0, STEP_STAGES), wrong[STEP_STAGES]!)).toBeGreaterThan(2e-14);
      });
    });
  });

  test('a relative error of 1e-9 in any single dense weight breaks the order of the dense output', () => {
    const trees = Array.from({ length: 7 }, (_, k) => treesOf(k + 1)).flat();
    const weights = trees.map((tree) => elementaryWeights(tree, STAGE_WEIGHTS));
    const row = denseWeightsAt(0.3);
    DENSE_WEIGHTS.forEach((entries, k) => {
      entries.forEach((weight, s) => {
        if (weight === 0) return;
        const share = [0.3 ** 3 * 0.7 ** 3, 0.3 ** 4 * 0.7 ** 3, 0.3 ** 4 * 0.7 ** 4, 0.3 ** 5 * 0.7 ** 4][k]!;
        const wrong = row.with(s, row[s]! + share * weight * 1e-9);
        const defects = trees.map((tree, j) => Math.abs(dot(wrong, weights[j]!) - 0.3 ** sizeOf(tree) / density(tree)));
        expect(Math.max(...defects)).toBeGreaterThan(1e-14);
      });
    });
  });
});
