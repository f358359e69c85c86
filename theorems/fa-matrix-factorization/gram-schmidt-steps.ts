/**
 * The steps in the proofs of Lemmas 18–20 (Appendix C) that hold whatever was drawn: one column a = (x, y) of A and c earlier
 * ones, the blocks F and H, in the basis of the left singular vectors. P1 keeps the first d coordinates, P2 the other e;
 * P projects onto the span of the earlier columns. The proof has d = r, e = n − r, c = j − 1; nothing depends on it.
 */
import { atMost, equals, lessThan } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { dot, matVec, type Matrix } from '../../src/numerics/matrix';
import { projectionOnto } from '../../src/numerics/projection';
import { fullRank } from '../../oracles/matrices';
import { columnAndEarlier, columnAndSize } from '../../generators/best-approximation';

interface Column<N> {
  readonly d: number;
  readonly e: number;
  readonly x: readonly N[];
  readonly y: readonly N[];
  readonly F: Matrix<N>;
  readonly H: Matrix<N>;
}

type Vector<N> = readonly N[];

const square = <N>(R: Arithmetic<N>, v: Vector<N>): N => R.add(...v.map((entry) => R.power(entry, 2)));

const less = <N>(R: Arithmetic<N>, v: Vector<N>, w: Vector<N>): Vector<N> => v.map((entry, i) => R.sub(entry, w[i]!));

/** P1 v and P2 v. */
const first = <N>(R: Arithmetic<N>, { d }: { readonly d: number }, v: Vector<N>): Vector<N> =>
  v.map((entry, i) => (i < d ? entry : R.of(0)));
const second = <N>(R: Arithmetic<N>, { d }: { readonly d: number }, v: Vector<N>): Vector<N> =>
  v.map((entry, i) => (i < d ? R.of(0) : entry));

/** P v. */
const projected = <N>(R: Arithmetic<N>, { F, H }: Pick<Column<N>, 'F' | 'H'>, v: Vector<N>): Vector<N> =>
  matVec(R, projectionOnto(R, [...F, ...H]), v);

const earlier = {
  says: String.raw`\text{the block of the earlier columns in } \mathrm{span}\{u_{r+1},\dots,u_n\}\text{ has full rank}`,
  holds: <N>(R: Reading<N>, { H }: { readonly H: Matrix<N> }) => fullRank(R, H),
};

const oneColumn = exam({
  name: 'a column and the earlier ones',
  inside: columnAndEarlier,
  assuming: { H1: earlier },
  cases: [
    { d: 1, e: 1, c: 1, x: [1], y: [-1], F: [[1]], H: [[1]] },
    { d: 1, e: 1, c: 1, x: [1], y: [1], F: [[1]], H: [[-1]] },
    { d: 2, e: 2, c: 1, x: [1, 2], y: [0, 1], F: [[1], [0]], H: [[2], [1]] },
  ],
});

/** (72)–(74). For all; attained. */
export const equation72 = forAll(oneColumn, {
  id: 'fa-matrix-factorization/eq-72-74',
  where: '(72)–(74)',
  recorded: 'upheld',
  says: String.raw`\|u-w\|^2\le\|u\|^2+\|w\|^2+2\|u\|\|w\|,\ u=P_1a-P_1PP_1a,\ w=P_1PP_2a;\quad \|u\|^2\le\|P_1a\|^2=\tfrac1{2r}\sum_{i\le r}R_{ij}^2`,
  note: String.raw`The first as $\langle u,w\rangle^2\le\|u\|^2\|w\|^2$ and $\|u-w\|^2=\|u\|^2+\|w\|^2-2\langle u,w\rangle$, which needs no root. On the way
$\langle P_1a,P_1PP_1a\rangle=\|PP_1a\|^2\ge\|P_1PP_1a\|^2$. $R_{ij}$ is the entry of $a$ over $\sigma_i=1/\sqrt{2r}$, with $r=d$.`,
  then: (R, _none, p) => {
    const { top, u, w } = parts72(R, p);
    const PTop = projected(R, p, top);
    const firstPTop = first(R, p, PTop);
    const R2 = R.div(R.add(...p.x.map((entry) => R.mul(2 * p.d, R.power(entry, 2)))), 2 * p.d);
    const expanded = R.sub(R.add(square(R, u), square(R, w)), R.mul(2, dot(R, u, w)));
    return all(
      part('expansion', equals(R, square(R, less(R, u, w)), expanded)),
      part('(72)', atMost(R, R.power(dot(R, u, w), 2), R.mul(square(R, u), square(R, w)))),
      part('inner product', equals(R, dot(R, top, firstPTop), square(R, PTop))),
      part('P1 shortens', atMost(R, square(R, firstPTop), square(R, PTop))),
      part('(73)', atMost(R, square(R, u), square(R, top))),
      part('(74)', equals(R, square(R, top), R2)),
    );
  },
  mutants: {
    'without 2‖u‖‖w‖ in (72)': (R, _none, p) => {
      const { u, w } = parts72(R, p);
      return atMost(R, square(R, less(R, u, w)), R.add(square(R, u), square(R, w)));
    },
    '‖u‖² ≤ ‖PP1a‖²': (R, _none, p) => {
      const { top, u } = parts72(R, p);
      return atMost(R, square(R, u), square(R, projected(R, p, top)));
    },
  },
});

/** P1 a, u = P1 a − P1 P P1 a and w = P1 P P2 a. */
const parts72 = <N>(R: Arithmetic<N>, p: Column<N>): { top: Vector<N>; u: Vector<N>; w: Vector<N> } => {
  const a = [...p.x, ...p.y];
  const top = first(R, p, a);
  const u = less(R, top, first(R, p, projected(R, p, top)));
  return { top, u, w: first(R, p, projected(R, p, second(R, p, a))) };
};

/** (81). For all, an identity. */
export const equation81 = forAll(oneColumn, {
  id: 'fa-matrix-factorization/eq-81',
  where: '(81)',
  recorded: 'upheld',
  says: String.raw`\langle P_2A^{(j)},P_2PP_1A^{(j)}\rangle=\frac1{2\sqrt{r(n-r)}}\Big\langle\sum_{i>r}u_iR_{ij},\,P\sum_{i\le r}u_iR_{ij}\Big\rangle`,
  note: String.raw`Here $x$ and $y$ are the $R_{ij}$ with $i\le r=d$ and $i>r$, and the column is $(x/\sqrt{2r},\,y/\sqrt{2(n-r)})$. The paper then
divides and multiplies by $\|P\sum_{i\le r}u_iR_{ij}\|$, which may be 0.`,
  then: (R, _none, p) => {
    const { d, e, x, y } = p;
    const column = [...x.map((entry) => R.div(entry, R.sqrt(2 * d))), ...y.map((entry) => R.div(entry, R.sqrt(2 * e)))];
    const left = dot(R, second(R, p, column), second(R, p, projected(R, p, first(R, p, column))));
    const R1 = first(R, p, [...x, ...y]);
    const inner = dot(R, second(R, p, [...x, ...y]), projected(R, p, R1));
    return equals(R, left, R.div(inner, R.mul(2, R.sqrt(d * e))), 0, 1);
  },
});

/** (93): the projection P' onto the span of the block of the earlier columns in the second space. For all; attained. */
export const equation93 = forAll(oneColumn, {
  id: 'fa-matrix-factorization/eq-93',
  where: '(93)',
  recorded: 'upheld',
  says: String.raw`\|Pg\|\le\|P'g\|\text{ for all } g\in\mathrm{span}\{u_{r+1},\dots,u_n\},\quad P'\text{ onto } P_2(\mathrm{col}\,A_{1:j-1})`,
  note: String.raw`The paper says that such a projection of rank $j-1$ exists; this is it: $Pg$ depends on $g$ only by its products with the
columns of $P_2A_{1:j-1}$. Where those depend on each other the span is extended, which needs $n-r\ge j-1$. Equality where the earlier
columns lie in the second space.`,
  tight: true,
  then: (R, _none, p) => shortened(R, p, [...p.x.map(() => R.of(0)), ...p.y]),
  mutants: { 'for all g': (R, _none, p) => shortened(R, p, [...p.x, ...p.y]) },
});

/** ‖Pg‖² ≤ ‖P'g‖². */
const shortened = <N>(R: Reading<N>, p: Column<N>, g: Vector<N>): Finding =>
  atMost(R, square(R, projected(R, p, g)), square(R, matVec(R, projectionOnto(R, p.H), g.slice(p.d))));

const columnOfSize = exam({
  name: 'a column and the earlier ones, and sizes as in Theorem 3',
  inside: columnAndSize,
  assuming: {
    H1: { says: String.raw`r\ge2000`, holds: (R, { r }) => atMost(R, 2000, r) },
    H2: { says: String.raw`n\ge2r`, holds: (R, { r, n }) => atMost(R, 2 * r, n) },
    H3: earlier,
    H4: { says: String.raw`a\ne0`, holds: (R, { x, y }) => lessThan(R, 0, square(R, [...x, ...y])) },
  },
  cases: [{ r: 2000, n: 4000, d: 1, e: 1, c: 1, x: [1], y: [-1], F: [[1]], H: [[1]] }],
});

/** 4 + 32s + 32√(log r/(n − r)), from the two chi-square thresholds. */
const bound88 = <N>(R: Arithmetic<N>, { r, n }: { readonly r: number; readonly n: number }): N => {
  const share = (size: number): N => {
    const most = R.add(size, R.mul(16, R.sqrt(R.mul(size, R.log(r)))));
    return R.mul(R.div(2, size), most);
  };
  return R.add(share(r), share(n - r));
};

/** (88). For all. */
export const equation88 = forAll(columnOfSize, {
  id: 'fa-matrix-factorization/eq-88',
  where: '(88)',
  recorded: 'upheld',
  says: String.raw`\|P_2a-P_2PP_1a\|^2\le4\|a\|^2;\quad \tfrac2r t_r+\tfrac2{n-r}t_{n-r}=4+32\sqrt{\tfrac{\log r}r}+32\sqrt{\tfrac{\log r}{n-r}}\le8,\ t_d=d+16\sqrt{d\log r}`,
  note: String.raw`The factor 4 is far from needed ($\frac54$ would do). The last step is $16s\le1$ at $n=2r$, as in (96): $7.95\le8$.`,
  then: (R, _none, p) => {
    const root = (size: number) => R.mul(32, R.sqrt(R.div(R.log(p.r), size)));
    return all(
      part('projections', atMost(R, difference88(R, p), R.mul(4, square(R, [...p.x, ...p.y])))),
      part('thresholds', equals(R, bound88(R, p), R.add(4, root(p.r), root(p.n - p.r)))),
      part('last step', atMost(R, bound88(R, p), 8)),
    );
  },
  mutants: {
    '1 for 4': (R, _none, p) => atMost(R, difference88(R, p), square(R, [...p.x, ...p.y])),
    '7.9 for 8': (R, _none, p) => atMost(R, bound88(R, p), 7.9),
  },
});

/** ‖P2 a − P2 P P1 a‖². */
const difference88 = <N>(R: Arithmetic<N>, p: Column<N>): N => {
  const a = [...p.x, ...p.y];
  return square(R, less(R, second(R, p, a), second(R, p, projected(R, p, first(R, p, a)))));
};
