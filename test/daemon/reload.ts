/** What a reload changes in a running daemon (37, 73). */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { eventually } from '../blackbox/wire.ts';
import { childrenOf, ended, type Subject, scratch } from './subject.ts';

/** The answers to enough new connections to reach every one of its executors. */
async function answersTo(path: string, url: string): Promise<readonly number[]> {
  const statuses = new Set<number>();
  for (let asked = 0; asked < 24; asked += 1) {
    const answer = await fetch(`${url}${path}`, { headers: { connection: 'close' } });
    statuses.add(answer.status);
  }
  return [...statuses];
}

/** Its settings file, and a function that writes it. */
function settingsOf({ row }: Subject) {
  const settings = join(scratch, `${row.name}.toml`);
  const configure = (...lines: readonly string[]): void => {
    writeFileSync(settings, lines.map((line) => `${line}\n`).join(''));
  };
  return { settings, configure };
}

export function reloads(subject: Subject): void {
  const { settings, configure } = settingsOf(subject);

  test('takes what may change from its file at SIGHUP, and names the rest (37, 73)', async () => {
    const log = join(scratch, `${subject.row.name}.reload.log`);
    configure('max-target-bytes = 64', 'log-level = "error"');
    const { id, url } = subject.daemon('--config', settings, '--log', log);
    const long = `/${'x'.repeat(100)}`;
    expect(await answersTo(long, url)).toEqual([414]);
    const reload = () => subject.start('--pid-file', subject.pidFile, '--reload');
    configure('max-target-bytes = 1024', 'log-level = "info"');
    expect(reload()).toMatchObject({
      status: 0,
      output: 'settings: in force from now on: max-target-bytes, log-level\n',
    });
    expect(await answersTo(long, url)).toEqual([404]);
    configure('max-target-bytes = 32', 'backlog = 7');
    const partly = subject.start('--reload', String(id));
    expect(partly).toMatchObject({ status: 4 });
    expect(partly.output).toContain(
      'in force from now on: max-target-bytes; restart the server for: backlog',
    );
    expect(await answersTo(long, url)).toEqual([414]);
    configure('max-target-bytes = 1024', 'backlog = "many"');
    const refused = reload();
    expect(refused).toMatchObject({ status: 2 });
    expect(refused.output).toContain(
      `${settings}: backlog: "many": expected a whole number from 1 to`,
    );
    expect(refused.output).toContain('no setting was changed');
    expect(await answersTo(long, url)).toEqual([414]);
    // Each of these problems is in the log, too.
    expect(readFileSync(log, 'utf8').match(/settings: /g)).toHaveLength(3);
    for (const each of childrenOf(id).slice(0, 1)) {
      process.kill(each, 'SIGKILL');
      await ended(each);
      // The worker's replacement uses the current settings.
      expect(await eventually('answers', () => answersTo(long, url))).toEqual([414]);
    }
    await subject.stop(id);
    expect(reload()).toMatchObject({ status: 1, output: expect.stringContaining(subject.pidFile) });
    expect(subject.start('--reload', String(id))).toMatchObject({ status: 1 });
    expect(subject.start('--reload', 'me')).toMatchObject({ status: 2 });
  });
}

/** What its clients notice of reloads: nothing. */
export function reloadsUnderLoad(subject: Subject): void {
  const { settings, configure } = settingsOf(subject);

  test('is reloaded while it answers, and no answer is lost (37)', async () => {
    configure('max-target-bytes = 64');
    const { id, url } = subject.daemon('--config', settings);
    let asking = true;
    const clients = Array.from({ length: 8 }, async () => {
      for (let count = 1; ; count += 1) {
        const answer = await fetch(`${url}/plaintext`);
        expect(await answer.text()).toBe('Hello, World!');
        if (!asking) return count;
      }
    });
    for (let turn = 0; turn < 20; turn += 1) {
      configure(`max-target-bytes = ${64 + turn}`);
      // The sender of a signal doesn't have to wait for the result.
      if (turn % 2 === 0) process.kill(id, 'SIGHUP');
      else expect(subject.start('--reload', String(id)).status).toBe(0);
    }
    asking = false;
    expect(Math.min(...(await Promise.all(clients)))).toBeGreaterThan(0);
    await subject.stop(id);
  });
}
