/** A listener for administrators and their tools, and what it shows. */

import type { Contributions, Step } from '../../../src/plan/contribution.ts';
import type { FileIntent, FlowStep, Generator } from '../../../src/plan/generator.ts';
import type { Setting } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { namespaceOf } from '../../cpp/namespace.ts';
import { architectureView, kArchitectureKeys } from '../../shared/architecture-view.ts';
import { adminListen } from './question.ts';
import { adminSection } from './section.ts';
import { adminSettings } from './settings.ts';

export const admin: Generator = {
  id: 'admin',
  questions: [adminListen],
  rules: [],
  features: [
    {
      kind: 'admin',
      title: 'a listener for administrators',
      help: 'It answers health checks, metrics for Prometheus and a status page.',
      question: adminListen.key,
      off: 'off',
      usual: 'unix',
    },
  ],
  contributions: (spec) => contributionsOf(spec),
  files: (spec, _, { settings }) => (isOn(spec) ? filesOf(spec, settings.items) : []),
};

const kKeys: readonly string[] = [adminListen.key, 'language'];

function isOn(spec: Spec): boolean {
  return answerOf(spec, adminListen.key) !== 'off';
}

/** Whether each worker process has a log of its own. */
function forks(spec: Spec): boolean {
  return spec.values['workers.kind'] === 'process';
}

function isCpp(spec: Spec): boolean {
  return answerOf(spec, 'language') === 'cpp';
}

function contributionsOf(spec: Spec): Contributions {
  const of = <Item>(...items: readonly Item[]) => ({
    items: isOn(spec) ? items : [],
    because: [adminListen.key],
  });
  const inCpp = <Item>(...items: readonly Item[]) => {
    const part = of(...items);
    return { items: isCpp(spec) ? part.items : [], because: kKeys };
  };
  const listen = String(answerOf(spec, adminListen.key));
  const name = String(answerOf(spec, 'name'));
  const settings = of(...adminSettings(listen, name));
  return {
    settings: { ...settings, because: [...settings.because, 'name'] },
    serverOptions: {
      ...of({
        name: 'metrics',
        cpp: { header: 'hpserver/metrics/metrics.h', lines: metricsLines(spec) },
        typescript: { header: 'admin/metrics_option.h', define: 'add_metrics' },
      }),
      because: [adminListen.key, 'concurrency.model'],
    },
    sources: inCpp({ path: 'src/admin.cc', part: 'program', isVersioned: true }),
    core: {
      ...inCpp(
        ...['base/result.h', 'concurrency/server.h', 'concurrency/server_options.h'],
        ...['concurrency/side_server.h', 'protocol/admin/admin_service.h', 'socket/listen.h'],
        ...(forks(spec) ? ['event/signal_hub.h', 'os/shared_value.h'] : []),
      ),
      because: [...kKeys, 'workers.kind'],
    },
    runtime: { items: isOn(spec) && !isCpp(spec) ? ['native-admin.ts'] : [], because: kKeys },
    levelChanges: of('admin'),
    steps: { items: isOn(spec) ? stepsOf(spec) : [], because: [adminListen.key, 'workers.kind'] },
    places: of({
      path: isCpp(spec) ? 'src/admin.cc' : 'src/admin.ts',
      what: 'the admin listener: health, metrics, status',
    }),
    sections: { ...of(adminSection(listen, name)), because: [adminListen.key, 'name'] },
  };
}

function stepsOf(spec: Spec): readonly Step[] {
  return [
    {
      name: 'admin drain',
      moment: 'configured',
      cpp: null,
      typescript: { module: 'admin', function: 'announceEnd' },
    },
    {
      name: 'admin',
      moment: 'listening',
      cpp: {
        header: 'admin.h',
        call: forks(spec)
          ? 'start_admin(config, *options, **server, logs, signals)'
          : 'start_admin(config, *options, **server, logs)',
        keeps: 'admin',
      },
      typescript: { module: 'admin', function: 'startAdmin' },
    },
    {
      name: 'log level',
      moment: 'serving',
      cpp: null,
      typescript: {
        module: 'admin',
        function: 'hearLevel',
        takesRunning: true,
        onChange: 'heedLevel',
      },
    },
  ];
}

/**
 * If connections move between threads, or each has its own executor, several threads write at once.
 */
function metricsLines(spec: Spec): readonly string[] {
  const model = String(answerOf(spec, 'concurrency.model'));
  const isShared = ['half-sync-half-reactive', 'leader-followers', 'per-connection'];
  const executors =
    model === 'per-connection' ? '16' : 'std::max(options.workers, options.max_workers) + 1';
  const writers = isShared.includes(model) ? 'many' : 'one';
  return [
    `const std::size_t executors = ${executors};`,
    `auto metrics = hpserver::Metrics::create({executors, hpserver::Writers::${writers}});`,
    'if (!metrics) return metrics.error();',
    'options.meters = std::move(*metrics);',
    'hpserver::count_lost_lines(options.meters);',
    'options.drain_delay = std::chrono::milliseconds{config.drain_delay_ms};',
  ];
}

/** What the log level may be changed to: the values of its setting. */
function logLevels(settings: readonly Setting[]): readonly string[] {
  const takes = settings.find(({ key }) => key === 'log-level')?.takes;
  return takes?.kind === 'choice' ? takes.values : [];
}

function filesOf(spec: Spec, settings: readonly Setting[]): readonly FileIntent[] {
  const { steps, reasons } = architectureView(spec);
  const choices = reasons.map(({ choice }) => choice);
  const levels = logLevels(settings);
  const view = {
    name: answerOf(spec, 'name'),
    namespace: namespaceOf(String(answerOf(spec, 'name'))),
    forks: forks(spec),
    levels: isCpp(spec) ? `{"${levels.join('", "')}"}` : `['${levels.join("', '")}']`,
    architecture: isCpp(spec) ? parted(choices) : declared(choices.join(', ')),
    steps: steps.filter(({ step }) => step !== 're-arm').map(shortened),
  };
  const because = [...new Set(['name', adminListen.key, ...kArchitectureKeys])].sort();
  const paths = isCpp(spec) ? ['src/admin.cc', 'src/admin.h'] : ['src/admin.ts'];
  return paths.map((path) => ({
    id: `admin/${path}`,
    path,
    source: { kind: 'template', template: `admin/${path}.hbs`, view },
    mode: 0o644,
    owner: 'merged',
    because,
  }));
}

/** A list of literals, in C++. */
function parted(choices: readonly string[]): readonly string[] {
  return choices.map((choice, index) => (index === 0 ? choice : `, ${choice}`));
}

/** A constant in Biome's format. */
function declared(text: string): readonly string[] {
  const line = `const architecture = '${text}';`;
  return line.length <= 100 ? [line] : ['const architecture =', `  '${text}';`];
}

/** A call's name, without its circumstances. */
function shortened({ step, executor, call }: FlowStep): object {
  const [name = call] = call.split(/,| until /);
  const quote = executor.includes("'") ? '"' : "'";
  return { step, executor, call: name, literal: quote + executor + quote };
}
