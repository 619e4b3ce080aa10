/**
 * `npx tsx scripts/sentences.ts [SEED]`: thirty random sentences for a fresh-eyed reader: ten
 * from the documents, ten of the command's messages, ten comments. The same seed repeats a draw.
 */

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const kRoot = resolve(import.meta.dirname, '..');
const kOfEach = 10;
const kLeastWords = 6;

interface Sentence {
  readonly path: string;
  readonly text: string;
}

type Reader = (source: string) => readonly string[];

const kKinds: readonly (readonly [name: string, globs: readonly string[], read: Reader])[] = [
  ['Documents', ['*.md', 'docs/*.md', 'docs/guide/*.md', 'docs/decisions/*.md'], prose],
  ['Messages', ['src/**/*.ts', 'generators/**/*.ts'], messages],
  [
    'Comments',
    ['src/**/*.ts', 'native-core/**/*.h', 'native-core/**/*.cc', 'templates/**'],
    comments,
  ],
];

/** Paragraphs and list items; no code, tables or headings. */
function prose(source: string): readonly string[] {
  const text = source.replace(/^```.*?^```$/gms, '').replace(/^(?:\||#|!\[).*$/gm, '');
  return text.split(/\n\s*\n|\n(?=- |\d+\. )/).flatMap(sentencesOf);
}

function messages(source: string): readonly string[] {
  const code = source.replace(/^\s*(?:\/\*\*?|\*|\/\/).*$/gm, '');
  const joined = code.replace(/' \+\s+'/g, '');
  const literals = joined.matchAll(/'((?:[^'\\\n]|\\.)+)'|"([^"\n]+)"|`((?:[^`\\]|\\.)+)`/g);
  return [...literals].flatMap(([, ...texts]) => sentencesOf(texts.find(Boolean) ?? ''));
}

function comments(source: string): readonly string[] {
  const blocks = source.match(/\/\*\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm) ?? [];
  return blocks.flatMap((block) =>
    sentencesOf(block.replace(/^\s*(?:\/\*\*|\*\/|\*|\/\/)|\*\/$/gm, '')),
  );
}

function sentencesOf(text: string): readonly string[] {
  const line = text
    .replace(/^[-\d.]+ /, '')
    .replace(/\s+/g, ' ')
    .trim();
  return line
    .split(/(?<=[.!?:]) (?=[A-Z`])/)
    .filter(
      (each) =>
        each.split(' ').filter((word) => /^[\p{L}'’,.;-]+$/u.test(word)).length >= kLeastWords,
    );
}

/** Equal seeds draw the same sentences: Park and Miller's minimal standard. */
function randomBy(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function filesOf(globs: readonly string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '--', ...globs.map((glob) => `:(glob)${glob}`)], {
    cwd: kRoot,
    encoding: 'utf8',
  });
  return listed
    .split('\n')
    .filter((path) => path !== '' && !/\.zh-CN\.md$|\btest\b|_test\./.test(path));
}

function drawn(globs: readonly string[], read: Reader, random: () => number): readonly Sentence[] {
  const all = filesOf(globs).flatMap((path) =>
    read(readFileSync(resolve(kRoot, path), 'utf8')).map((text) => ({ path, text })),
  );
  return Array.from({ length: kOfEach }, () => all[Math.floor(random() * all.length)]).filter(
    (each) => each !== undefined,
  );
}

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const random = randomBy(seed);
console.log(`seed ${seed}`);
for (const [name, globs, read] of kKinds) {
  console.log(`\n${name}`);
  for (const { path, text } of drawn(globs, read, random)) console.log(`- ${text}\n  (${path})`);
}
