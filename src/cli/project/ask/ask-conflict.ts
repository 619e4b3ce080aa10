/** Asks about one conflict until the user decides: looking at a diff first is possible. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ExitPromptError } from '@inquirer/core';
import inquirer from 'inquirer';
import type { Host } from '../../../console/host.ts';
import type { Paint } from '../../../console/paint.ts';
import type { Change, Conflict } from '../../../merge/change-set.ts';
import { type Resolution, resolutionsOf } from '../../../merge/settle.ts';
import { cancelled } from '../../create/cancelled.ts';
import { unifiedDiff } from '../diff-text.ts';

export interface Reply {
  readonly resolution: Resolution;
  /** Whether the same answer applies to all conflicts that follow. */
  readonly forAll: boolean;
}

type ForOne = 'keep' | 'take' | 'markers';

type Wish = ForOne | `${ForOne}-all` | 'diff' | 'edit';

interface Position {
  readonly at: number;
  readonly of: number;
}

/** Errors: `UserError` (cancelled) for Ctrl-C; nothing is written then. */
export async function askAbout(
  host: Host,
  paint: Paint,
  change: Change,
  position: Position,
): Promise<Reply> {
  const { conflict } = change;
  if (conflict === undefined) throw new Error(`there is no conflict about ${change.path}`);
  host.out.write(`\n${paint.bold(change.path)}: ${conflict.reason}\n`);
  for (;;) {
    const wish = await ask(change.path, conflict, position);
    if (wish === 'diff') {
      host.out.write(await differenceOf(paint, change.path, conflict));
    } else if (wish === 'edit') {
      const text = edited(host, change.path, conflict);
      if (text !== null) return { resolution: { text }, forAll: false };
    } else {
      const [resolution, all] = wish.split('-') as [ForOne, string?];
      return { resolution, forAll: all !== undefined };
    }
  }
}

async function ask(file: string, conflict: Conflict, { at, of }: Position): Promise<Wish> {
  const possible = resolutionsOf(conflict);
  const isText = possible.includes('take');
  const left = of - at;
  const choices: readonly { readonly name: string; readonly value: Wish; readonly if: boolean }[] =
    [
      { name: 'Keep yours', value: 'keep', if: true },
      { name: 'Take the generated version', value: 'take', if: isText },
      {
        name: 'Keep both, with conflict markers',
        value: 'markers',
        if: possible.includes('markers'),
      },
      { name: 'Show the differences', value: 'diff', if: isText },
      { name: 'Edit both in your editor', value: 'edit', if: isText },
      { name: 'Keep yours for this and all remaining conflicts', value: 'keep-all', if: left > 0 },
      {
        name: 'Take the generated version for this and all remaining conflicts',
        value: 'take-all',
        if: isText && left > 0,
      },
      {
        name: 'Keep both for this and all remaining conflicts',
        value: 'markers-all',
        if: possible.includes('markers') && left > 0,
      },
    ];
  const question = {
    type: 'select' as const,
    name: 'wish',
    message: `Conflict ${at} of ${of}: ${file}`,
    choices: choices.filter((choice) => choice.if).map(({ name, value }) => ({ name, value })),
    pageSize: choices.length,
  };
  try {
    return (await inquirer.prompt<{ wish: Wish }>([question])).wish;
  } catch (thrown) {
    if (thrown instanceof ExitPromptError) throw cancelled();
    throw thrown;
  }
}

function differenceOf(paint: Paint, file: string, { disk, next }: Conflict): Promise<string> {
  return unifiedDiff(paint, {
    path: file,
    before: disk ?? '',
    after: next,
    names: ['yours', 'generated'],
  });
}

/**
 * The text as the user left it in the editor, which started with both sides; null if the editor
 * failed.
 */
function edited(host: Host, file: string, { marked, disk }: Conflict): string | null {
  const editor = host.env.VISUAL || host.env.EDITOR || 'vi';
  const folder = mkdtempSync(path.join(tmpdir(), 'conflict-'));
  const copy = path.join(folder, path.basename(file));
  try {
    writeFileSync(copy, marked ?? disk ?? '');
    // The editor's name may include flags: `code --wait`.
    const { status } = spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', copy], { stdio: 'inherit' });
    const text = readFileSync(copy, 'utf8');
    if (status === 0 && !/^(<{7}|>{7}) /m.test(text)) return text;
    const why = status === 0 ? 'it still holds conflict markers' : `${editor} failed`;
    host.out.write(`Edit discarded: ${why}.\n`);
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
