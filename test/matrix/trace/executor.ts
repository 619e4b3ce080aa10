/** What the words of the five-step table mean in a trace: main, worker, kernel… */

import type { Role } from '../../../generators/architecture/executors.ts';
import { runsInline } from '../../../generators/architecture/inline.ts';
import type { Architecture } from '../architectures.ts';
import type { Conversation } from './conversation.ts';
import type { Line } from './line.ts';

/** The name of a JavaScript thread behind a queue. */
export const kLogic = 'javascript';

export type Executor = (line: Line) => boolean;

/** Errors: the trace doesn't show which loop is the main one. */
export function executorOf(
  role: Role,
  architecture: Architecture,
  conversation: Conversation,
): Executor {
  const { values } = architecture;
  switch (role) {
    case 'kernel':
      return ({ by }) => by === 'kernel';
    case 'logic':
      return logicThread(conversation);
    case 'main':
      return leads(architecture)
        ? ({ by }) => by === 'leader'
        : mainThread(architecture, conversation);
    default:
      if (leads(architecture)) return ({ by }) => by !== 'kernel';
      if (values['workers.kind'] === 'process') return ({ pid }) => pid !== conversation.pid;
      return workerThread(architecture, conversation);
  }
}

export function leads({ values }: Architecture): boolean {
  return values['concurrency.model'] === 'leader-followers';
}

/**
 * The first thread of the process. If JavaScript runs on that one, the only thread that accepts.
 */
function mainThread({ values }: Architecture, { pid, all }: Conversation): Executor {
  // In a parent whose first thread runs JavaScript, another thread accepts, so any thread of it
  // counts.
  if (values['workers.kind'] === 'process') return (line) => line.pid === pid;
  if (runsInline(values)) return (line) => line.pid === pid && line.tid === pid;
  const accepting = new Set(all.filter(({ step }) => step === 'accept').map(({ tid }) => tid));
  return ({ tid }) => accepting.size === 1 && accepting.has(tid);
}

function workerThread(architecture: Architecture, conversation: Conversation): Executor {
  const { pid } = conversation;
  const hasMain = architecture.executors.names.main !== undefined;
  const isMain = mainThread(architecture, conversation);
  return (line) =>
    line.pid === pid && line.tid !== pid && line.by !== 'kernel' && !(hasMain && isMain(line));
}

/** A JavaScript thread that never reads or writes itself. */
function logicThread({ all }: Conversation): Executor {
  const io = new Set(
    all
      .filter(({ step }) => ['wait', 'accept', 'read', 'write'].includes(step))
      .map(({ tid }) => tid),
  );
  return ({ tid, by }) => by === kLogic && !io.has(tid);
}
