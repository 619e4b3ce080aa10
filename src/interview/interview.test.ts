import { expect, test } from 'vitest';
import { catalog, parse } from '../project.ts';
import type { Values } from '../spec/question.ts';
import { kCustomise } from './driver.ts';
import { interview } from './interview.ts';
import type { Reply } from './prompter.ts';
import { scripted } from './scripted.ts';

const kBack: Reply = { kind: 'back' };
const kEndings = [{ value: 'write', label: 'Create', tradeoff: '', refused: null }];

const kTaken = ['taken', 'my-server'];

async function talk(replies: readonly (Reply | string)[], given: Values = {}) {
  const prompter = scripted(replies);
  const decision = await interview({
    catalog,
    parse,
    prompter,
    given,
    settled: false,
    endings: kEndings,
    object: async (key, value) =>
      key === 'name' && kTaken.includes(String(value))
        ? { reason: 'it is taken', instead: 'free' }
        : null,
  });
  return { decision, pages: prompter.pages };
}

test('the recommended path ends in the answers of a preset', async () => {
  const { decision } = await talk(['srv', 'cpp', 'http', 'foreground', 'nginx-like', 'write']);
  expect(decision).toMatchObject({
    ending: 'write',
    answers: { name: 'srv', language: 'cpp', 'concurrency.model': 'sharded' },
  });
});

test('Esc goes back one question, which offers the answer before', async () => {
  const { decision, pages } = await talk([
    'srv',
    'cpp',
    kBack,
    'typescript',
    'http',
    'foreground',
    'default',
    'write',
  ]);
  expect(pages[3]).toMatchObject({ title: pages[1]?.title, field: { initial: 'cpp' } });
  expect(decision?.answers.language).toBe('typescript');
});

test('a typed answer stands in the field again after Esc', async () => {
  const { pages } = await talk(['srv', kBack]);
  expect(pages[2]?.field).toEqual({ kind: 'text', fallback: 'my-server', typed: 'srv' });
});

test('an answer that is turned down is asked again, with the reason', async () => {
  const { pages } = await talk(['My Server', 'taken', 'srv']);
  expect(pages[1]?.complaint).toContain('lower-case');
  expect(pages[2]?.complaint).toBe('it is taken');
  expect(pages[3]?.complaint).toBeNull();
});

test('what was typed stays to be mended, what was refused is not offered again (U2)', async () => {
  const { pages } = await talk(['My Server', 'taken', 'my-server', 'free']);
  const fields = pages.slice(1, 4).map(({ field }) => field);
  expect(fields).toEqual([
    { kind: 'text', fallback: 'my-server', typed: 'My Server' },
    { kind: 'text', fallback: 'free', typed: 'taken' },
    { kind: 'text', fallback: 'free', typed: '' },
  ]);
  expect(pages[1]?.complaint).toContain('such as my-server');
});

test('a cancelled wizard decides nothing', async () => {
  const { decision } = await talk(['srv', { kind: 'cancel' }]);
  expect(decision).toBeNull();
});

test('each page shows the five steps of what the cursor stands on', async () => {
  const { pages } = await talk(['srv', 'cpp', 'http', 'foreground']);
  const path = pages[4];
  const executor = (preset: string) => path?.flow(preset)?.find(({ step }) => step === 'accept');
  expect(executor('default')?.executor).not.toBe(executor('nginx-like')?.executor);
});

test('refused choices stay on the page, with their reason', async () => {
  const { pages } = await talk(['srv', 'cpp', 'http', 'foreground', kCustomise, 'epoll', 'edge']);
  const field = pages[7]?.field;
  const offers = field?.kind === 'choice' ? field.offers : [];
  expect(offers.find(({ value }) => value === 'proactor')?.refused).toContain('completions');
  expect(offers.find(({ value }) => value === 'reactor')?.refused).toBeNull();
});

test('the last page shows every answer, and who chose it', async () => {
  const { pages } = await talk(['srv', 'cpp', 'http', 'foreground', 'default']);
  const summary = pages[5]?.summary ?? [];
  // Left out: the request queue, which this architecture lacks, and the daemon's detailed options.
  const finer = catalog.questions.filter(({ key }) => /^daemon\.(?!style$)/.test(key));
  expect(summary).toHaveLength(catalog.questions.length - 1 - finer.length);
  expect(summary[1]).toMatchObject({ value: 'C++20', origin: 'user' });
  const model = summary.find(({ title }) => title === 'Concurrency model');
  expect(model?.origin).toBe('preset');
  expect(summary.map(({ origin }) => origin)).toContain('default');
});

test('the line of answers names what is chosen beyond the defaults', async () => {
  const given = {
    'workers.size': 3,
    'limits.per-ip': true,
    'limits.shedding': false,
    'log.access': 'off',
    'log.targets': ['stderr', 'file'],
  };
  const { pages } = await talk(['srv', 'cpp', 'http', 'foreground', 'classroom'], given);
  const briefs = pages[5]?.summary.map(({ brief }) => brief) ?? [];
  expect(briefs).toEqual(
    expect.arrayContaining(['srv', 'C++20', 'select(2)', 'Connection limit per address']),
  );
  expect(briefs).toContain('Number of workers: 3');
  expect(briefs).toContain('Log destinations: standard error, a file');
  expect(briefs.filter((brief) => brief !== null && /^(no|off|auto|none)$/.test(brief))).toEqual(
    [],
  );
});

test('what neither the user nor the preset says is a default', async () => {
  const given = { 'concurrency.model': 'sharded' };
  const { pages } = await talk(['srv', 'cpp', 'http', 'foreground', 'classroom'], given);
  const workers = pages[5]?.summary.find(({ title }) => title === 'Number of workers');
  expect(workers).toMatchObject({ value: 'auto', origin: 'default' });
});
