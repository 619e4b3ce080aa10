/** The servers that vitest runs the suite against: BLACKBOX_TARGETS, a JSON list. */

import { z } from 'zod';
import type { Target } from './server.ts';

const schema = z.array(
  z.strictObject({
    name: z.string(),
    cwd: z.string(),
    start: z.array(z.string()).min(1),
    environment: z.record(z.string(), z.string()).default({}),
  }),
);

/** Errors: unset, no JSON, or of another shape: the suite must not pass by testing nothing. */
export function targets(): readonly Target[] {
  const text = process.env.BLACKBOX_TARGETS;
  if (text === undefined) {
    throw new Error('set BLACKBOX_TARGETS to [{"name": …, "cwd": …, "start": [argv…]}]');
  }
  return schema.parse(JSON.parse(text));
}
