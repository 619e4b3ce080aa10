import { describe, expect, test } from 'vitest';
import { runInLanes } from './lanes.ts';
import { chosen, isBuild, type Job, jobsOf, type Stage } from './stage.ts';

const kCommand = ['true'] as const;

const kStages: readonly Stage[] = [
  { name: 'check', tests: [kCommand] },
  { name: 'core', build: [kCommand], tests: [kCommand] },
  { name: 'package', build: [kCommand] },
  { name: 'whole', after: ['package'], build: [kCommand], tests: [kCommand] },
];

const nameOf = ({ stage, kind }: Job): string => `${stage} ${kind}`;

interface Course {
  /** `+` begins, `-` ends, `x` is skipped. */
  readonly events: readonly string[];
  readonly mostAtOnce: number;
  readonly mostBuildsAtOnce: number;
}

/** Every job takes one turn of the event loop. */
async function courseOf(broken: readonly string[], over = () => false): Promise<Course> {
  const events: string[] = [];
  const running = new Set<Job>();
  let mostAtOnce = 0;
  let mostBuildsAtOnce = 0;
  const run = async (job: Job): Promise<boolean> => {
    events.push(`+ ${nameOf(job)}`);
    running.add(job);
    mostAtOnce = Math.max(mostAtOnce, running.size);
    mostBuildsAtOnce = Math.max(mostBuildsAtOnce, [...running].filter(isBuild).length);
    await new Promise(setImmediate);
    running.delete(job);
    events.push(`- ${nameOf(job)}`);
    return !broken.includes(nameOf(job));
  };
  await runInLanes(jobsOf(kStages), run, (job) => events.push(`x ${nameOf(job)}`), over);
  return { events, mostAtOnce, mostBuildsAtOnce };
}

describe('jobs', () => {
  test('all run, one build at a time, with at most one more beside it', async () => {
    const { events, mostAtOnce, mostBuildsAtOnce } = await courseOf([]);
    const begun = events.filter((event) => event.startsWith('+'));
    expect(begun.sort()).toEqual(
      jobsOf(kStages)
        .map((job) => `+ ${nameOf(job)}`)
        .sort(),
    );
    expect([mostAtOnce, mostBuildsAtOnce]).toEqual([2, 1]);
  });

  test('wait for the builds that they need', async () => {
    const { events } = await courseOf([]);
    const at = (event: string): number => events.indexOf(event);
    expect(at('- core build')).toBeLessThan(at('+ core tests'));
    expect(at('- package build')).toBeLessThan(at('+ whole build'));
    expect(at('- whole build')).toBeLessThan(at('+ whole tests'));
  });

  test('are skipped where such a build has failed; all others run', async () => {
    const { events } = await courseOf(['package build']);
    expect(events.filter((event) => event.startsWith('x')).sort()).toEqual([
      'x whole build',
      'x whole tests',
    ]);
    expect(events).toEqual(expect.arrayContaining(['- check tests', '- core tests']));
  });

  test('begin no more once it is over', async () => {
    let count = 0;
    const { events } = await courseOf([], () => ++count > 2);
    expect(events.filter((event) => event.startsWith('+')).length).toBeLessThan(4);
  });
});

describe('chosen stages', () => {
  test('bring the builds that they need, without their tests', () => {
    const jobs = jobsOf(chosen(kStages, ['whole']));
    expect(jobs.map(nameOf)).toEqual(['package build', 'whole build', 'whole tests']);
  });

  test('are all if none is named', () => {
    expect(chosen(kStages, [])).toEqual(kStages);
  });
});
