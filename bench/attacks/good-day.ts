/** What a well-behaved client experienced. */

import { z } from 'zod';

export interface GoodDay {
  readonly asked: number;
  /** Requests without an answer in time, or with a different one. */
  readonly lost: number;
  readonly p99Ms: number;
}

export const goodDay: z.ZodType<GoodDay> = z.object({
  asked: z.number(),
  lost: z.number(),
  p99Ms: z.number(),
});
