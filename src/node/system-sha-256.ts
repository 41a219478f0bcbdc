import { createHash } from 'node:crypto';
import type { Sha256 } from '../io/index.ts';

/** Node's SHA-256, which uses the processor's own where it has one. */
export function systemSha256(): Sha256 {
  const hash = createHash('sha256');
  return {
    update: (bytes) => {
      hash.update(bytes);
    },
    hex: () => hash.digest('hex'),
  };
}
