/** What a well-behaved client experienced. */

import { z } from 'zod';

export interface GoodDay {
  readonly asked: number;
  /** Requests that got no answer in time, or a wrong one. */
  readonly lost: number;
  readonly p99Ms: number;
}

export const goodDay: z.ZodType<GoodDay> = z.object({
  asked: z.number(),
  lost: z.number(),
  p99Ms: z.number(),
});
