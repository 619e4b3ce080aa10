/** The generated servers that are measured by default. */

import { join } from 'node:path';
import { type Wish, wishOf } from './generate.ts';
import type { Setting } from './servers.ts';

const kLanguages = ['cpp', 'typescript'] as const;

/**
 * For each language: the default server, two models whose accepting thread keeps the connection,
 * and two servers that show the cost of counting and of logging each request.
 */
export const wishes: readonly Wish[] = kLanguages.flatMap((language) => {
  const usual = wishOf(`${language}=--language ${language}`);
  return [
    usual,
    ...['single', 'sharded'].map((model): Wish => {
      const answers = [...usual.answers, '--concurrency-model', model];
      return { ...usual, name: `${language}-${model}`, answers, rows: ['tiny', 'connect'] };
    }),
    {
      name: `${language}-metrics`,
      answers: [...usual.answers, '--admin-listen', 'loopback'],
      rows: ['tiny'],
      flags: () => ['--admin', '127.0.0.1:0'],
    },
    {
      name: `${language}-access-log`,
      answers: [...usual.answers, '--log-access', 'json'],
      rows: ['tiny'],
      flags: ({ scratch }: Setting) => ['--access-log', join(scratch, `${language}-access.log`)],
    },
  ];
});
