/** Valid names of additions: a name is an identifier in both languages, and a part of paths. */

import type { TextQuestion } from '../../src/spec/question.ts';
import { kCppKeywords } from '../cpp/keywords.ts';

/** With one more character, a C++ handler's declaration would exceed its line of 100 columns. */
const kMaxLength = 23;

/** ECMA-262, section 12.7.2, and TypeScript's additions in modules. */
const kTypescriptKeywords = [
  'await debugger enum export extends finally function implements import in instanceof interface',
  'let null package super typeof var with yield arguments eval undefined',
].flatMap((line) => line.split(' '));

/** Macros of libc, and namespaces that the emitted sources use. */
const kCppNames = 'assert errno fmt hpserver linux std stderr stdin stdout spdlog testing unix';

/** Names that are already in use where a handler is written or registered. */
const kNeighbours = [
  'config main make-routes make-upstream read-config request response router routes server-options',
  'upstream',
].flatMap((line) => line.split(' '));

/** The handlers every project starts with. */
export const kOwnHandlers: readonly string[] = ['delay', 'echo', 'healthz', 'json', 'plaintext'];

/** Lower-case words joined by dashes. */
export const kWordPattern = '[a-z][a-z0-9]*(?:-[a-z][a-z0-9]*)*';

const kReserved = [
  ...kCppKeywords.map((word) => word.replaceAll('_', '-')),
  ...kTypescriptKeywords,
  ...kCppNames.split(' '),
  ...kNeighbours,
];

/** A name for a function that handles requests; `with-…` is reserved for middleware. */
export const kHandlerPattern: string = `(?!with-)(?!(?:${kReserved.join('|')})$)${kWordPattern}`;

/** The same, except those that already exist. */
export const kNewHandlerPattern: string = `(?!(?:${kOwnHandlers.join('|')})$)${kHandlerPattern}`;

export const kNameMeaning =
  'lower-case words joined by dashes, such as user-list, that are not reserved or already in use';

type Naming = Pick<TextQuestion, 'help' | 'default' | 'pattern' | 'patternMeaning' | 'maxLength'>;

/** The question that names an addition. */
export function nameQuestion(group: string, naming: Naming): TextQuestion {
  return { kind: 'text', key: 'name', group, depth: 'basic', title: 'Name', ...naming };
}

/** The requirements for a name that becomes a handler. */
export function handlerNaming(example: string, help: string): Naming {
  return {
    help,
    default: example,
    pattern: kNewHandlerPattern,
    patternMeaning: kNameMeaning,
    maxLength: kMaxLength,
  };
}

/** `user-list` → `userList`. */
export function camelCase(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

/** `user-list` → `UserList`. */
export function pascalCase(name: string): string {
  return camelCase(`-${name}`);
}

/** `user-list` → `user_list`. */
export function snakeCase(name: string): string {
  return name.replaceAll('-', '_');
}
