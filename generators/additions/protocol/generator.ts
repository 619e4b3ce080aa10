/** `add protocol`: a grammar, the state machine it compiles to, and the service that runs on it. */

import type { Assets } from '../../../src/plan/assets.ts';
import type { FileIntent, Generator } from '../../../src/plan/generator.ts';
import type { Owner } from '../../../src/spec/owner.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { addedFile, isCpp, namespaceIn } from '../intent.ts';
import { contributionsOf } from './contributions.ts';
import { protocolObjections } from './objections.ts';
import { type Protocol, protocolsFolder, protocolsOf, sortedProtocols } from './protocols.ts';
import { protocolKind } from './questions.ts';
import { typescriptClient, typescriptFiles } from './typescript-files.ts';

export const protocol: Generator = {
  id: 'protocol',
  questions: [],
  rules: [],
  additions: [protocolKind],
  objections: (spec, { ports }) => protocolObjections(protocolsOf(spec), ports),
  contributions: contributionsOf,
  files: (spec, assets) => {
    const protocols = protocolsOf(spec);
    if (protocols.length === 0) return [];
    return [
      ...protocols.flatMap((one) => [
        ...machineFiles(one, spec, assets),
        ...frameFiles(one, spec),
        ...(isCpp(spec) ? cppFiles(one, spec) : typescriptFiles(one, spec)),
      ]),
      ...buildFiles(spec),
      ...(isCpp(spec) ? [] : [typescriptClient(spec)]),
    ];
  },
};

const kBecause = ['add protocol'];

/**
 * The state machine in C, as `fsm/build.ts` would write it: a copy of the one compiled with the
 * core, renamed after the protocol.
 */
function machineFiles(one: Protocol, spec: Spec, assets: Assets): readonly FileIntent[] {
  const machine = one.framing === 'line' ? 'line_fsm' : 'length_prefix_fsm';
  return ['c', 'h'].map((extension) => {
    const text = assets
      .read(`native-core/generated/${machine}.${extension}`)
      .replaceAll(`native-core/fsm/framing/${one.framing}-grammar.ts`, `fsm/${one.name}.ts`)
      .replace('regenerate this file.\n', 'regenerate this file.\n// clang-format off\n')
      .replaceAll(machine, `${one.word}_fsm`)
      .replaceAll(machine.toUpperCase(), `${one.word}_fsm`.toUpperCase());
    return addedFile(spec, {
      path: `${protocolsFolder(spec)}/${one.word}/${one.word}_fsm.${extension}`,
      template: 'protocol/shared/machine',
      view: { text: text.trimEnd() },
      owner: 'generated',
      because: kBecause,
    });
  });
}

/** The grammar, and the code it calls to turn bytes into frames: C++ in both languages. */
function frameFiles(one: Protocol, spec: Spec): readonly FileIntent[] {
  const folder = protocolsFolder(spec);
  const view = {
    ...one,
    namespace: namespaceIn(spec),
    inAddon: !isCpp(spec),
    // The folder as `#include` lines spell it.
    folder: `${folder.slice(folder.indexOf('/') + 1)}/${one.word}`,
  };
  const file = (path: string, template: string, owner: Owner): FileIntent =>
    addedFile(spec, {
      path,
      template: `protocol/${one.framing}/${template}`,
      view,
      owner,
      because: [...kBecause, 'name'],
    });
  return [
    file(`fsm/${one.name}.ts`, 'grammar.ts', 'user'),
    file(`${folder}/${one.word}/${one.word}_frames.h`, 'frames.h', 'merged'),
    file(`${folder}/${one.word}/${one.word}_frames.cc`, 'frames.cc', 'merged'),
  ];
}

/** The C++ code that answers frames. */
function cppFiles(one: Protocol, spec: Spec): readonly FileIntent[] {
  const view = { ...one, namespace: namespaceIn(spec) };
  const file = (path: string, template: string, owner: Owner): FileIntent =>
    addedFile(spec, {
      path,
      template: `protocol/${template}`,
      view,
      owner,
      because: [...kBecause, 'name'],
    });
  const folder = `${protocolsFolder(spec)}/${one.word}`;
  return [
    file(`${folder}/${one.word}_service.h`, 'shared/service.h', 'merged'),
    file(`${folder}/${one.word}_service.cc`, 'shared/service.cc', 'merged'),
    file(`${folder}/${one.word}_handler.h`, 'shared/handler.h', 'user'),
    file(`${folder}/${one.word}_handler.cc`, 'shared/handler.cc', 'user'),
    file(`test/${one.word}_protocol_test.cc`, `${one.framing}/protocol_test.cc`, 'user'),
  ];
}

/** The files that recompile the grammars after a change. */
function buildFiles(spec: Spec): readonly FileIntent[] {
  return ['build.ts', 'package.json'].map((name) =>
    addedFile(spec, {
      path: `fsm/${name}`,
      template: `protocol/fsm/${name}`,
      view: { protocols: sortedProtocols(spec), place: protocolsFolder(spec) },
      owner: 'merged',
      because: kBecause,
    }),
  );
}
