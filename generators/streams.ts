import type { Source } from '../src/numerics/uniform-stream';

export { uniformStream, type Source } from '../src/numerics/uniform-stream';

/** Independent standard normal numbers from uniform ones (Box and Muller 1958, both of each pair used). */
export function normals(uniform: Source): Source {
  let spare: number | undefined;
  return () => {
    if (spare !== undefined) {
      const next = spare;
      spare = undefined;
      return next;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** The next `count` numbers of a source, each times `scale`. */
export function take(source: Source, count: number, scale = 1): Float64Array {
  const numbers = new Float64Array(count);
  for (let k = 0; k < count; k++) numbers[k] = scale * source();
  return numbers;
}
