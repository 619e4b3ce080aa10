/** Settings that change while the server runs. */

import type { Part as Contributed } from '../../src/plan/contribution.ts';
import type { Setting } from '../../src/plan/setting.ts';
import type { Values } from '../../src/spec/question.ts';
import { addonPart, kWorkers, type Part, steps } from './part.ts';
import { chroot, pidFile, reload } from './questions.ts';

/** All the program's settings: its files show which of them may change. */
export type AllSettings = Contributed<Setting>;

export function reloadPart(values: Values, { items, because }: AllSettings): Part {
  const view = {
    reloaded: items.filter(({ reloads }) => reloads).map(({ key }) => key),
    forks: values[kWorkers] === 'process',
    hasPidFile: values[pidFile.key] === true,
    hasRoot: values[chroot.key] === true,
  };
  const keys = [...because, chroot.key, kWorkers, pidFile.key];
  return {
    keys: [reload.key],
    settings: [],
    abilities: ['tells-reload'],
    steps: steps(
      'reload',
      'reload',
      {
        name: 'prepare the reload',
        moment: 'configured',
        cpp: { call: 'prepare_reload(argc, argv)', keeps: 'reload' },
        typescript: 'prepareReload',
      },
      {
        name: 'hear the reload',
        moment: 'listening',
        cpp: { call: 'hear_reload(*reload, logs, signals)' },
      },
      {
        name: 'heed the reload',
        moment: 'serving',
        typescript: 'hearReload',
        takesRunning: true,
        onChange: 'heedChanges',
      },
    ),
    cpp: {
      name: 'reload',
      core: [
        'base/result.h',
        'base/whole_number.h',
        'connection/connection_deadlines.h',
        'daemon/reload_report.h',
        'event/signal_hub.h',
        'os/shared_value.h',
        'protocol/http/http_limits.h',
      ],
      view,
      keys,
    },
    typescript: {
      modules: [{ name: 'reload-request' }, { name: 'reload', view, keys }],
      addon: addonPart('reload'),
    },
  };
}
