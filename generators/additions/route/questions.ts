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
  help: 'the HTTP method; a GET route also answers HEAD, and every route answers OPTIONS',
  choices: [
    {
      value: 'GET',
      label: 'GET: read',
      tradeoff: 'may be cached and repeated by anyone on the way; has no body',
      explanation: 'A GET changes nothing, so browsers and proxies may repeat it at will.',
    },
    {
      value: 'POST',
      label: 'POST: add, or do',
      tradeoff: 'takes a body; never retried automatically, even when a retry would help',
      explanation:
        'A POST sent twice is done twice: clients and proxies leave the decision to retry to the ' +
        'caller.',
    },
    {
      value: 'PUT',
      label: 'PUT: replace',
      tradeoff: 'takes a whole body, and may be repeated: the second time changes nothing',
      explanation: 'A PUT replaces whatever is at its path.',
    },
    {
      value: 'PATCH',
      label: 'PATCH: change a part',
      tradeoff: 'takes a body that describes the change; repeating it may change more',
      explanation: 'A PATCH sends a partial change; client and handler agree on its format.',
    },
    {
      value: 'DELETE',
      label: 'DELETE: remove',
      tradeoff: 'may be repeated; a body has no defined meaning',
      explanation: 'A DELETE leaves nothing at its path, even when it is sent twice.',
    },
  ],
  default: 'GET',
};

/** Neither `.` nor `..`: clients remove them from a path before they send it. */
const kSegment = '(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~@+-]+';
const kParam = ':[A-Za-z_][A-Za-z0-9_]*';

const path: TextQuestion = {
  kind: 'text',
  key: 'path',
  group: kGroup,
  depth: 'basic',
  title: 'Path',
  help:
    'the path, /NAME by default: /users/:id matches any segment as id, a trailing * matches the ' +
    'rest',
  explanation:
    'An exact path wins over a named segment, and that wins over *. Paths are compared exactly ' +
    'as sent: /%61 is not /a. If no route matches, the server looks in public/.',
  default: '',
  pattern:
    '|(?!(?:[^:]*/:){9})' +
    '(?!.*/(:[A-Za-z0-9_]+)(?:/.*)?/\\1(?:/|$))' +
    `/(?:(?:${kSegment}|${kParam})(?:/(?:${kSegment}|${kParam}))*(?:/\\*)?|\\*)?`,
  patternMeaning:
    'empty, or a path such as /users/:id or /files/*: it begins with / but does not end with it, ' +
    'has * only at the end, no name twice, and at most 8 names',
  maxLength: 54,
};

const handler: TextQuestion = {
  kind: 'text',
  key: 'handler',
  group: kGroup,
  depth: 'custom',
  title: 'Handler',
  help: 'the handler, if the route does not have its own: see add handler',
  default: '',
  pattern: `|${kHandlerPattern}`,
  patternMeaning: `empty, or ${kNameMeaning}`,
};

export const routeKind: AdditionKind = {
  kind: 'route',
  title: 'a route, with its handler and a test',
  help:
    'A method and a path that the server answers. Its handler is your file, written once; its ' +
    'line in the route table comes and goes with the route.',
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
