/** Upgrades of a running daemon: another process replaces it, and no request is lost. */

import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { residentBytes } from '../../src/load/process-tree.ts';
import { eventually } from '../blackbox/wire.ts';
import { type Clients, startClients } from './clients.ts';
import { ended, isAlive, isRoot, type Subject, scratch, status } from './subject.ts';

const kClients = 16;
/** Node takes a quarter of a second to start. */
const kUpgrades = { cpp: 50, typescript: 10 };

/**
 * The memory that the last server may use, relative to the first one, which had served no client by
 * then.
 */
const kGrowth = 1.5;

function clientsOf(url: string): Clients {
  const { hostname, port } = new URL(url);
  return startClients(kClients, { hostname, port });
}

function descriptorsOf(id: number): number {
  return readdirSync(`/proc/${id}/fd`).length;
}

function anotherThan(subject: Subject, id: number): number | undefined {
  const now = subject.id();
  return now > 0 && now !== id ? now : undefined;
}

/** Upgrades the server; returns the id of the process that serves then. */
async function upgrade(subject: Subject, id: number): Promise<number> {
  process.kill(id, 'SIGUSR2');
  const next = await eventually('a successor', () => anotherThan(subject, id));
  await ended(id);
  return next;
}

export function upgrades(subject: Subject): void {
  const { language, name } = subject.row;

  test('is replaced again and again, and no request is lost', async () => {
    const path = join(scratch, `${name}.sock`);
    const flags = ['--listen', `unix:${path}`, '--handover-ms', '20'];
    const { id, url } = subject.daemon(...flags);
    const before = descriptorsOf(id);
    const memory = residentBytes(id);
    const clients = clientsOf(url);
    let now = id;
    for (let count = 0; count < kUpgrades[language]; count += 1) now = await upgrade(subject, now);
    expect(await clients.stop()).toBeGreaterThan(kClients);
    expect(now).not.toBe(id);
    // Whatever one of them failed to close or to free would add up.
    await eventually('its descriptors', () => descriptorsOf(now) <= before + 4 || undefined);
    await eventually('its memory', () => residentBytes(now) <= kGrowth * memory || undefined);
    expect(existsSync(path)).toBe(true);
    await subject.stop(now);
    expect(existsSync(path)).toBe(false);
    expect(existsSync(subject.pidFile)).toBe(false);
  });

  test('is taken back by SIGHUP, and ended early by SIGQUIT', async () => {
    const { id, url } = subject.daemon('--handover-ms', '600000');
    const clients = clientsOf(url);
    process.kill(id, 'SIGUSR2');
    const first = await eventually('one', () => anotherThan(subject, id));
    process.kill(id, 'SIGHUP');
    await ended(first);
    expect(subject.id()).toBe(id);
    process.kill(id, 'SIGUSR2');
    const second = await eventually('another', () => anotherThan(subject, id));
    process.kill(id, 'SIGQUIT');
    await ended(id);
    expect(subject.id()).toBe(second);
    expect(await clients.stop()).toBeGreaterThan(0);
    await subject.stop(second);
  });
}

/** Impossible upgrades, and those of a server with fewer privileges than it started with. */
export function hardUpgrades(subject: Subject): void {
  const { language, name } = subject.row;
  const log = join(scratch, `${name}.upgrade.log`);

  test('goes on where its successor cannot serve, and says why', async () => {
    const settings = join(scratch, `${name}.upgrade.toml`);
    writeFileSync(settings, '');
    const { id, url } = subject.daemon('--config', settings, '--log', log, '--handover-ms', '0');
    const fails = async (reason: RegExp): Promise<void> => {
      process.kill(id, 'SIGUSR2');
      await eventually('the reason', () => reason.test(readFileSync(log, 'utf8')) || undefined);
      expect((await fetch(`${url}/plaintext`)).status).toBe(200);
      expect(subject.id()).toBe(id);
    };
    writeFileSync(settings, 'backlog = "many"\n');
    await fails(/exited with status 2: this process keeps serving/);
    writeFileSync(settings, '');
    const program = join(subject.directory, subject.command.at(-1) ?? '');
    renameSync(program, `${program}.away`);
    await fails(language === 'cpp' ? /can't be started: .*ENOENT/ : /exited with status 1: this/);
    renameSync(`${program}.away`, program);
    // It can still be replaced afterwards.
    await subject.stop(await upgrade(subject, id));
  });

  test.runIf(isRoot)('is replaced though it has dropped its rights', async () => {
    const { id } = subject.daemon('--user', 'nobody', '--handover-ms', '0');
    const next = await upgrade(subject, id);
    expect(status(next, 'Uid')).toMatch(/^65534/);
    expect(isAlive(next)).toBe(true);
    await subject.stop(next);
  });
}
