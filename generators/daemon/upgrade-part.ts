/**
 * Upgrades without a lost request: how the old process hands over, and how the new one takes over.
 */

import type { Step } from '../../src/plan/contribution.ts';
import { addonPart, type Part, steps } from './part.ts';
import { notify, pidFile, upgrade } from './questions.ts';
import { handover } from './settings.ts';

/** What a successor does first, and the files of both sides. */
export function upgradePart(hasPidFile: boolean, hasSupervisor: boolean): Part {
  const view = { hasPidFile, hasSupervisor, belongs: hasPidFile || hasSupervisor };
  const keys = [notify.key, pidFile.key];
  return {
    keys: [upgrade.key],
    settings: [handover],
    abilities: ['hands-over-on-usr2'],
    steps: [...kPredecessorSteps, ...handoverSteps(hasPidFile, hasSupervisor)],
    cpp: {
      name: 'upgrade',
      core: ['base/result.h', 'daemon/predecessor.h', 'daemon/upgrade.h', 'event/signal_hub.h'],
      view,
      keys,
    },
    typescript: {
      modules: [{ name: 'predecessor' }, { name: 'upgrade', view, keys }],
      addon: addonPart('upgrade'),
    },
  };
}

const kPredecessorSteps: readonly Step[] = steps(
  'upgrade',
  'predecessor',
  {
    name: 'find the predecessor',
    moment: 'configured',
    cpp: { call: 'hpserver::Predecessor::take()', keeps: 'predecessor' },
    typescript: 'takePredecessor',
  },
  {
    name: 'note the program',
    moment: 'configured',
    cpp: { call: 'hpserver::program_again(argc, argv)', keeps: 'program' },
  },
);

/** The signals of an upgrade, once everything to be handed over exists. */
function handoverSteps(hasPidFile: boolean, hasSupervisor: boolean): readonly Step[] {
  const held = [...(hasPidFile ? ['*pid_file'] : []), ...(hasSupervisor ? ['*supervisor'] : [])];
  const given = [
    '*program',
    'config',
    ...(held.length === 0 ? [] : [`{${held.join(', ')}}`]),
    'signals',
  ];
  return steps(
    'upgrade',
    'upgrade',
    {
      name: 'hear the upgrade',
      moment: 'listening',
      cpp: { call: `hear_upgrade(${given.join(', ')})`, keeps: 'upgrade' },
    },
    {
      name: 'tell the predecessor',
      moment: 'serving',
      cpp: { call: 'tell_predecessor(*predecessor)' },
      typescript: 'hearUpgrade',
      takesRunning: true,
    },
  );
}
