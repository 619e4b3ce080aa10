/** The code that answers a protocol's frames in a TypeScript project, and its test client. */

import type { FileIntent } from '../../../src/plan/generator.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { addedFile } from '../intent.ts';
import type { Protocol } from './protocols.ts';

const kBecause = ['add protocol'];

/** The handler and its test. */
export function typescriptFiles(one: Protocol, spec: Spec): readonly FileIntent[] {
  const file = (path: string, template: string): FileIntent =>
    addedFile(spec, { path, template, view: one, owner: 'user', because: kBecause });
  return [
    file(`src/protocols/${one.name}.ts`, 'protocol/typescript/handler.ts'),
    file(`test/${one.name}-protocol.test.ts`, `protocol/${one.framing}/protocol.test.ts`),
  ];
}

/** A client for the tests of all protocols. */
export function typescriptClient(spec: Spec): FileIntent {
  return addedFile(spec, {
    path: 'test/client.ts',
    template: 'protocol/typescript/client.ts',
    view: {},
    owner: 'merged',
    because: kBecause,
  });
}
