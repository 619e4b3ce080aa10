/** Services as each language sees them. */

import type { Part, Service } from '../../src/plan/contribution.ts';

/** A service that exists in a language. */
export type KnownService<Language extends 'cpp' | 'typescript'> = Pick<
  Service,
  'name' | 'listens'
> &
  NonNullable<Service[Language]>;

/** Without those the language doesn't have. */
export function servicesIn<Language extends 'cpp' | 'typescript'>(
  { items, because }: Part<Service>,
  language: Language,
): Part<KnownService<Language>> {
  const known = items.flatMap(({ name, listens, [language]: own }) =>
    own === null ? [] : [{ name, listens, ...(own as NonNullable<Service[Language]>) }],
  );
  return { items: known, because };
}
