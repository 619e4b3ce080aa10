/**
 * The process in which a plopfile runs. As with plop itself, each addition has its own process, so
 * Handlebars' global helpers, prompt types and the state of modules are gone when it exits.
 */

import { messageOf } from '../../../error.ts';
import type { Outcome, PlopfilePlace, Task } from '../protocol.ts';
import { describeGenerators } from './describe.ts';
import { guardWrites } from './guard.ts';
import { importPlop, load } from './load.ts';
import { lineOf } from './place.ts';
import { take } from './take.ts';

const place = JSON.parse(process.argv[2] ?? '') as PlopfilePlace;
// A plopfile that looks at its command line finds no arguments.
process.argv.length = 2;
// Plop keeps the file system functions that exist when it is loaded, so they must be guarded by
// then.
const refusals = guardWrites(place);
// Loaded right away, while the process waits for its task.
const plop = importPlop();

process.once('message', (task: Task) => {
  // If an action starts something without awaiting it, the process waits for it, as plop does. If
  // the plopfile is only being described, it doesn't.
  if (task.task === 'describe') process.once('disconnect', () => process.exit(0));
  void perform(task).then((outcome) => process.send?.(outcome));
});

async function perform(task: Task): Promise<Outcome> {
  try {
    const loaded = await load(await plop, place);
    return task.task === 'take'
      ? await take(loaded, task, { place, refusals })
      : { kind: 'described', generators: await describeGenerators(loaded) };
  } catch (thrown) {
    const at = await lineOf(thrown, place.plopfile);
    return { kind: 'refused', stage: 'plopfile', at, message: messageOf(thrown) };
  }
}
