/** An architecture's flow, verified from what its traced server prints. */

import type { Role, Step } from '../../../generators/architecture/executors.ts';
import type { Target } from '../../blackbox/server.ts';
import type { Architecture } from '../architectures.ts';
import { type Conversation, converse, type Segment } from './conversation.ts';
import { executorOf, kLogic, leads } from './executor.ts';
import { type Line, show } from './line.ts';

export interface Flow {
  readonly failures: readonly string[];
  readonly lines: number;
  readonly output: string;
}

export async function checkFlow(target: Target, architecture: Architecture): Promise<Flow> {
  try {
    const conversation = await converse(target);
    const failures = faultsOf(conversation, architecture).map((fault) => `flow: ${fault}`);
    return { failures, lines: conversation.all.length, output: conversation.output };
  } catch (error) {
    return { failures: [`flow: ${error}`], lines: 0, output: '' };
  }
}

/** A sentence for each departure from the five-step table. */
export function faultsOf(told: Conversation, architecture: Architecture): readonly string[] {
  if (told.all.length === 0) return ['the traced server prints no trace'];
  const queues = architecture.executors.roles.process === 'logic';
  const conversation = queues ? withoutParsing(told) : told;
  const { values } = architecture;
  const reactive = values['concurrency.model'] === 'half-sync-half-reactive';
  return [
    ...Object.entries(architecture.executors.roles).flatMap(([step, role]) =>
      wrongExecutors(step as Step, role, conversation, architecture),
    ),
    ...conversation.segments.flatMap((segment) => disorder(segment)),
    ...(handsOver(architecture)
      ? missing(
          'hand-over',
          conversation.segments.filter(({ opens }) => opens),
        )
      : []),
    ...(reactive && !architecture.blocks ? unqueued(conversation, architecture) : []),
    ...(leads(architecture)
      ? [...twoLeaders(conversation.all), ...lateLeaders(conversation, architecture)]
      : []),
    ...(ownsConnections(architecture) ? strangers(conversation) : []),
  ];
}

/**
 * If handlers run behind JavaScript's queue, the connection's own thread still parses requests:
 * these lines are left out.
 */
function withoutParsing(conversation: Conversation): Conversation {
  const isLogic = ({ step, by }: Line): boolean => step !== 'process' || by === kLogic;
  return {
    ...conversation,
    all: conversation.all.filter(isLogic),
    segments: conversation.segments.map((segment) => {
      return segment.handled ? { ...segment, lines: segment.lines.filter(isLogic) } : segment;
    }),
  };
}

/**
 * Only the step's executor may take it. Waiting is an exception: the loops of other executors wait,
 * too, for other things.
 */
function wrongExecutors(
  step: Step,
  role: Role,
  conversation: Conversation,
  architecture: Architecture,
): readonly string[] {
  const name = architecture.executors.names[role];
  const lines = conversation.all.filter((line) => line.step === step);
  // A blocking thread waits within accept(2) and recv(2), which isn't a separate step, and most
  // architectures need not re-arm.
  if (lines.length === 0) {
    return step === 're-arm' || (step === 'wait' && architecture.blocks)
      ? []
      : [`nobody does ${step}`];
  }
  const isExecutor = executorOf(role, architecture, conversation);
  const wrong = lines.map((line) => withoutKernel(line, step)).filter((line) => !isExecutor(line));
  if (step === 'wait') return wrong.length < lines.length ? [] : [`${name} never waits`];
  return wrong.slice(0, 1).map((line) => `${step} is ${name}'s, not: ${show(line)}`);
}

/**
 * If the kernel completes an accept, it counts as the loop's: in the table, the kernel only reads
 * and writes.
 */
function withoutKernel(line: Line, step: Step): Line {
  return step === 'accept' && line.by === 'kernel' ? { ...line, by: 'loop' } : line;
}

const kOrder = ['accept', 'read', 'process', 'write'] as const;

/** Each step must begin before the next one does. */
function disorder({ name, opens, lines }: Segment): readonly string[] {
  const steps = opens ? kOrder : kOrder.slice(1);
  const places = steps.map((step) => lines.findIndex((line) => line.step === step));
  const absent = steps.filter((_, index) => places[index] === -1);
  if (absent.length > 0) return [`${name}: no ${absent.join(', no ')}`];
  const sorted = [...places].sort((a, b) => a - b);
  return sorted.join() === places.join() ? [] : [`${name}: its steps are ${stepsOf(lines)}`];
}

function stepsOf(lines: readonly Line[]): string {
  return lines.map(({ step }) => step).join(', ');
}

function missing(step: string, segments: readonly Segment[]): readonly string[] {
  return segments
    .filter(({ lines }) => !lines.some((line) => line.step === step))
    .map(({ name, lines }) => `${name}: no ${step} among ${stepsOf(lines)}`);
}

function handsOver({ values }: Architecture): boolean {
  return values['concurrency.model'] === 'half-sync-half-async';
}

/** In half-sync/half-reactive, a request is queued before the first step that a worker takes. */
function unqueued({ segments }: Conversation, { executors }: Architecture): readonly string[] {
  const first = executors.roles.read === 'worker' ? 'read' : 'process';
  return [
    ...missing('queue', segments),
    ...segments
      .filter(({ lines }) => {
        const queued = lines.findIndex(({ step }) => step === 'queue');
        return queued > lines.findIndex(({ step }) => step === first);
      })
      .map(({ name, lines }) => `${name}: ${first} before queue: ${stepsOf(lines)}`),
  ];
}

/** After a leader has waited, it must promote another thread before any other thread waits. */
function twoLeaders(all: readonly Line[]): readonly string[] {
  let leader: Line | null = null;
  for (const line of all) {
    if (line.step === 'promote') leader = null;
    if (line.step !== 'wait' || line.by !== 'leader') continue;
    if (leader !== null && leader.tid !== line.tid) {
      return [`two leaders: ${show(leader)}, then ${show(line)}`];
    }
    leader = line;
  }
  return [];
}

/** A leader promotes before it works for the client, and re-arms last of all. */
function lateLeaders({ segments }: Conversation, { blocks }: Architecture): readonly string[] {
  return segments.flatMap(({ name, opens, lines }) => {
    const worked = lines.findIndex(({ step }) => step === 'process');
    const promoted = lines.findIndex(({ step }) => step === 'promote');
    const late = promoted === -1 || promoted > worked;
    // When a client sends its second request, its blocking thread has already given up the lead.
    const faults =
      late && (opens || !blocks) ? [`${name}: no promotion before: ${stepsOf(lines)}`] : [];
    const rearmed = lines.findLastIndex(({ step }) => step === 're-arm');
    const wrote = lines.findLastIndex(({ step }) => step === 'write');
    if (rearmed !== -1 && rearmed < wrote) {
      return [...faults, `${name}: re-armed before the end: ${stepsOf(lines)}`];
    }
    return faults;
  });
}

/** Whether one loop, or one thread, has the connection as long as it lives. */
function ownsConnections({ values, executors }: Architecture): boolean {
  const shared = ['half-sync-half-reactive', 'leader-followers'];
  const blocking = values['io.model'] === 'blocking';
  const inline = executors.roles.process !== 'logic';
  return inline && (blocking || !shared.includes(String(values['concurrency.model'])));
}

function strangers({ segments }: Conversation): readonly string[] {
  return [0, 1].flatMap((connection) => {
    const lines = segments
      .filter((segment) => segment.connection === connection)
      .flatMap((segment) => segment.lines)
      .filter(({ step }) => ['read', 'process', 'write'].includes(step));
    const threads = new Set(lines.map(({ tid }) => tid));
    return threads.size > 1 ? [`client ${connection} is served by threads ${[...threads]}`] : [];
  });
}
