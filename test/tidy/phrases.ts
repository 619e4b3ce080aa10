/** Phrases that read as translated, each with what a native would write, for the prose below. */

import { matcherOf } from '../../src/spec/glob.ts';
import type { Source } from './sources.ts';

/** The texts to check; what `npm run matrix` writes is left out. */
const kProse: readonly string[] = [
  'docs/*.md',
  'docs/{decisions,guide}/**/*.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  'README.md',
  'templates/**/*.md.hbs',
];

interface Phrase {
  /** An example of the fault, which the pattern finds. */
  readonly instead: string;
  readonly pattern: RegExp;
  readonly write: string;
}

/** Only what is always wrong: a false alarm costs more than a missed phrase. */
export const kPhrases: readonly Phrase[] = [
  {
    instead: 'What is more exact wins: flags, then files',
    pattern: /\bwhat is more (?:exact|precise|specific) wins\b/i,
    write: 'Precedence: flags, then …',
  },
  {
    instead: 'How fast it is for you, your machine says.',
    pattern: /\byour machine (?:says|tells)\b/i,
    write: 'Measure it on your machine',
  },
  {
    instead: 'With `-- --yes` behind it, the same command asks nothing.',
    pattern: /(?:^|[.:;!?|-]) ?With [^.,;]{1,40} behind it,/,
    write: 'Add `-- --yes` to …',
  },
  {
    instead: 'Your edits are no drift.',
    pattern: /\b(?:is|are) no drift\b/i,
    write: "… don't count as drift",
  },
  {
    instead: 'A repository that grows by plop can have the same questions there.',
    pattern: /\bgrows? by (?:it|plop)\b/i,
    write: 'Already using plop? …',
  },
  { instead: 'All is answered', pattern: /\ball is answered\b/i, write: 'Ready to generate' },
  { instead: 'What is done:', pattern: /\bWhat is done(?=:| *\||$)/, write: 'Output' },
  {
    instead: 'defaults for all else',
    pattern: /(?<!\b(?:above|if|first of) )\ball else\b(?! (?:being|fail))/i,
    write: 'accept defaults, everything else',
  },
  {
    instead: 'not built, for this machine lacks: cmake',
    pattern: /\bfor (?:this|the|your) machine lacks\b/i,
    write: 'Not built: … is missing',
  },
  {
    instead: 'a connection that is gone',
    pattern: /\b(?:connection|client|peer|server|worker)s? (?:that|which|who) (?:is|are) gone\b/i,
    write: 'a closed connection, a client that has disconnected',
  },
  {
    instead: 'Edit the wish of the project.',
    pattern: /\b(?:the|an?|this|your|its|raw|validated) wish(?:es)?\b/i,
    write: 'the configuration (`hpserver.json`)',
  },
  {
    instead: 'Whoever asks gets a 503.',
    pattern: /\bwhoever\b|(?:^|[.:;]) ?Who asks\b(?![^.]*\?)/i,
    write: 'a client that …, anyone who …',
  },
  {
    instead: 'It is closed all the same.',
    pattern: /(?<!\b(?:are|is|be|were|was|stay) )\ball the same(?=[.,;:)]|$| (?:once|when|if)\b)/i,
    write: 'still, anyway',
  },
  {
    instead: 'It waits, so that the answers keep their order.',
    pattern: /, so that\b/i,
    write: ', so …',
  },
  {
    instead: 'Nobody reads it.',
    pattern: /\bnobody\b/i,
    write: 'the subject: no client, no thread, no one; "only you" for "nobody but you"',
  },
  {
    instead: 'A worker that fails is started anew.',
    pattern: /\banew\b/i,
    write: 'again; restarted, reread, rewritten',
  },
  {
    instead: 'It is refused for want of memory.',
    pattern: /\bfor want of\b/i,
    write: 'for lack of, because there is no …',
  },
  {
    instead: 'What was added stands in `hpserver.json`.',
    pattern: /\bstands? (?:in|below|above|beside|behind|there|at the)\b/i,
    write: 'is in, comes after; sits between',
  },
  {
    instead: 'Lost lines are told of.',
    pattern: /\b(?:is|are|was|were) told of\b(?! (?:it|them)\b)/i,
    write: 'is reported, is logged',
  },
  {
    instead: 'The kind is called like a built-in one.',
    pattern: /\bcalled like\b/i,
    write: 'has the same name as',
  },
  {
    instead: 'The run ends with code 3.',
    pattern: /\bend(?:s|ed)? with (?:exit )?(?:code|status) \d/i,
    write: 'exits with code …',
  },
  {
    instead: 'Health is asked for at the admin listener where there is one.',
    pattern: /\bwhere there (?:is|are) (?:one|none|no)\b/i,
    write: 'if there is one',
  },
  {
    instead: 'What belongs into git',
    pattern: /\bbelongs? into\b/i,
    write: 'belongs in; What to commit',
  },
  {
    instead: 'An address is no package.',
    pattern: /(?<!\bthere )\b(?:is|are) no (?:file|folder|package|project|edit|number|verb)s?\b/i,
    write: "isn't a …, doesn't count as a …",
  },
];

/** Each phrase with its place, and its replacement. */
export function translatedPhrases(sources: readonly Source[]): readonly string[] {
  return sources.filter(({ path }) => isProse(path)).flatMap(phrasesIn);
}

const matchers = kProse.map((glob) => matcherOf(glob, {}));

function isProse(path: string): boolean {
  return matchers.some((matches) => matches(path));
}

function phrasesIn({ path, text }: Source): readonly string[] {
  return paragraphsOf(text).flatMap((paragraph) =>
    kPhrases.flatMap(({ pattern, write }) => {
      const found = pattern.exec(paragraph.lines.join(' '));
      if (found === null) return [];
      const place = `${path}:${lineAt(paragraph, found.index)}`;
      return [`${place}: instead of "${found[0].trim()}" write "${write}"`];
    }),
  );
}

/** The search covers these lines joined by spaces: a phrase may wrap. */
interface Paragraph {
  readonly first: number;
  readonly lines: readonly string[];
}

/** The author's own words: no code samples, no link addresses. */
function paragraphsOf(text: string): readonly Paragraph[] {
  const prose = text
    .replace(/^```[\s\S]*?^```$/gm, (sample) => sample.replace(/.+/g, ''))
    .replace(/`[^`]+`/g, (code) => code.replace(/[^\n]+/g, '`'))
    .replace(/\]\([^)]*\)/g, ']');
  let first = 1;
  return prose.split(/\n(?=\n|[|#]|\s*[-*] |\s*\d+\. )/).map((part) => {
    const paragraph = { first, lines: part.split('\n').map((line) => line.trim()) };
    first += paragraph.lines.length;
    return paragraph;
  });
}

function lineAt({ first, lines }: Paragraph, index: number): number {
  let end = -1;
  return (
    first +
    lines.findIndex((line) => {
      end += line.length + 1;
      return index < end;
    })
  );
}
