/** What a pack brings to files of others beside settings: the kinds of src/plan/contribution.ts. */

import { z } from 'zod';
import { kAbilities, kMoments } from '../../plan/contribution.ts';
import { kName, line, text, when } from './schema-parts.ts';

const name = z.string().regex(kName, 'lower-case words, with dashes between them').max(40);
const code = z
  .string()
  .regex(/^[^\p{C}]+$/u, 'one line')
  .describe('A line of code.');
const path = z
  .string()
  .regex(/^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/, 'a path below the project, without .. and spaces');
const word = z.string().regex(/^[A-Za-z_]\w*$/, 'a name in code');
const target = z.string().regex(/^\/[^\s"\\]*$/, 'a path from / on');
const markdown = z.string().regex(/^[^\p{C}]*$/u, 'one line');
const condition = { when: when.optional().describe('Contributed only where this holds.') };
const inCpp = z.strictObject({
  header: path.describe('Below src/: what declares it.'),
  make: code.describe('An expression that makes one, a std::unique_ptr.'),
});

function listOf(shape: z.ZodRawShape, what: string): z.ZodType {
  return z
    .array(z.strictObject({ ...shape, ...condition }))
    .default([])
    .describe(what);
}

/** Each list is that of `Contributed` by the same name. */
export const contributesSchema: z.ZodType = z
  .strictObject({
    services: listOf(
      {
        name,
        listens: name.describe('The setting that says where.'),
        cpp: inCpp.nullable().default(null),
        typescript: z
          .strictObject({
            module: path.describe('Below src/: what exports the handler.'),
            handler: word.describe('A FrameHandler.'),
            codec: z
              .strictObject({
                header: path.describe('Below native/: what declares both.'),
                frames: word.describe('A class of C++ with feed, frame and idle.'),
                write: word.describe('A function of C++ that sends a frame.'),
              })
              .describe('How bytes become frames and back.'),
          })
          .nullable()
          .default(null),
      },
      'Who answers at addresses of its own, beside HTTP.',
    ),
    routes: listOf(
      {
        method: z.enum(['get', 'post']),
        path: target,
        by: line.describe('Who answers, in words: the status page.'),
        cpp: inCpp.describe('The expression may name "config".'),
      },
      'C++: paths that the pack answers, whatever the routes of the user are.',
    ),
    sources: listOf(
      { path, part: z.enum(['program', 'generated', 'tests']) },
      'C++: what CMake compiles beside the own sources of a project.',
    ),
    core: listOf(
      { header: path.describe('protocol/http/router.h') },
      'C++: headers of the core, below hpserver/, that its sources include.',
    ),
    libraries: listOf(
      {
        name,
        cpp: z
          .strictObject({
            find: code.describe('find_package(ZLIB REQUIRED)'),
            target: code.describe('What is linked: ZLIB::ZLIB.'),
            debian: z.strictObject({ build: name, run: name.nullable().default(null) }),
          })
          .nullable()
          .default(null),
        npm: z
          .strictObject({ package: text, version: z.string().regex(/^\d+\.\d+\.\d+$/) })
          .nullable()
          .default(null),
      },
      'What its sources link, or import.',
    ),
    steps: listOf(
      {
        name: line,
        moment: z
          .enum(kMoments)
          .describe(
            'Settings are read; nothing is open yet; it listens, has said so; its executors run.',
          ),
        after: line.optional().describe('The step of the same moment that it follows.'),
        cpp: z
          .strictObject({
            header: path,
            call: code.describe('It gives a Result; at "read" a mistake, at "serving" nothing.'),
            keeps: word.optional().describe('The variable that keeps the result.'),
            why: code.optional().describe('An expression: its failure in words.'),
          })
          .nullable()
          .default(null),
        typescript: z.strictObject({ module: path, function: word }).nullable().default(null),
      },
      'What main does once; where it fails, the program says why and ends with 1.',
    ),
    abilities: listOf(
      { ability: z.enum(kAbilities) },
      'What the program does for whoever runs it: see Ability.',
    ),
    cmake: listOf({ path }, 'C++: files that CMakeLists.txt includes at its end.'),
    ports: listOf(
      {
        name,
        key: name.describe('The setting that says where.'),
        number: z.int().min(1).max(65_535),
      },
      'Where the program listens by default, for what deploys it.',
    ),
    probes: listOf({ port: name, path: target }, 'What is asked whether the program is well.'),
    summary: listOf({ line: markdown }, "Sentences of the README's first paragraph."),
    sections: listOf(
      { title: line, lines: z.array(markdown).min(1) },
      'Sections of the README, behind the settings.',
    ),
    places: listOf({ path, what: line }, "Rows of the README's table of places."),
    ignored: listOf({ path: text, reason: line }, 'What git leaves out.'),
  })
  .describe('What it brings to files of others.');
