/** One property that is timed. */
export interface Workload {
  /** The peer's name for it. */
  readonly name: string;
  /** Cases in one repetition: a good part of a second. */
  readonly cases: number;
  /** Draws so many cases and checks each; throws at the first that fails. */
  run(cases: number, seed: number): void;
}
