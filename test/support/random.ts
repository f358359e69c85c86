/** Random numbers for tests, from a named seed: the same at every run. */
import seedrandom from 'seedrandom';

export interface Random {
  /** Uniform on [from, to). */
  between(from: number, to: number): number;
  /** Of every size from `from` to `to`, positive. */
  sized(from: number, to: number): number;
  /** As `sized`, of either sign. */
  signed(from: number, to: number): number;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
}

export function randomFrom(name: string): Random {
  const draw = seedrandom(name);
  const between = (from: number, to: number): number => from + draw() * (to - from);
  const sized = (from: number, to: number): number => 2 ** between(Math.log2(from), Math.log2(to));
  const whole = (from: number, to: number): number => from + Math.floor(draw() * (to - from + 1));
  return {
    between,
    sized,
    signed: (from, to) => (draw() < 0.5 ? -1 : 1) * sized(from, to),
    whole,
    pick: (choices) => choices[whole(0, choices.length - 1)]!,
  };
}
