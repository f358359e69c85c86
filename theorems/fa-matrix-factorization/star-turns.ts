/**
 * FA* in closed form (Section 3): with S = I and orthogonal columns of YCᵀ, every column of Z turns by itself, as
 * sech(t − φ)·e + tanh(t − φ)·a towards the column a of YCᵀ. With u = e^{t−φ} these are fractions, 2u/(u² + 1) and
 * (u² − 1)/(u² + 1), so that paths are exact. That they are paths is part of each claim: the field equals dZ/dt there.
 */
import { atMost, lessThan } from '../../src/claim/compare';
import { exam, exists, forAll } from '../../src/claim/exam';
import { all, part, type Finding, type Reading } from '../../src/claim/finding';
import { bestFactorField, bestRight } from '../../src/definitions/factorization';
import { starState, type StarState } from '../../src/definitions/factorization-path';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import { identity, transpose, type Matrix } from '../../src/numerics/matrix';
import { equalMatrices } from '../../oracles/matrices';
import { larger } from '../../oracles/series';
import { twoTurns } from '../../generators/factorization-paths';

/** e^φ of the first column, and the factor in e^t between the times looked at: from 1, five times. */
interface Turns<N> {
  readonly first: N;
  readonly later: N;
}

/** e^t at the times: the start, the first turn, half way (in t) to the second, the second, and as long again. */
const exponentials = <N>(R: Arithmetic<N>, { first, later }: Turns<N>): readonly N[] => [
  R.of(1),
  ...[0, 1, 2, 3].map((k) => R.mul(first, R.power(later, k))),
];

/** Both coordinates of a turning column, and their derivatives by t. */
const turning = <N>(R: Arithmetic<N>, u: N) => {
  const whole = R.add(R.power(u, 2), 1);
  const sech = R.div(R.mul(2, u), whole);
  const tanh = R.div(R.sub(R.power(u, 2), 1), whole);
  return { at: [sech, tanh] as const, slope: [R.neg(R.mul(sech, tanh)), R.power(sech, 2)] as const };
};

/** Z and its derivative at one time, from its columns. */
interface Moving<N> {
  readonly Z: Matrix<N>;
  readonly slope: Matrix<N>;
}

const both = <N>(columns: readonly (readonly N[])[], slopes: readonly (readonly N[])[]): Moving<N> => ({
  Z: transpose(columns),
  slope: transpose(slopes),
});

/** n = 4: both columns turn, the second where e^t = first·later². */
const twoColumns = <N>(R: Arithmetic<N>, { first, later }: Turns<N>, E: N): Moving<N> => {
  const [one, two] = [first, R.mul(first, R.power(later, 2))].map((g) => turning(R, R.div(E, g)));
  const zero = R.of(0);
  return both(
    [[...one!.at, zero, zero], [zero, zero, ...two!.at]], // prettier-ignore
    [[...one!.slope, zero, zero], [zero, zero, ...two!.slope]], // prettier-ignore
  );
};

/** n = 3: the first column turns, the second is opposite to its column of YCᵀ and stays. */
const oneColumn = <N>(R: Arithmetic<N>, { first }: Turns<N>, E: N): Moving<N> => {
  const one = turning(R, R.div(E, first));
  const [zero, unit] = [R.of(0), R.of(1)];
  return both([[...one.at, zero], [zero, zero, unit]], [[...one.slope, zero], [zero, zero, zero]]); // prettier-ignore
};

/** C = I: YCᵀ is Y. */
const signalOf = <N>(R: Arithmetic<N>, rows: readonly (readonly number[])[]) => ({
  Y: rows.map((row) => row.map((x) => R.of(x))),
  C: identity(R, 2),
});
const TWO = [[0, 0], [1, 0], [0, 0], [0, 1]]; // prettier-ignore
const ONE = [[0, 0], [1, 0], [0, -1]]; // prettier-ignore

/** The points of the path, and that it is one. */
function followed<N>(
  R: Reading<N>,
  p: Turns<N>,
  rows: readonly (readonly number[])[],
  moving: (R: Arithmetic<N>, p: Turns<N>, E: N) => Moving<N>,
): { readonly points: readonly StarState<N>[]; readonly isPath: Finding } {
  const target = signalOf(R, rows);
  const path = exponentials(R, p).map((E) => moving(R, p, E));
  const points = path.map(({ Z }) => starState(R, target, { Z, W: bestRight(R, target.Y, Z) }));
  const slopes = path.map(({ Z, slope }, t) => equalMatrices(R, bestFactorField(R, target, Z), slope, { at: t, scale: 1 })); // prettier-ignore
  return { points, isPath: part('is the flow', all(...slopes)) };
}

const positive = {
  says: String.raw`e^{\varphi}\ge1,\ \text{later}>1`,
  holds: <N>(R: Reading<N>, { first, later }: Turns<N>): Finding => all(atMost(R, 1, first), lessThan(R, 1, later)),
};

const turns = exam({
  name: 'two columns of FA* that turn one after the other',
  inside: twoTurns,
  assuming: { H1: positive },
  cases: [
    { first: 8, later: 8 },
    { first: 2, later: 8 },
    { first: 1, later: 4 },
  ],
});

/** The alignment stays indefinite for ever. A witness. */
export const notDefinite = exists(turns, {
  id: 'fa-matrix-factorization/A-not-psd',
  where: 'Section 3, before (7); Figure 4b',
  recorded: 'upheld',
  says: String.raw`S=I:\ A(t)\text{ is not positive semidefinite at any }t,\ \text{and }\ell(t)\to0,\ \ell(0)>0`,
  note: String.raw`$YC^\top=(e_2,-e_3)$, $Z=(\operatorname{sech}(t-\varphi)e_1+\tanh(t-\varphi)e_2,\ e_3)$: $A=\operatorname{diag}(2\tanh(t-\varphi),-2)$ and $\ell=\operatorname{sech}^2(t-\varphi)\le4e^{-2(t-\varphi)}$. All
are fractions in $e^t$ of degree four and less, compared at five times.`,
  then: (R, _none, p) => {
    const { points, isPath } = followed(R, p, ONE, oneColumn);
    const found = points.flatMap(({ A, loss }, t) => [
      part('second direction', atMost(R, A[1]![1]!, -2, t)),
      part('loss falls', atMost(R, loss, R.div(R.mul(4, R.power(p.first, 2)), R.power(exponentials(R, p)[t]!, 2)), t)),
      part('loss', lessThan(R, 0, loss, t)),
    ]);
    return all(isPath, ...found);
  },
  mutants: {
    'and is definite in the end': (R, _none, p) => {
      const { points, isPath } = followed(R, p, ONE, oneColumn);
      return all(isPath, lessThan(R, 0, points[points.length - 1]!.A[1]![1]!));
    },
  },
});

/** The loss rises, falls, rises and falls. A witness. */
export const notMonotone = exists(turns, {
  id: 'fa-matrix-factorization/nonmonotone',
  where: 'Section 3, Figure 3b',
  recorded: 'upheld',
  says: String.raw`S=I:\ \|R(t_0)\|_F<\|R(t_1)\|_F>\|R(t_2)\|_F<\|R(t_3)\|_F>\|R(t_4)\|_F\ \text{for some }t_0<\dots<t_4`,
  note: String.raw`$\ell=\sum_i\operatorname{sech}^2(t-\varphi_i)$ has as many peaks as there are columns when the $\varphi_i$ lie apart, so that any number of peaks
occurs with $n=2r$. That $r$ is close to $n$ is not needed.`,
  then: (R, _none, p) => {
    const { points, isPath } = followed(R, p, TWO, twoColumns);
    const steps = points.slice(1).map(({ loss }, t) => {
      const before = points[t]!.loss;
      return t % 2 === 0 ? lessThan(R, before, loss, t + 1) : lessThan(R, loss, before, t + 1);
    });
    return all(isPath, ...steps.map((step, t) => part(t % 2 === 0 ? 'rises' : 'falls', step)));
  },
  mutants: {
    'one peak': (R, _none, p) => {
      const { points, isPath } = followed(R, p, TWO, twoColumns);
      return all(isPath, atMost(R, points[3]!.loss, points[2]!.loss));
    },
  },
});

/** As above, the loss between the turns at most half of what it is at the second: T_1 and T'_1 of Lemma 13. */
const betweenTurns = exam({
  name: 'a rise of the loss of FA* by half and more',
  inside: twoTurns,
  assuming: {
    H1: positive,
    H2: {
      says: String.raw`\ell(T_1)\le\epsilon_1/2,\ \ell(T'_1)>\epsilon_1\ \text{for some }\epsilon_1`,
      holds: (R, p) => {
        const { points } = followed(R, p, TWO, twoColumns);
        return lessThan(R, R.mul(2, points[2]!.loss), points[3]!.loss);
      },
    },
  },
  cases: [
    { first: 1, later: 8 },
    { first: 8, later: 8 },
  ],
  python: [
    'def sech2(u): return (2*u/(u*u + 1))**2',
    'def loss(E): return sech2(E/first) + sech2(E/(first*later**2))',
    'start, T, Tprime = loss(F(1)), loss(first*later), loss(first*later**2)',
    'assert first >= 1 and later > 1 and 2*T < Tprime  # H1, H2',
  ],
});

/** What the loss gains in all is what it gains in some intervals at least, as printed. For all. */
export const lemma13 = forAll(betweenTurns, {
  id: 'fa-matrix-factorization/lemma-13',
  where: 'proof of Lemma 13',
  recorded: 'refuted',
  corrected: ['fa-matrix-factorization/lemma-13-increase'],
  says: String.raw`\int_0^{T'_k}\tfrac{d\ell}{dt}\,dt\ge\sum_{i=1}^k\int_{T_i}^{T'_i}\tfrac{d\ell}{dt}\,dt`,
  note: String.raw`For $k=1$: $\ell(T'_1)-\ell(0)\ge\ell(T'_1)-\ell(T_1)$ would say that the loss at the start is at most that at $T_1$. Between the intervals
the loss may fall. The proof does not need this step.`,
  then: (R, _none, p) => {
    const { points } = followed(R, p, TWO, twoColumns);
    const [start, , low, high] = points.map(({ loss }) => loss);
    return atMost(R, R.sub(high!, low!), R.sub(high!, start!));
  },
  python: ['left, right = Tprime - T, Tprime - start'],
});

/** What the loss gains in all is what it gains in some intervals at least. For all. */
export const lemma13Increase = forAll(betweenTurns, {
  id: 'fa-matrix-factorization/lemma-13-increase',
  where: 'corrects the proof of Lemma 13',
  recorded: 'upheld',
  says: String.raw`\int_0^{T'_k}\tfrac{d\ell}{dt}\,\mathbb 1[\tfrac{d\ell}{dt}\ge0]\,dt\ge\sum_{i=1}^k(\ell(T'_i)-\ell(T_i))`,
  note: 'Drop the middle of the chain. The integral is at least the sum of the gains between the times looked at.',
  then: (R, _none, p) => {
    const { points, isPath } = followed(R, p, TWO, twoColumns);
    const losses = points.slice(0, 4).map(({ loss }) => loss);
    const gains = losses.slice(1).map((loss, t) => larger(R, R.sub(loss, losses[t]!), R.of(0)));
    return all(isPath, part('gains', atMost(R, R.sub(losses[3]!, losses[2]!), R.add(...gains))));
  },
  mutants: {
    'all that the loss changes': (R, _none, p) => {
      const { points } = followed(R, p, TWO, twoColumns);
      const [start, , low, high] = points.map(({ loss }) => loss);
      return atMost(R, R.sub(high!, low!), R.sub(high!, start!));
    },
  },
});
