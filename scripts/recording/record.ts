/**
 * `npm run record`: plays the wizard in a real terminal, from the first question to the server's
 * first answer, and draws what was seen as docs/pictures/wizard.svg.
 */

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Terminal, Tmux } from '../../test/cli/tmux.ts';
import { type Frame, film, type Size } from './film.ts';

const kRoot = resolve(import.meta.dirname, '..', '..');
const kPicture = join(kRoot, 'docs', 'pictures', 'wizard.svg');
const kSize: Size = { columns: 84, rows: 24 };

const kKeyMs = 45;
const kThoughtMs = 700;
const kPageMs = 2200;
const kResultMs = 3500;
/**
 * Builds take longer than anyone wants to watch: one frame per second of building, shown briefly.
 */
const kGlanceMs = 1000;
const kBuildFrameMs = 120;

class Recording {
  private readonly frames: Frame[] = [];
  private readonly terminal: Terminal;

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  keep(lastsMs: number): void {
    const screen = this.terminal.colours();
    const last = this.frames.at(-1);
    if (last?.screen === screen) {
      this.frames[this.frames.length - 1] = { screen, lastsMs: last.lastsMs + lastsMs };
    } else {
      this.frames.push({ screen, lastsMs });
    }
  }

  async type(text: string): Promise<void> {
    for (const letter of text) {
      this.terminal.type(letter);
      await sleep(kKeyMs);
      this.keep(kKeyMs);
    }
    this.keep(kThoughtMs);
    this.terminal.press('Enter');
  }

  async page(heading: string, ...keys: readonly string[]): Promise<void> {
    await this.terminal.shows(heading);
    this.keep(kPageMs);
    for (const key of keys) {
      this.terminal.press(key);
      await sleep(2 * kKeyMs);
      this.keep(kThoughtMs);
    }
    this.terminal.press('Enter');
  }

  async until(text: string | RegExp): Promise<void> {
    let seen = false;
    const done = this.terminal.shows(text).finally(() => {
      seen = true;
    });
    while (!seen) {
      await Promise.race([sleep(kGlanceMs), done]);
      this.keep(kBuildFrameMs);
    }
    await done;
    this.keep(kResultMs);
  }

  drawn(title: string): string {
    return film(title, this.frames, kSize);
  }
}

/**
 * Makes `npm create hpserver@latest` run this repository instead of a package from the registry.
 */
function prepareShell(folder: string): string {
  const npm = join(folder, 'npm');
  const program = join(kRoot, 'dist', 'bin.js');
  const own = `case "$1" in create) shift 2; exec node ${program} "$@" --no-git;; esac`;
  writeFileSync(npm, `#!/bin/sh\n${own}\nPATH=\${PATH#*:} exec npm "$@"\n`);
  chmodSync(npm, 0o755);
  return `cd ${folder}; PATH=${folder}:$PATH PS1='$ ' ENV= exec sh`;
}

async function play(recording: Recording): Promise<void> {
  await recording.type('npm create hpserver@latest my-server');
  await recording.page('Language', 'Down');
  await recording.page('Application');
  await recording.page('How it runs');
  await recording.page('a proven architecture', 'Down', 'Down', 'Up', 'Up');
  await recording.page('Summary');
  await recording.until(/^Next$/m);
  await recording.type('cd my-server && build/release/my-server & sleep 1');
  await recording.until('listening on');
  await recording.type('curl http://127.0.0.1:8080/json');
  await recording.until('{"message"');
}

const tmux = new Tmux();
const folder = mkdtempSync(join(tmpdir(), 'hpserver-recording-'));
tmux.start();
try {
  const command = prepareShell(folder);
  const recording = new Recording(tmux.open({ command, cwd: folder, ...kSize }));
  await play(recording);
  writeFileSync(kPicture, recording.drawn('The wizard of create-hpserver, and its first answer'));
  console.log(kPicture);
} finally {
  tmux.end();
  rmSync(folder, { recursive: true, force: true });
}
