/**
 * Functions just right of 0: jets of order 1 that are ordered as the functions a₀ + a₁t are for small t > 0. A definition
 * that chooses by signs, as max(x, 0) does, is so differentiated to one side, on its kinks too, exactly.
 */
import { Undetermined, type Arithmetic, type Sign } from './arithmetic';
import { jets, type Jet, type Jets } from './jet';

/**
 * The arithmetic of germs over `R`. The sign is that of a₀, where that is 0 that of a₁; both 0, the sign is 0: to first
 * order nothing depends on it. Errors: those of jets; Undetermined, at once, for a sign that `R` does not tell.
 */
export function germs<N>(R: Arithmetic<N>): Jets<N> {
  const J = jets(R, 1);
  const sure = (x: N): Sign => {
    const sign = R.sign(x);
    if (sign === undefined) throw new Undetermined('on which side of a kink a function goes on is not known');
    return sign;
  };
  return {
    ...J,
    name: `germs over ${R.name}`,
    sign(a) {
      const [value, slope = R.of(0)] = J.of(a) as Jet<N>;
      const sign = sure(value!);
      return sign === 0 ? sure(slope) : sign;
    },
  };
}
