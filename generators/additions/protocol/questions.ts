/** What a custom protocol starts with: how its frames end, and where it is served. */

import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { ChoiceQuestion, NumberQuestion } from '../../../src/spec/question.ts';
import { kWordPattern, nameQuestion } from '../names.ts';

const kGroup = 'protocol';

const name = nameQuestion(kGroup, {
  help: 'the name of the protocol: chat is served at --listen-chat',
  default: 'chat',
  // fsm/build.ts compiles the grammars beside it.
  pattern: `(?!(?:build|http)$)${kWordPattern}`,
  patternMeaning: 'lower-case words joined by dashes, such as chat, but not build or http',
  // The longest generated line prints the configuration: with this length it ends at column 100.
  maxLength: 14,
});

const framing: ChoiceQuestion = {
  kind: 'choice',
  key: 'framing',
  group: kGroup,
  depth: 'basic',
  title: 'Framing',
  help: 'how messages are delimited: the grammar you start from',
  choices: [
    {
      value: 'line',
      label: 'lines: a message ends with a line feed',
      tradeoff:
        'you can speak it by hand, with nc; every byte is examined, and messages cannot contain ' +
        'line feeds',
      explanation: 'A carriage return before the line feed is not part of the message.',
    },
    {
      value: 'length-prefix',
      label: 'a length before each message',
      tradeoff: 'any bytes, none of which need examining; an oversized message is detected at once',
      explanation: 'The length is four bytes, most significant first, and does not count itself.',
    },
  ],
  default: 'line',
};

const port: NumberQuestion = {
  kind: 'number',
  key: 'port',
  group: kGroup,
  depth: 'custom',
  title: 'Port',
  help: 'where it listens by default, on this machine only',
  default: 9000,
  min: 1,
  max: 65_535,
  unit: 'TCP port',
};

export const protocolKind: AdditionKind = {
  kind: 'protocol',
  title: 'your own protocol beside HTTP, with its grammar and a test',
  help:
    'A state machine that splits the bytes into messages, written in TypeScript and compiled to ' +
    'C, and a handler for the messages. The protocol is served at its own address, by the same ' +
    'loops and with the same limits as HTTP.',
  questions: [name, framing, port],
};
