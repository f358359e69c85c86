import type { Claim } from '../claim/exam';
import { surveyClaims, type Survey } from '../claims-on-disk';
import { BadInput, nearest } from './bad-input';

/** What is on disk. A file that cannot be loaded stands in the way of its own claims only. */
export function catalogue(root: string): Survey {
  return surveyClaims(root);
}

/** The claim of an id. Throws {@link BadInput} with the nearest ids there are, and the files that could not be read. */
export function claimNamed({ claims, broken }: Survey, id: string): Claim {
  const found = claims.find(({ claim }) => claim.id === id);
  if (found) return found.claim;
  const near = nearest(
    id,
    claims.map(({ claim }) => claim.id),
  );
  const lines = [
    `there is no claim "${id}". The nearest ids are:`,
    ...near.map((name) => `  ${name}`),
    ...broken.map(({ message }) => `(${message})`),
  ];
  throw new BadInput(lines.join('\n'));
}
