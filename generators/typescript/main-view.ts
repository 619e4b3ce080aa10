/** The contents of `src/main.ts` and `src/worker.ts`: what starts, what is called, and when. */

import type { Moment, Step, TypescriptStep } from '../../src/plan/contribution.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import type { KnownService } from '../shared/services.ts';
import { byMoment } from '../shared/steps.ts';
import { compositionOf } from './composition.ts';
import { type Import, importOf, importsOf, inOrder } from './imports.ts';

type Services = readonly KnownService<'typescript'>[];

export function mainView(spec: Spec, services: Services, steps: readonly Step[]): object {
  const { start, module, workerModule, story } = compositionOf(spec);
  const hasWorkers = workerModule !== null;
  const protocols = services.length > 0;
  const imports: readonly Import[] = [
    importOf(['configure'], './config.ts'),
    importOf(['openLog'], './log.ts'),
    ...(hasWorkers ? [] : ownImports(protocols)),
    ...stepImports(steps.filter(({ moment }) => moment !== 'read')),
    importOf([start], `./server/${module}.ts`),
    importOf(['obeySignals'], './server/ending.ts'),
    { names: 'type { Server }', from: './server/server.ts' },
    ...(protocols ? [framesImport(hasWorkers)] : []),
  ];
  const calls = { ...callsOf(steps), serving: byMoment(steps, servingCall).serving };
  return {
    ...{ start, story, hasWorkers, services },
    imports: inOrder(imports),
    steps: calls,
    servesLater: [...calls.announced, ...calls.serving].length > 0,
  };
}

export function workerView(spec: Spec, services: Services, steps: readonly Step[]): object {
  const { workerModule } = compositionOf(spec);
  const protocols = services.length > 0;
  const calls = answerOf(spec, 'workers.kind') === 'process' ? inWorkerProcesses(steps) : [];
  const changes = known(steps).flatMap(({ module, onChange: name }) => {
    return name === undefined ? [] : [{ module, name }];
  });
  const imports: readonly Import[] = [
    { names: 'type { Config }', from: './config.ts' },
    importOf(['openLog'], './log.ts'),
    ...ownImports(protocols),
    ...importsOf([...calls, ...changes]),
    ...(protocols ? [importOf(['serveFrames'], './server/frames.ts')] : []),
    importOf(['serveAsWorker', 'workerConfig'], `./server/${workerModule}.ts`),
  ];
  return {
    services,
    imports: inOrder(imports),
    calls: calls.map(({ name }) => name),
    // One, or several in order.
    onChange: changes.length === 1 ? changes[0]?.name : null,
    onChanges: changes.length > 1 ? changes.map(({ name }) => name) : [],
  };
}

/** What is called at each moment. */
export function callsOf(steps: readonly Step[]): Readonly<Record<Moment, readonly string[]>> {
  return byMoment(steps, ({ typescript }) => typescript?.function ?? null);
}

/** The call that main awaits once the server is running. */
function servingCall({ typescript }: Step): string | null {
  if (typescript === null) return null;
  const { function: name, takesRunning } = typescript;
  return takesRunning ? `${name}(config, { server, log })` : `${name}(config)`;
}

export function stepImports(steps: readonly Step[]): readonly Import[] {
  return importsOf(known(steps).map((step) => ({ name: step.function, module: step.module })));
}

function inWorkerProcesses(steps: readonly Step[]) {
  return known(steps).flatMap(({ module, inWorkerProcesses: name }) => {
    return name === undefined ? [] : [{ module, name }];
  });
}

function known(steps: readonly Step[]): readonly TypescriptStep[] {
  return steps.map(({ typescript }) => typescript).filter((step) => step !== null);
}

/** The imports of the user's routes and frame handlers, in the file that serves them. */
function ownImports(protocols: boolean): readonly Import[] {
  const routes = importOf(['routes'], './routes.ts');
  return protocols ? [importOf(['handlers'], './protocols.ts'), routes] : [routes];
}

/** The functions main needs for protocols. If there are workers, they serve the frames. */
function framesImport(hasWorkers: boolean): Import {
  const own = hasWorkers ? [] : ['serveFrames'];
  return importOf(['listeners', ...own, 'withProtocols'], './server/frames.ts');
}
