import type { FeedbackProblem, ScalarPath, Steps } from './interfaces';

/**
 * The coefficients of the discrete schemes. They are parameters so that a fault can be switched on by changing one
 * of them; multiplying by an exact 1 costs nothing and changes no bit.
 */
export interface DiscreteCoefficients {
  /** Factor on the first layer's update. */
  readonly firstLayer: number;
  /** Factor on the second layer's update. */
  readonly secondLayer: number;
  /** Weight of the new first layer in the mean that the second layer's update uses. */
  readonly newWeight: number;
}

export const EULER: DiscreteCoefficients = { firstLayer: 1, secondLayer: 1, newWeight: 0 };
export const MIDPOINT: DiscreteCoefficients = { firstLayer: 1, secondLayer: 1, newWeight: 0.5 };

/**
 * A discrete feedback-alignment scheme for the scalar two-layer linear network, (22)–(23) and (26)–(27) of the
 * paper on deep linear networks. Returns `steps + 1` points. Diverging step sizes give infinities and NaN, not errors.
 */
export function discreteScheme(coefficients: DiscreteCoefficients): (problem: FeedbackProblem & Steps) => ScalarPath {
  const { firstLayer, secondLayer, newWeight } = coefficients;
  return ({ lambda, d, eta, steps, w1: start1, w2: start2 }) => {
    const w1 = new Float64Array(steps + 1);
    const w2 = new Float64Array(steps + 1);
    const step1 = firstLayer * eta * d;
    const step2 = secondLayer * eta;
    const leap = newWeight * step1;
    let x = start1;
    let y = start2;
    w1[0] = x;
    w2[0] = y;
    for (let t = 1; t <= steps; t++) {
      const error = lambda - y * x;
      // The mean (1 − a)x + a·next is x + a·step: written so, it does not wait for the new x.
      y += step2 * error * (x + leap * error);
      x += step1 * error;
      w1[t] = x;
      w2[t] = y;
    }
    return { w1, w2 };
  };
}
