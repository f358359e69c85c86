/**
 * Rest points of feedback alignment on deep linear networks (Section 7 with Proposition 4), for three layers: the first
 * layer stands still where M_1E = 0, whatever the layers above do. And what the loss looks like at zero weights, where the
 * experiments of Section 6 start. Losses are compared without ½E‖y‖², which they share.
 */
import { atMost, equals, lessThan, magnitude } from '../../src/claim/compare';
import { exam, forAll } from '../../src/claim/exam';
import { all, part, type Reading } from '../../src/claim/finding';
import {
  feedbackField,
  gradientField,
  inner,
  lossAboveZero,
  productOf,
  residual,
  type Layers,
  type Moments,
} from '../../src/definitions/matrix-linear';
import type { Arithmetic } from '../../src/numerics/arithmetic';
import {
  diagonal,
  frobeniusSquared,
  identity,
  inverse,
  matMul,
  minus,
  scale,
  transpose,
  zeros,
  type Matrix,
} from '../../src/numerics/matrix';
import { equalMatrices, fullRank, positiveDefinite } from '../../oracles/matrices';
import {
  diagonalWithBottleneck,
  narrowThreeLayers,
  twoLayersFromZero,
  wideThreeLayers,
} from '../../generators/linear-networks';

/** First layer W1, second layer the identity, third layer the best for them: ΣxyW1ᵀ(W1W1ᵀ)⁻¹, for isotropic inputs. */
const completed = <N>(R: Arithmetic<N>, Sxy: Matrix<N>, W1: Matrix<N>): Layers<N> => {
  const best = matMul(R, Sxy, transpose(W1), inverse(R, matMul(R, W1, transpose(W1))));
  return [W1, identity(R, W1.length), best];
};

const isotropic = <N>(R: Arithmetic<N>, Sxy: Matrix<N>): Moments<N> => ({ xx: identity(R, Sxy[0]!.length), xy: Sxy });

/** Three layers, the hidden ones narrower than the output, at the rest point with W1 = M1Σxy and W2 = I. */
const narrow = exam({
  name: 'a rest point of three layers with fewer neurons than outputs',
  inside: narrowThreeLayers,
  assuming: {
    H1: {
      says: String.raw`M_1,\ M_2\text{ have full rank}`,
      holds: (R, { M1, M2 }) => all(fullRank(R, M1), fullRank(R, M2)),
    },
    H2: {
      says: String.raw`M_1\Sigma_{xy}\text{ and } V_1\text{ have full rank}`,
      holds: (R, { M1, Sxy, V1 }) => all(fullRank(R, matMul(R, M1, Sxy)), fullRank(R, V1)),
    },
    H3: {
      says: String.raw`\dot W_1=0,\ \dot W_2=0,\ \dot W_3=0`,
      holds: (R, { M1, M2, Sxy }) => {
        const W1 = matMul(R, M1, Sxy);
        const inverts = fullRank(R, W1);
        if (inverts.breaks + inverts.unresolved > 0) return inverts;
        const field = feedbackField(R, isotropic(R, Sxy), [M1, M2], completed(R, Sxy, W1));
        const size = Math.max(...Sxy.flat().map((x) => magnitude(R, x)));
        return all(...field.map((W) => equalMatrices(R, W, zeros(R, W.length, W[0]!.length), { scale: size })));
      },
    },
  },
  cases: [{ h: 1, o: 2, d: 2, M1: [[0, 1]], M2: [[0, 1]], Sxy: [[2, 0], [0, 1]], V1: [[1, 0]] }], // prettier-ignore
});

/** Every rest point of deep feedback alignment is a global minimum, as printed. For all. */
export const stationaryDeep = forAll(narrow, {
  id: 'fa-deep-linear/stationary-deep',
  where: 'Section 7, with Proposition 4',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/stationary-deep-wide-first-layer', 'fa-deep-linear/deep-bottleneck-drift'],
  says: String.raw`M_1,\dots,M_{L-1}\text{ of full rank},\ \dot W_\ell=0\ (\ell\le L)\implies\mathcal L(W)\le\mathcal L(V)\text{ for all } V`,
  note: String.raw`As for two layers (m-full-rank-global-min): with $h_1<o$ there are rest points with $M_1E=0$, $E\ne0$. Here $W_2=I$ and
$W_3W_2W_1=\Sigma_{xy}P$, $P$ the projection on the rows of $W_1=M_1\Sigma_{xy}$.`,
  then: (R, _none, { M1, Sxy, V1 }) => {
    const loss = (W1: Matrix<(typeof V1)[0][0]>) => lossAboveZero(R, isotropic(R, Sxy), completed(R, Sxy, W1));
    return atMost(R, loss(matMul(R, M1, Sxy)), loss(V1));
  },
  python: [
    'mul = lambda A, B: [[sum(a*b for a, b in zip(row, col)) for col in zip(*B)] for row in A]',
    'T = lambda A: [list(column) for column in zip(*A)]',
    'inv = lambda A: [[1/A[0][0]]] if len(A) == 1 else [[x/(A[0][0]*A[1][1] - A[0][1]*A[1][0]) for x in row] for row in [[A[1][1], -A[0][1]], [-A[1][0], A[0][0]]]]',
    'def product(W):  # W3 W2 W1 with W1 = W, W2 = I, W3 = S W^T (W W^T)^-1',
    '    return mul(mul(mul(Sxy, T(W)), inv(mul(W, T(W)))), W)',
    'def loss(W):  # |S - P|^2/2 - |S|^2/2 with P = W3 W2 W1',
    '    return sum(p*p/2 - s*p for r, q in zip(Sxy, product(W)) for s, p in zip(r, q))',
    'W1 = mul(M1, Sxy)',
    'E = [[s - p for s, p in zip(r, q)] for r, q in zip(Sxy, product(W1))]',
    'assert all(x == 0 for row in mul(M1, E) + mul(mul(M2, E), T(W1)) + mul(E, T(W1)) for x in row)  # at rest',
    'left, right = loss(W1), loss(V1)',
  ],
});

/** Three layers, the first at least as wide as the output, any weights. */
const wideFirst = exam({
  name: 'three layers, the first at least as wide as the output',
  inside: wideThreeLayers,
  assuming: {
    H1: { says: String.raw`h_1\ge o,\ M_1\text{ has full rank}`, holds: (R, { M1 }) => fullRank(R, M1) },
    H2: { says: String.raw`\Sigma_{xx}>0`, holds: (R, { Sxx }) => positiveDefinite(R, Sxx) },
  },
  cases: [
    {
      ...{ o: 1, h1: 2, h2: 1, d: 1, M1: [[1], [0]], M2: [[1]], Sxx: [[1]], Sxy: [[1]] },
      ...{ W1: [[1], [1]], W2: [[1, 1]], W3: [[1]], V1: [[1], [0]], V2: [[1, 0]], V3: [[1]] },
    },
  ],
});

/** The derivative of the first layer tells the distance to the global minimum, if M_1 has full column rank. For all. */
export const stationaryDeepWideFirst = forAll(wideFirst, {
  id: 'fa-deep-linear/stationary-deep-wide-first-layer',
  where: 'corrects Section 7',
  recorded: 'upheld',
  says: String.raw`h_1\ge o,\ M_1\text{ of full rank}:\quad E=M_1^+\dot W_1,\quad
\mathcal L(W)\le\mathcal L(V)+\langle M_1^+\dot W_1,\,V_{[1:L]}-W_{[1:L]}\rangle\text{ for all } V`,
  note: String.raw`No condition on the layers above: $\dot W_1$ holds no other weights than those in $E$. Where $\dot W_1=0$ this says $E=0$, so that every
rest point is a global minimum. There need not be one: where a layer above is narrower than the rank of $\Sigma_{xy}$, $E=0$ is out of
reach and the flow never rests (deep-bottleneck-drift). Checked for three layers.`,
  then: (R, _none, { M1, M2, Sxx, Sxy, W1, W2, W3, V1, V2, V3 }) => {
    const moments = { xx: Sxx, xy: Sxy };
    const [W, V] = [
      [W1, W2, W3],
      [V1, V2, V3],
    ];
    const [first] = feedbackField(R, moments, [M1, M2], W);
    const left = matMul(R, inverse(R, matMul(R, transpose(M1), M1)), transpose(M1));
    const error = matMul(R, left, first!);
    const ahead = minus(R, productOf(R, V, Sxx.length), productOf(R, W, Sxx.length));
    const bound = R.add(lossAboveZero(R, moments, V), inner(R, error, ahead));
    return all(
      part('error', equalMatrices(R, error, residual(R, moments, W))),
      part('loss', atMost(R, lossAboveZero(R, moments, W), bound)),
    );
  },
});

/** Three diagonal layers with one neuron in the second. */
const bottleneck = exam({
  name: 'three diagonal layers with a bottleneck above the first',
  inside: diagonalWithBottleneck,
  assuming: {
    H1: {
      says: String.raw`\lambda_i>0,\ (D_\ell)_{ii}>0`,
      holds: (R, { lxy, D1, D2 }) => all(...[...lxy, ...D1, ...D2].map((x) => lessThan(R, 0, x))),
    },
  },
  cases: [{ h1: 2, o: 2, d: 2, lxy: [2, 1], D1: [1, 1], D2: [1], a: [1, 0], b: [1], c: [1] }],
});

/** Beyond a bottleneck the first layer moves on at a constant speed for ever. For all. */
export const bottleneckDrift = forAll(bottleneck, {
  id: 'fa-deep-linear/deep-bottleneck-drift',
  where: 'around Section 3 (10): any number of neurons',
  recorded: 'upheld',
  says: String.raw`h_2=1,\ h_1,o,d\ge2,\ W_\ell,D_\ell\text{ diagonal}:\quad (\dot W_1)_{22}=(D_1)_{22}\lambda_2\text{ whatever the weights},\
\dot W_\ell\text{ diagonal}`,
  note: String.raw`So $(W_1)_{22}$ grows without bound while the first $k=1$ entries obey (10): the flow has no rest point, though the loss may converge.
The convergence claimed for any number of neurons is that of the first $k$ diagonal entries, not of the weights. No feedback through the
layers does this: there $M_1=\tilde M_1\tilde M_2$ has rank 1 (dfa-equals-fa). In two layers the entries beyond $k$ stand still (decoupling-6).`,
  then: (R, _none, { h1, o, d, lxy, D1, D2, a, b, c }) => {
    const moments = { xx: identity(R, d), xy: diagonal(R, lxy, o, d) };
    const weights = [diagonal(R, a, h1, d), diagonal(R, b, 1, h1), diagonal(R, c, o, 1)];
    const field = feedbackField(R, moments, [diagonal(R, D1, h1, o), diagonal(R, D2, 1, o)], weights);
    const size = Math.max(...lxy.map((x) => magnitude(R, x)));
    return all(
      part('speed', equals(R, field[0]![1]![1]!, R.mul(D1[1]!, lxy[1]!))),
      ...field.map((W, l) => part(`layer ${l + 1}`, staysDiagonal(R, W, size))),
    );
  },
});

const staysDiagonal = <N>(R: Reading<N>, W: Matrix<N>, size: number) =>
  equalMatrices(R, W, diagonal(R, W.map((row, i) => row[i] ?? R.of(0)), W.length, W[0]!.length), { scale: size }); // prettier-ignore

/** Two layers at zero, and a direction in which both move. */
const fromZero = exam({
  name: 'the loss of two layers along a line through zero weights',
  inside: twoLayersFromZero,
  assuming: {
    H1: { says: String.raw`\Sigma_{xx}>0`, holds: (R, { Sxx }) => positiveDefinite(R, Sxx) },
  },
  cases: [{ d: 1, h: 1, o: 1, Sxx: [[1]], Sxy: [[1]], W1: [[1]], W2: [[-1]] }],
});

/** The coefficient of ε² in the loss at ε(W1, W2), half the second variation at zero: the loss is aε² + bε⁴ there. */
const curvature = <N>(R: Arithmetic<N>, moments: Moments<N>, weights: Layers<N>): N => {
  const [once, twice] = [1, 2].map((by) => lossAboveZero(R, moments, weights.map((W) => scale(R, by, W)))); // prettier-ignore
  return R.div(R.sub(R.mul(16, once!), twice!), 12);
};

/** Zero weights are a local maximum of the loss, as printed. For all. */
export const localMaximum = forAll(fromZero, {
  id: 'fa-deep-linear/gd-local-maxima',
  where: 'Section 6, second but last paragraph',
  recorded: 'refuted',
  corrected: ['fa-deep-linear/gd-local-maxima-saddle'],
  says: String.raw`\text{the loss has a local maximum at } W=0;\quad\text{hence }\tfrac{d^2}{d\varepsilon^2}\mathcal L(\varepsilon W_1,\varepsilon W_2)\big|_0\le0`,
  note: String.raw`The initialisation close to zero is "close to one of GD's local maxima". At zero the loss is $-\varepsilon^2\mathrm{tr}(\Sigma_{xy}^\top W_2W_1)+O(\varepsilon^4)$, which takes
both signs: zero is a saddle point. (With three layers it is $-\varepsilon^3\mathrm{tr}(\Sigma_{xy}^\top W_3W_2W_1)+O(\varepsilon^6)$, which takes both signs as well, and a flatter one.)`,
  then: (R, _none, { Sxx, Sxy, W1, W2 }) => atMost(R, curvature(R, { xx: Sxx, xy: Sxy }, [W1, W2]), 0),
  python: [
    'P = [[sum(W2[i][k]*W1[k][j] for k in range(h)) for j in range(d)] for i in range(o)]',
    'PS = [[sum(P[i][k]*Sxx[k][j] for k in range(d)) for j in range(d)] for i in range(o)]',
    'def loss(e):  # at e*W1, e*W2, less the loss at zero',
    '    return sum(e**4*PS[i][j]*P[i][j]/2 - e**2*Sxy[i][j]*P[i][j] for i in range(o) for j in range(d))',
    'left, right = (16*loss(F(1)) - loss(F(2)))/12, F(0)  # the coefficient of e^2',
  ],
});

/** Zero weights are a rest point of gradient descent and a saddle point of the loss. For all. */
export const saddleAtZero = forAll(fromZero, {
  id: 'fa-deep-linear/gd-local-maxima-saddle',
  where: 'corrects Section 6',
  recorded: 'upheld',
  says: String.raw`\nabla\mathcal L(0)=0,\quad q(W_1,W_2)=-q(W_1,-W_2),\quad q(W_1,\Sigma_{xy}W_1^\top)=-\|\Sigma_{xy}W_1^\top\|_F^2,\quad
q=\tfrac12\tfrac{d^2}{d\varepsilon^2}\mathcal L(\varepsilon W)\big|_0`,
  note: String.raw`For $\Sigma_{xy}\ne0$ the loss falls in one direction from zero as fast as it rises in another.`,
  then: (R, _none, { d, h, o, Sxx, Sxy, W1, W2 }) => {
    const moments = { xx: Sxx, xy: Sxy };
    const [first, second] = gradientField(R, moments, [zeros(R, h, d), zeros(R, o, h)]);
    const downhill = matMul(R, Sxy, transpose(W1));
    return all(
      part('gradient', all(equalMatrices(R, first!, zeros(R, h, d)), equalMatrices(R, second!, zeros(R, o, h)))),
      part(
        'both signs',
        equals(R, curvature(R, moments, [W1, scale(R, -1, W2)]), R.neg(curvature(R, moments, [W1, W2]))),
      ),
      part('downhill', equals(R, curvature(R, moments, [W1, downhill]), R.neg(frobeniusSquared(R, downhill)))),
    );
  },
  mutants: {
    'the curvature of a sum, not a product': (R, _none, { Sxx, Sxy, W1, W2 }) => {
      const moments = { xx: Sxx, xy: Sxy };
      return equals(R, curvature(R, moments, [W1, scale(R, -1, W2)]), curvature(R, moments, [W1, W2]));
    },
  },
});
