/**
 * The process in which a plopfile runs, one for each addition, as with plop: Handlebars' global
 * helpers, prompt types and module state are gone when it exits.
 */

import { messageOf } from '../../../error.ts';
import type { Outcome, PlopfilePlace, Task } from '../protocol.ts';
import { describeGenerators } from './describe.ts';
import { guardWrites } from './guard.ts';
import { importPlop, load } from './load.ts';
import { lineOf } from './place.ts';
import { take } from './take.ts';

const place = JSON.parse(process.argv[2] ?? '') as PlopfilePlace;
// A plopfile that examines its command line finds nothing.
process.argv.length = 2;
// Plop keeps the file system functions it finds at load time: they must be the guarded ones.
const refusals = guardWrites(place);
// Loaded while the process is still waiting for its turn.
const plop = importPlop();

process.once('message', (task: Task) => {
  // What an action starts without awaiting is waited for, as plop does; what a plopfile starts
  // while only being described is not.
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
