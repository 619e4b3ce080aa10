/**
 * A process that updates the project in its working directory, and kills itself on the way:
 * `rehearsal.ts COMMAND [HOW CALL]`. It prints the result as JSON.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileSystem, kNodeFileSystem } from '../../src/disk/file-system.ts';
import { withLock } from '../../src/disk/lock/lock.ts';
import { watched } from '../../src/disk/transaction/testing/faults.ts';
import {
  file,
  harvest,
  kAllChanged,
  kOld,
  plant,
  type TestTree,
  updateBetween,
} from '../../src/disk/transaction/testing/trees.ts';
import { recover } from '../../src/disk/update/recover.ts';
import { undo } from '../../src/disk/update/undo.ts';
import { updateProject } from '../../src/disk/update/update.ts';
import { UserError } from '../../src/error.ts';

const [command = '', how = '', call = '0'] = process.argv.slice(2);
const directory = process.cwd();

/** Files below `mnt/`, where another file system may be mounted. */
const kMountedOld: TestTree = {
  ...kOld,
  'mnt/old.txt': file('old\n'),
  'mnt/edit.txt': file('1\n'),
};
const kMountedNew: TestTree = {
  ...kAllChanged,
  'mnt/edit.txt': file('2\n', 0o755),
  'mnt/deep/new.txt': file('new\n'),
};
/** More than the test's small disk holds. */
const kBig = file('x'.repeat(400_000));

const commands: Readonly<Record<string, () => Promise<unknown>>> = {
  plant: async () => plant(directory, kOld),
  'plant-mounted': async () => plant(directory, kMountedOld),
  update: () => updateProject(directory, updateBetween(kOld, kAllChanged), system()),
  'update-big': () => {
    const next = { ...kAllChanged, 'src/big.txt': kBig };
    return updateProject(directory, updateBetween(kOld, next), system());
  },
  'update-mounted': () => {
    return updateProject(directory, updateBetween(kMountedOld, kMountedNew), system());
  },
  'update-mounted-big': () => {
    const next = { ...kMountedNew, 'mnt/deep/big.txt': kBig };
    return updateProject(directory, updateBetween(kMountedOld, next), system());
  },
  recover: () => recover(directory, system()),
  undo: () => undo(directory, { edited: 'refuse' }, system()),
  harvest: async () => harvest(directory),
  try: () => withLock(directory, async () => 'done', { waitMs: 100 }),
  hold: () => withLock(directory, untilInputEnds),
  count: () => countUp(Number(how)),
  'count-and-die': () => countUp(Number(how), () => process.kill(process.pid, 'SIGKILL')),
};

/**
 * A file system that kills the process at the given call. Counted are all calls, or the calls since
 * the commit (the first rename), or the writes, which then leave half a file.
 */
function system(): FileSystem {
  let counted = 0;
  let isCommitted = false;
  return watched((_nth, name, [path, text, mode]) => {
    const counts = how === 'committed' ? isCommitted : how !== 'half' || name === 'writeFile';
    isCommitted ||= name === 'rename';
    if (counts) counted++;
    if (!counts || counted !== Number(call)) return;
    if (how === 'half') {
      const bytes = Buffer.from(text as string | Uint8Array);
      writeFileSync(path as string, bytes.subarray(0, bytes.length / 2), { mode: mode as number });
    }
    process.kill(process.pid, how === 'SIGINT' || how === 'SIGTERM' ? how : 'SIGKILL');
  }, kNodeFileSystem);
}

/** Reports that it has the lock, and keeps the lock until its input ends. */
async function untilInputEnds(): Promise<void> {
  process.stdout.write('held\n');
  for await (const _ of process.stdin);
}

/**
 * Reads a counter, adds one and writes it, again and again. If two processes do this at once,
 * counts get lost. `ends` is called the last time.
 */
async function countUp(times: number, ends: () => void = () => {}): Promise<void> {
  const counter = join(directory, 'counter');
  for (let nth = 0; nth < times; nth++) {
    await withLock(
      directory,
      async () => {
        const count = Number(readFileSync(counter, 'utf8'));
        await new Promise(setImmediate);
        writeFileSync(counter, String(count + 1));
        if (nth + 1 === times) ends();
      },
      { waitMs: 120_000 },
    );
  }
}

try {
  const result = (await commands[command]?.()) ?? null;
  process.stdout.write(`${JSON.stringify(result)}\n`);
} catch (thrown) {
  if (!(thrown instanceof UserError)) throw thrown;
  process.stdout.write(`${JSON.stringify({ refused: thrown.message })}\n`);
  process.exitCode = thrown.exitCode;
}
