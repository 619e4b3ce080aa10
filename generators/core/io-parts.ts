/**
 * What creates a loop's I/O unit: one row per I/O model, and its variant for each event pattern.
 */

import { answerOf, type Spec } from '../../src/spec/spec.ts';

/** A core function that creates an I/O unit. */
export interface IoParts {
  readonly maker: string;
  /** The template arguments of `maker`; empty if it is a plain function. */
  readonly of: readonly string[];
  /** The headers that declare the function and its arguments, below `hpserver/`. */
  readonly headers: readonly string[];
}

interface Part {
  readonly type: string;
  readonly header: string;
}

interface IoModel {
  /** Reports readiness: for a Reactor, and for a simulated Proactor. */
  readonly poller?: Part & { readonly trigger?: 'edge' | 'level' };
  /** Reports completions: for a Proactor. */
  readonly port?: Part;
}

/** A poller without a trigger of its own uses the trigger that the user chose. */
const kIoModels: Readonly<Record<string, IoModel>> = {
  blocking: {},
  select: { poller: { type: 'SelectPoller', header: 'poller/select_poller.h', trigger: 'level' } },
  poll: { poller: { type: 'PollPoller', header: 'poller/poll_poller.h', trigger: 'level' } },
  epoll: { poller: { type: 'EpollPoller', header: 'poller/epoll_poller.h' } },
  sigio: { poller: { type: 'SigioPoller', header: 'poller/sigio_poller.h', trigger: 'edge' } },
  aio: { port: { type: 'AioPort', header: 'completion/aio_port.h' } },
  io_uring: {
    poller: { type: 'UringPoller', header: 'poller/uring_poller.h', trigger: 'edge' },
    port: { type: 'UringPort', header: 'completion/uring_port.h' },
  },
};

const kMakers: Readonly<Record<string, (model: IoModel, spec: Spec) => IoParts>> = {
  direct: () => ({ maker: 'make_blocking', of: [], headers: ['transport/blocking_io.h'] }),
  reactor,
  'simulated-proactor': reactor,
  proactor: ({ port }) => {
    const { type, header } = present(port);
    return { maker: 'make_proactor', of: [type], headers: [header, 'transport/make_proactor.h'] };
  },
};

function reactor({ poller }: IoModel, spec: Spec): IoParts {
  const { type, header, trigger } = present(poller);
  const of = [type, `Trigger::${trigger ?? answerOf(spec, 'io.trigger')}`];
  return { maker: 'make_reactor', of, headers: [header, 'transport/make_reactor.h'] };
}

/** The answers that `ioParts` reads, for `because`. */
export const kIoKeys: readonly string[] = ['event.pattern', 'io.model', 'io.trigger'];

export function ioParts(spec: Spec): IoParts {
  const model = present(kIoModels[String(answerOf(spec, 'io.model'))]);
  return present(kMakers[String(answerOf(spec, 'event.pattern'))])(model, spec);
}

/** As written in code: `hpserver::make_reactor<hpserver::EpollPoller, …>` with that scope. */
export function spellMaker({ maker, of }: IoParts, scope: 'hpserver::' | ''): string {
  const named = of.map((argument) => scope + argument).join(', ');
  return scope + (of.length === 0 ? maker : `${maker}<${named}>`);
}

/** Throws for a combination without a part: the rules refuse those, so it is a bug. */
function present<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('the core has no part for a spec that came by the rules');
  return part;
}
