/** The status page in a browser, at the width of a phone and of a desktop. */

import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { cells, project, started } from './projects.ts';

const run = promisify(execFile);

const kBrowser = 'chromium';
const kHasBrowser = spawnSync(kBrowser, ['--version']).status === 0;
/** Narrow phones, and common desktops. */
const kWidths = [375, 1280];

/** In a frame: no browser window is as narrow as a phone. Its title reports the widths. */
function framed(page: string, width: number): string {
  const text = page.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return `<!doctype html><iframe style="border:0;width:${width}px;height:2000px" srcdoc="${text}"
    onload="const {documentElement: root} = this.contentDocument;
      document.title = root.scrollWidth + ' of ' + root.clientWidth"></iframe>`;
}

test.skipIf(!kHasBrowser && process.env.CI === undefined).each(kWidths)(
  'has room at %d px',
  { timeout: 1_800_000 },
  async (width) => {
    const [cell] = cells;
    if (cell === undefined) throw new Error('there are no projects');
    const server = await started(await project(cell));
    const folder = await mkdtemp(join(tmpdir(), 'status-'));
    try {
      // What a table must cope with: a long route, and unforeseen contents.
      await fetch(`http://127.0.0.1:${server.port}/plaintext`);
      await fetch(`http://127.0.0.1:${server.port}/${'long'.repeat(50)}`);
      const page = await (await fetch(`http://127.0.0.1:${server.adminPort}/status`)).text();
      expect(page).toContain('GET /plaintext');
      expect(page).not.toMatch(/<script|https?:/);
      const file = join(folder, 'status.html');
      const picture = join(folder, 'status.png');
      await writeFile(file, framed(page, width));
      const flags = ['--headless', '--no-sandbox', '--disable-gpu', `--user-data-dir=${folder}`];
      const { stdout } = await run(kBrowser, [...flags, '--dump-dom', `file://${file}`]);
      const [, needed, there] = /<title>(\d+) of (\d+)<\/title>/.exec(stdout) ?? [];
      // A scrollbar may take some of it.
      expect(Number(there)).toBeGreaterThan(width - 30);
      expect(Number(needed)).toBe(Number(there));
      await run(kBrowser, [
        ...flags,
        `--window-size=${Math.max(width, 500)},2000`,
        `--screenshot=${picture}`,
        `file://${file}`,
      ]);
      expect((await stat(picture)).size).toBeGreaterThan(10_000);
    } finally {
      await rm(folder, { recursive: true, force: true });
      await server.stop();
    }
  },
);
