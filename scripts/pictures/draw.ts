/** `npm run pictures`: draws the README's pictures, from the generator's own data. */

import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { executorsOf } from '../../generators/architecture/executors.ts';
import { type Model, picture } from './models.ts';

const kThreads = { 'io.model': 'epoll', 'io.trigger': 'edge', 'event.pattern': 'reactor' };
const kBlocking = { 'io.model': 'blocking', 'event.pattern': 'direct' };

/** In the README's order, each in the language that supports it on its own. */
export function models(): readonly Model[] {
  return [
    modelOf('half-sync-half-async', kThreads),
    modelOf('sharded', kThreads),
    modelOf('single', kThreads),
    modelOf('half-sync-half-reactive', kThreads),
    modelOf('leader-followers', kThreads),
    modelOf('per-connection', kBlocking),
  ];
}

function modelOf(name: string, waiting: Readonly<Record<string, string>>): Model {
  const kind = name === 'single' ? {} : { 'workers.kind': 'thread' };
  const values = { language: 'cpp', 'concurrency.model': name, ...waiting, ...kind };
  return { name, executors: executorsOf(values) };
}

if (process.argv[1] === import.meta.filename) {
  const path = resolve(import.meta.dirname, '..', '..', 'docs', 'pictures', 'models.svg');
  writeFileSync(path, picture(models()));
  console.log(path);
}
