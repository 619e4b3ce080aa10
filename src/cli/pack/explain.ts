/** `create-hpserver pack explain SOURCE`: what a pack does, without doing any of it. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor, spell } from '../../console/paint.ts';
import { columns } from '../../console/text.ts';
import { ExitCode } from '../../error.ts';
import type { PackFile } from '../../pack/document/document.ts';
import { identityOf } from '../../pack/load/identity.ts';
import { codeIn, type OpenPack, openChain } from '../../pack/load/open-pack.ts';
import { whatRuns } from '../../pack/load/trust.ts';
import { inWords } from '../../spec/condition.ts';
import { flagOf } from '../../spec/flag.ts';
import { readInvocation } from '../command.ts';
import { operandOf } from './on-bench.ts';
import type { PackEngine } from './pack-engine.ts';
import { packExplainSyntax } from './syntax.ts';

type Row = readonly string[];

/** What is shown of one pack: rows by heading. */
interface Story {
  readonly source: string;
  readonly name: string;
  readonly version: string;
  readonly hash: string;
  readonly asks: readonly Row[];
  readonly rules: readonly Row[];
  readonly plans: readonly Row[];
  readonly adds: readonly Row[];
  readonly replaces: readonly Row[];
  /** If not empty, the pack needs trust. */
  readonly runs: readonly Row[];
}

/** Exit code 0 even for an untrusted pack, because none of its code is run. */
export async function packExplain(host: Host, _engine: PackEngine): Promise<ExitCode> {
  const invocation = readInvocation(host, packExplainSyntax);
  if (invocation === null) return ExitCode.done;
  const source = operandOf(invocation, packExplainSyntax);
  const chain = await openChain(source, { directory: host.cwd, env: host.env, isLook: false });
  const stories = chain.map(storyOf);
  const paint = paintFor(host, host.out);
  const text = invocation.values.has('json')
    ? `${JSON.stringify({ packs: stories })}\n`
    : spell(paint, stories.map((story) => page(paint, story)).join('\n'));
  host.out.write(text);
  return ExitCode.done;
}

function storyOf(open: OpenPack): Story {
  const { source, folder, document } = open;
  const { name, version } = identityOf(open);
  const { hash } = folder;
  const runs = whatRuns(codeIn(open)).map((line) => [line]);
  const replaces = [...folder.files.keys()]
    .filter((path) => /^(?:overrides|partials)\//.test(path))
    .map((path) => [path]);
  const known = { source, name, version, hash, replaces, runs };
  if (document === null) return { ...known, asks: [], rules: [], plans: [], adds: [] };
  const { questions, constraints, presets, files, additions } = document;
  return {
    ...known,
    asks: questions.map((each) => [each.key, `--${flagOf(each)}`, each.title]),
    rules: [
      ...constraints.map(({ status, when, message }) => [status, inWords(when), message]),
      ...presets.map(({ id, description }) => ['preset', id, description]),
    ],
    plans: files.map(planRow),
    adds: additions.flatMap(({ kind, title, files: own }) => [
      [`add ${kind}`, title],
      ...own.map((file) => ['', ...planRow(file)]),
    ]),
  };
}

function planRow({ to, from, when, owner }: PackFile): Row {
  return [to, `from templates/${from}`, owner, when === undefined ? '' : `if ${inWords(when)}`];
}

function page(paint: Paint, story: Story): string {
  const { name, version, source, hash } = story;
  const parts: readonly (readonly [string, readonly Row[]])[] = [
    ['Asks', story.asks],
    ['Rules and presets', story.rules],
    ['Plans', story.plans],
    ['Adds', story.adds],
    ['Replaces', story.replaces],
    ['Runs, if you trust it', story.runs],
  ];
  const told = parts.filter(([, rows]) => rows.length > 0);
  return [
    `${paint.bold(`${name} ${version}`)}  ${source}`,
    `sha256 ${hash}`,
    ...told.flatMap(([title, rows]) => ['', paint.bold(title), ...indented(rows)]),
    '',
    ...(story.runs.length === 0 ? ['It runs no code of its own here: it is pure data.'] : []),
    ...kLater,
    '',
  ].join('\n');
}

const kLater = [
  'What it generates can run code when a project is installed or built (build files,',
  'package.json); that happens only if you trust the pack.',
];

function indented(rows: readonly Row[]): readonly string[] {
  const width = Math.max(...rows.map((row) => row.length));
  const even = rows.map((row) => [...row, ...Array<string>(width - row.length).fill('')]);
  return columns(even).map((line) => `  ${line}`);
}
