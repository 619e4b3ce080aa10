/** The building blocks of the pack document's schemas. */

import { z } from 'zod';
import type { AllOf, Atom, Condition } from '../../spec/question.ts';

export const kName: RegExp = /^[a-z][a-z0-9-]*$/;

export const text: z.ZodString = z.string().min(1);
export const value: z.ZodType<Atom> = z.union([z.string(), z.number(), z.boolean()]);
export const allOf: z.ZodType<AllOf> = z
  .record(z.string(), z.array(value).min(1))
  .describe('Each key has one of its values: {"io.model": ["epoll", "poll"]}.');
/**
 * At most two levels deep: a deeper condition is hard to follow when read aloud, and at some depth
 * it would overflow the stack.
 */
export const when: z.ZodType<Condition> = partsOf(partsOf(allOf).meta({ id: 'inner-condition' }))
  .describe('Each key has one of its values, "not" is false, and one of "any" is true.')
  .meta({ id: 'condition' });

function partsOf(inner: z.ZodType<Condition>): z.ZodType<Condition> {
  return z
    .object({ not: inner.optional(), any: z.array(inner).min(1).max(16).optional() })
    .catchall(z.array(value).min(1));
}

/**
 * Texts used in code, in comments and in tables: on one line, and without characters special there.
 */
export const line: z.ZodString = z
  .string()
  .regex(/^[^\p{C}"\\`|{}]+$/u, 'must be one line, without quotes, backslashes, pipes or braces');
