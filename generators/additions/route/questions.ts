/** What a route is: a method and a path, and the function that answers. */

import type { AdditionKind } from '../../../src/spec/addition.ts';
import type { ChoiceQuestion, TextQuestion } from '../../../src/spec/question.ts';
import { handlerNaming, kHandlerPattern, kNameMeaning, nameQuestion } from '../names.ts';
import { ownRouteInTheWay } from './own-routes.ts';

const kGroup = 'route';

const method: ChoiceQuestion = {
  kind: 'choice',
  key: 'method',
  group: kGroup,
  depth: 'basic',
  title: 'Method',
  help: 'what the client wants of the path; HEAD is answered where GET is, OPTIONS everywhere',
  choices: [
    {
      value: 'GET',
      label: 'GET: read',
      tradeoff: 'may be cached and repeated by anyone on the way; has no body',
      explanation: 'A GET changes nothing, so that browsers and proxies may ask again at will.',
    },
    {
      value: 'POST',
      label: 'POST: add, or do',
      tradeoff: 'takes a body; nobody repeats it unasked, also where that would help',
      explanation:
        'A POST twice is done twice: clients and proxies leave a retry to whoever knows what it does.',
    },
    {
      value: 'PUT',
      label: 'PUT: put in its place',
      tradeoff: 'takes a whole body, and may be repeated: the second time changes nothing',
      explanation: 'A PUT says what stands at its path afterwards, whatever stood there before.',
    },
    {
      value: 'PATCH',
      label: 'PATCH: change a part',
      tradeoff: 'takes a body that says what changes; a second time may change more',
      explanation: 'A PATCH sends a part only; what the part means is between client and handler.',
    },
    {
      value: 'DELETE',
      label: 'DELETE: remove',
      tradeoff: 'may be repeated; a body of it means nothing to those on the way',
      explanation: 'A DELETE leaves nothing at its path, also when it comes twice.',
    },
  ],
  default: 'GET',
};

/** No `.` and no `..`: clients take them out of a path before they ask. */
const kSegment = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~@+-]+';
const kParam = ':[A-Za-z_][A-Za-z0-9_]*';

const path: TextQuestion = {
  kind: 'text',
  key: 'path',
  group: kGroup,
  depth: 'basic',
  title: 'Path',
  help: 'what is answered, /NAME by default: /users/:id takes any segment as id, a last * all the rest',
  explanation:
    'An exact path wins over one with a name, and that over one with *. Paths are compared as the ' +
    'client writes them: /%61 is not /a. What no route matches is looked for below public/.',
  default: '',
  pattern:
    '|(?!(?:[^:]*/:){9})' +
    '(?!.*/(:[A-Za-z0-9_]+)(?:/.*)?/\\1(?:/|$))' +
    `/(?:(?:${kSegment}|${kParam})(?:/(?:${kSegment}|${kParam}))*(?:/\\*)?|\\*)?`,
  patternMeaning:
    'nothing, or a path such as /users/:id or /files/*: it begins with / and does not end so, has * at ' +
    'its end only, no name twice, and 8 names at most',
  maxLength: 54,
};

const handler: TextQuestion = {
  kind: 'text',
  key: 'handler',
  group: kGroup,
  depth: 'custom',
  title: 'Handler',
  help: 'the handler that answers, where it is another one than the route itself: see add handler',
  default: '',
  pattern: `|${kHandlerPattern}`,
  patternMeaning: `nothing, or ${kNameMeaning}`,
};

export const routeKind: AdditionKind = {
  kind: 'route',
  title: 'a route, with its handler and a test',
  help:
    'A method and a path that the server answers. Its handler is a file of yours, which is written ' +
    'once; its line among the routes comes and goes with it.',
  inTheWay: ownRouteInTheWay,
  questions: [
    nameQuestion(
      kGroup,
      handlerNaming('route', 'the name of the route, and of its handler: user-list'),
    ),
    method,
    path,
    handler,
  ],
};
