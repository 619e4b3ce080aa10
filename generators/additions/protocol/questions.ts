/** What a protocol of one's own begins with: how its frames end, and where it is served. */

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
  // Its longest line, in the configuration's printing, ends at column 100.
  maxLength: 14,
});

const framing: ChoiceQuestion = {
  kind: 'choice',
  key: 'framing',
  group: kGroup,
  depth: 'basic',
  title: 'Framing',
  help: 'how one message ends and the next one begins: the grammar that you go on from',
  choices: [
    {
      value: 'line',
      label: 'lines: a message ends in a line feed',
      tradeoff:
        'can be spoken by hand, with nc; every byte is looked at, and none may be a line feed',
      explanation: 'A carriage return before the line feed is not a part of the message.',
    },
    {
      value: 'length-prefix',
      label: 'a length before each message',
      tradeoff: 'any bytes, which nobody has to look at; too long a message is known at once',
      explanation: 'The length stands in four bytes, the highest first, and does not count itself.',
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
  help: 'where it listens unless the configuration says otherwise, on this machine only',
  default: 9000,
  min: 1,
  max: 65_535,
  unit: 'TCP port',
};

export const protocolKind: AdditionKind = {
  kind: 'protocol',
  title: 'a protocol of your own beside HTTP, with its grammar and a test',
  help:
    'A state machine that splits the bytes into messages, drawn in TypeScript and compiled to C, and ' +
    'what answers them at an address of its own, under the same loops and limits as HTTP.',
  questions: [name, framing, port],
};
