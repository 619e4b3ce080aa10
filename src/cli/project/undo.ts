/** `create-hpserver undo`: reverts the last update, byte for byte. */

import type { Host } from '../../console/host.ts';
import { type Paint, paintFor, spell } from '../../console/paint.ts';
import { columns, plural } from '../../console/text.ts';
import { undo as takeBack, type UndoPlan, undoPlan } from '../../disk/update/undo.ts';
import { ExitCode, UserError } from '../../error.ts';
import { type CommandSyntax, readInvocation } from '../command.ts';
import { kDoing } from '../flags.ts';
import { locate, locked, repair, tellInterrupted } from './opening/open.ts';
import { directoryFirst, kDirectoryFlag, kDirectoryOperand, kJsonFlag } from './project-flags.ts';

const kEdited = ['refuse', 'keep', 'overwrite'] as const;

export const undoSyntax: CommandSyntax = {
  program: 'create-hpserver undo',
  ...kDirectoryOperand,
  summary: 'Reverts the last regenerate, add or undo: every file as it was, byte for byte.',
  flags: [
    kDirectoryFlag,
    {
      name: 'dry-run',
      takes: 'switch',
      help: 'show what would be undone, write nothing',
      group: kDoing,
    },
    kJsonFlag,
    {
      name: 'edited',
      takes: 'value',
      values: kEdited,
      help: 'what to do with files you have edited since (default: refuse)',
      group: kDoing,
    },
  ],
};

export async function undo(typed: Host): Promise<ExitCode> {
  const host = directoryFirst(typed);
  const invocation = readInvocation(host, undoSyntax);
  if (invocation === null) return ExitCode.done;
  const edited = editedOf(invocation.values.get('edited'));
  const directory = locate(host, invocation.values);
  const isDry = invocation.values.has('dry-run');
  const planned = async () => {
    const plan = await undoPlan(directory, { edited });
    if (plan === null) throw nothingToUndo(directory);
    return plan;
  };
  if (isDry) await tellInterrupted(host, directory);
  const plan = isDry
    ? await planned()
    : await locked(host, directory, async () => {
        await repair(host, directory);
        const wanted = await planned();
        await takeBack(directory, { edited });
        return wanted;
      });
  const said = { directory, written: !isDry, ...plan };
  host.out.write(
    invocation.values.has('json')
      ? `${JSON.stringify(said)}\n`
      : listing(paintFor(host, host.out), plan, isDry),
  );
  if (!isDry && !invocation.values.has('json')) host.err.write('Run it again to redo.\n');
  return ExitCode.done;
}

function editedOf(value: unknown): (typeof kEdited)[number] {
  if (value === undefined) return 'refuse';
  const known = kEdited.find((each) => each === value);
  if (known !== undefined) return known;
  const fix = `Use --edited ${kEdited.join('|')}.`;
  throw new UserError(ExitCode.usage, [
    { at: '--edited', message: `--edited does not accept "${value}"`, fix },
  ]);
}

const kWords = {
  restore: 'restored',
  remove: 'removed',
  'bring-back': 'restored',
  keep: 'kept',
} as const;

/** Leaves out the generator's own records. */
function listing(paint: Paint, { title, files }: UndoPlan, isDry: boolean): string {
  const shown = files.filter(({ path }) => !path.startsWith('.hpserver/'));
  const rows = shown.map(({ path, action, edited }) => [
    `  ${kWords[action]}`,
    path,
    edited ? 'edited since' : '',
  ]);
  const head = `${isDry ? 'Would undo' : 'Undone'}: ${title}`;
  const lines = [paint.bold(head), ...columns(rows), plural(shown.length, 'file')];
  return spell(paint, `${lines.join('\n')}\n`);
}

function nothingToUndo(directory: string): UserError {
  const message = 'there is no update to undo';
  const fix = 'Creating a project cannot be undone: remove its folder instead.';
  return new UserError(ExitCode.usage, [{ at: directory, message, fix }]);
}
