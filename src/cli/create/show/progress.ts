/**
 * One line that says what runs and for how long; a plain line per event where there is no terminal.
 */

import type { Host } from '../../../console/host.ts';
import { type Paint, paintFor } from '../../../console/paint.ts';
import { cut } from '../../../console/text.ts';

export interface Progress {
  /** The latest thing that the running command said. */
  readonly say: (line: string) => void;
  readonly end: (good: boolean) => void;
}

const kFrameMs = 100;

export function startProgress(host: Host, title: string): Progress {
  const paint = paintFor(host, host.err);
  const started = performance.now();
  const elapsed = () => `${Math.round((performance.now() - started) / 1000)} s`;
  const verdict = (good: boolean) =>
    `${mark(paint, good)} ${title} ${paint.dim(`(${elapsed()})`)}\n`;
  if (!host.err.terminal) {
    host.err.write(`${title} ...\n`);
    return { say: () => {}, end: (good) => host.err.write(verdict(good)) };
  }
  let latest = '';
  let frame = 0;
  const draw = (): void => {
    const frames = paint.unicode ? '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏' : '|/-\\';
    frame = (frame + 1) % frames.length;
    const line = `${frames[frame]} ${title} ${elapsed()}  ${latest}`;
    host.err.write(`\r\x1b[K${cut(line, host.err.columns - 1)}`);
  };
  const timer = setInterval(draw, kFrameMs);
  draw();
  return {
    say: (line) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: strips escape codes
      latest = line.replace(/\x1b\[[0-9;]*[A-Za-z]/g, '').trim();
    },
    end: (good) => {
      clearInterval(timer);
      host.err.write(`\r\x1b[K${verdict(good)}`);
    },
  };
}

function mark(paint: Paint, good: boolean): string {
  if (good) return paint.green(paint.unicode ? '✔' : 'ok');
  return paint.red(paint.unicode ? '✘' : 'failed');
}
