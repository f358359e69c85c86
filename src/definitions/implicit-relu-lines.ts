import type { Arithmetic } from '../numerics/arithmetic';
import { germs } from '../numerics/germ';
import { constantMatrix, derivative, onLine, type Jet } from '../numerics/jet';
import type { Matrix } from '../numerics/matrix';
import { loss, type Network, type Weights } from './implicit-relu';

/** Directions of the weights, of the weights' own shapes; what is not named stays. */
export type Directions<N> = { readonly [K in keyof Weights<N> as `d${K}`]?: Weights<N>[K] };

/** The network with its weights on a line, over jets: what is made of it has its derivatives in these directions. */
export function networkOnLine<N>(network: Network<N>, { dW, dA, db }: Directions<N>): Network<Jet<N>> {
  const along = (A: Matrix<N>, V: Matrix<N> | undefined): Matrix<Jet<N>> => (V ? onLine(A, V) : constantMatrix(A));
  return {
    X: constantMatrix(network.X),
    W: along(network.W, dW),
    A: along(network.A, dA),
    gamma: [network.gamma],
    b: along([network.b], db && [db])[0]!,
    y: constantMatrix([network.y])[0]!,
  };
}

/** The derivative of the loss to one side: along the directions, on kinks too. Errors as `equilibrium` has, over germs. */
export function lossSlope<N>(R: Arithmetic<N>, network: Network<N>, along: Directions<N>): N {
  const J = germs(R);
  return derivative(J, loss(J, networkOnLine(network, along)));
}

/** Minus each of the directions. */
export function reversed<N>({ dW, dA, db }: Directions<N>, minus: (x: N) => N): Directions<N> {
  const turned = (A: Matrix<N>): Matrix<N> => A.map((row) => row.map(minus));
  return {
    ...(dW ? { dW: turned(dW) } : {}),
    ...(dA ? { dA: turned(dA) } : {}),
    ...(db ? { db: db.map(minus) } : {}),
  };
}
