/**
 * What a pack contributes to others' files besides settings: the kinds of src/plan/contribution.ts.
 */

import { z } from 'zod';
import { kAbilities, kMoments } from '../../plan/contribution.ts';
import { kName, line, text, when } from './schema-parts.ts';

const name = z.string().regex(kName, 'must be lower-case words, joined by dashes').max(40);
const code = z
  .string()
  .regex(/^[^\p{C}]+$/u, 'must be one line')
  .describe('A line of code.');
const path = z
  .string()
  .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'must be a path in the project, without .. or spaces');
const word = z.string().regex(/^[A-Za-z_]\w*$/, 'must be an identifier');
const target = z.string().regex(/^\/[^\s"\\]*$/, 'must be an absolute path');
const markdown = z.string().regex(/^[^\p{C}]*$/u, 'must be one line');
const condition = { when: when.optional().describe('Contributed only if this is true.') };
const inCpp = z.strictObject({
  header: path.describe('The header that declares it, below src/.'),
  make: code.describe('An expression that creates one, a std::unique_ptr.'),
});

function listOf(shape: z.ZodRawShape, what: string): z.ZodType {
  return z
    .array(z.strictObject({ ...shape, ...condition }))
    .default([])
    .describe(what);
}

/** Each list corresponds to the one in `Contributed` with the same name. */
export const contributesSchema: z.ZodType = z
  .strictObject({
    services: listOf(
      {
        name,
        listens: name.describe('The setting with its address.'),
        cpp: inCpp.nullable().default(null),
        typescript: z
          .strictObject({
            module: path.describe('The module that exports the handler, below src/.'),
            handler: word.describe('A FrameHandler.'),
            codec: z
              .strictObject({
                header: path.describe('The header that declares both, below native/.'),
                frames: word.describe('A C++ class with feed, frame and idle.'),
                write: word.describe('A C++ function that sends a frame.'),
              })
              .describe('How bytes become frames and back.'),
          })
          .nullable()
          .default(null),
      },
      'Services with their own listening addresses, in addition to HTTP.',
    ),
    routes: listOf(
      {
        method: z.enum(['get', 'post']),
        path: target,
        by: line.describe('What answers, in words: the status page.'),
        cpp: inCpp.describe('The expression may use "config".'),
      },
      'C++: paths that the pack answers, whatever routes the user has.',
    ),
    sources: listOf(
      { path, part: z.enum(['program', 'generated', 'tests']) },
      "C++: what CMake compiles in addition to the project's own sources.",
    ),
    core: listOf(
      { header: path.describe('protocol/http/router.h') },
      'C++: core headers, below hpserver/, that its sources include.',
    ),
    libraries: listOf(
      {
        name,
        cpp: z
          .strictObject({
            find: code.describe('find_package(ZLIB REQUIRED)'),
            target: code.describe('What to link: ZLIB::ZLIB.'),
            debian: z.strictObject({ build: name, run: name.nullable().default(null) }),
          })
          .nullable()
          .default(null),
        npm: z
          .strictObject({ package: text, version: z.string().regex(/^\d+\.\d+\.\d+$/) })
          .nullable()
          .default(null),
      },
      'What its sources link or import.',
    ),
    steps: listOf(
      {
        name: line,
        moment: z
          .enum(kMoments)
          .describe(
            'Settings are read; nothing is open yet; it listens; it has said where; its ' +
              'executors run.',
          ),
        after: line.optional().describe('The step of the same moment that it comes after.'),
        cpp: z
          .strictObject({
            header: path,
            call: code.describe(
              'It returns a Result; at "read", the user\'s mistake as text; at "serving", nothing.',
            ),
            keeps: word.optional().describe('The variable that holds the result.'),
            why: code.optional().describe('An expression: its failure in words.'),
          })
          .nullable()
          .default(null),
        typescript: z.strictObject({ module: path, function: word }).nullable().default(null),
      },
      'What main does once; if it fails, the program reports why and exits with 1.',
    ),
    abilities: listOf(
      { ability: z.enum(kAbilities) },
      'What the program can do for the person who runs it: see Ability.',
    ),
    cmake: listOf({ path }, 'C++: files that CMakeLists.txt includes at its end.'),
    ports: listOf(
      {
        name,
        key: name.describe('The setting with its address.'),
        number: z.int().min(1).max(65_535),
      },
      'Where the program listens by default, for deployments.',
    ),
    probes: listOf({ port: name, path: target }, "What to query for the program's health."),
    summary: listOf({ line: markdown }, 'Sentences for the first paragraph of the README.'),
    sections: listOf(
      { title: line, lines: z.array(markdown).min(1) },
      'Sections of the README, after the settings.',
    ),
    places: listOf({ path, what: line }, "Rows of the README's table of places."),
    ignored: listOf({ path: text, reason: line }, 'What git ignores.'),
  })
  .describe('What it contributes to other files.');
