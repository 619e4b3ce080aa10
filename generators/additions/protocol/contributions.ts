/** What each protocol contributes to the project's files. */

import type {
  CompiledSource,
  Contributions,
  Port,
  Service,
} from '../../../src/plan/contribution.ts';
import type { Setting } from '../../../src/plan/setting.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { isCpp } from '../intent.ts';
import { type Protocol, protocolsOf } from './protocols.ts';

const kBecause = ['add protocol'];

export function contributionsOf(spec: Spec): Contributions {
  const protocols = protocolsOf(spec);
  const cpp = isCpp(spec);
  const of = <Item>(items: readonly Item[]) => ({ items, because: kBecause });
  return {
    settings: of(protocols.map(listenFor)),
    services: of(protocols.map(serviceOf)),
    ports: of(protocols.map(portOf)),
    sources: of(cpp ? protocols.flatMap(sourcesOf) : []),
    places: of(protocols.map(cpp ? cppPlace : typescriptPlace)),
    ignored: of(protocols.length > 0 ? [kCompiler] : []),
  };
}

function listenFor({ name, port }: Protocol): Setting {
  return {
    key: `listen-${name}`,
    group: 'Addresses',
    takes: { kind: 'addresses', default: [`127.0.0.1:${port}`] },
    help: 'Where to serve this protocol',
    story: [`Where to listen for the ${name} protocol.`],
  };
}

function portOf({ name, port }: Protocol): Port {
  return { name, key: `listen-${name}`, number: port };
}

function serviceOf({ name, word, type }: Protocol): Service {
  return {
    name,
    listens: `listen-${name}`,
    cpp: {
      header: `protocols/${word}/${word}_service.h`,
      make: `std::make_unique<${type}Service>()`,
    },
    typescript: {
      module: `protocols/${name}`,
      handler: `handle${type}`,
      codec: {
        header: `addon/protocols/${word}/${word}_frames.h`,
        frames: `${type}Frames`,
        write: `write_${word}_frame`,
      },
    },
  };
}

function sourcesOf({ word }: Protocol): readonly CompiledSource[] {
  const below = `src/protocols/${word}/${word}`;
  return [
    ...['frames', 'handler', 'service'].map(
      (part): CompiledSource => ({ path: `${below}_${part}.cc`, part: 'program' }),
    ),
    { path: `${below}_fsm.c`, part: 'generated' },
    { path: `test/${word}_protocol_test.cc`, part: 'tests' },
  ];
}

function cppPlace({ name, word }: Protocol) {
  const what = `the ${name} protocol, on the state machine in \`fsm/${name}.ts\``;
  return { path: `src/protocols/${word}/`, what };
}

function typescriptPlace({ name }: Protocol) {
  const what = `the handler of the ${name} protocol, whose grammar is \`fsm/${name}.ts\``;
  return { path: `src/protocols/${name}.ts`, what };
}

const kCompiler = { path: 'fsm/node_modules/', reason: 'The compiler of the grammars.' };
