/** Who answers a protocol's frames in a TypeScript project, and what leads them there. */

import type { FileIntent } from '../../../src/plan/generator.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { addedFile, namespaceIn } from '../intent.ts';
import { type Protocol, protocolsFolder, protocolsOf, sortedProtocols } from './protocols.ts';

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

/** What names all of them: the handlers, the codecs in the addon, and a client for tests. */
export function typescriptLists(spec: Spec): readonly FileIntent[] {
  const protocols = sortedProtocols(spec);
  const file = (path: string, template: string, view: object, because: string[]): FileIntent =>
    addedFile(spec, { path, template, view, owner: 'merged', because });
  return [
    file(
      'src/protocols.ts',
      'protocol/typescript/protocols.ts',
      { protocols: protocolsOf(spec), imported: protocols },
      kBecause,
    ),
    file(
      `${protocolsFolder(spec)}/protocols.cc`,
      'protocol/typescript/protocols.cc',
      { protocols, namespace: namespaceIn(spec) },
      [...kBecause, 'name'],
    ),
    file('test/client.ts', 'protocol/typescript/client.ts', {}, kBecause),
  ];
}
