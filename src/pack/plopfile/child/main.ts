/**
 * The process in which a plopfile runs, one for each addition, as with plop: Handlebars' global
 * helpers, prompts' types and modules' state end with it.
 */

import { messageOf } from '../../../error.ts';
import type { Outcome, PlopfilePlace, Task } from '../protocol.ts';
import { describeGenerators } from './describe.ts';
import { guardWrites } from './guard.ts';
import { importPlop, load } from './load.ts';
import { lineOf } from './place.ts';
import { take } from './take.ts';

const place = JSON.parse(process.argv[2] ?? '') as PlopfilePlace;
// A plopfile that looks at its command line finds none.
process.argv.length = 2;
// Plop holds on to the functions of the file system that it finds: it has to find guarded ones.
const refusals = guardWrites(place);
// It is loaded while the process still waits for its turn.
const plop = importPlop();

process.once('message', (task: Task) => {
  // What an action has started and does not wait for is waited for, as by plop; what a plopfile
  // starts while it is only looked at is not.
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
