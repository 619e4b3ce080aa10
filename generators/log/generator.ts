/** The server's own log, and its access log: where their lines go. */

import type { Issue } from '../../src/error.ts';
import type { Ability, Step } from '../../src/plan/contribution.ts';
import type { Generator } from '../../src/plan/generator.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { kLogKeys, logChoiceOf } from './choice.ts';
import { cppCore, cppFiles, cppSources } from './cpp-files.ts';
import { access, targets } from './questions.ts';
import { logSection } from './section.ts';
import { logSettings } from './settings.ts';
import { addonParts, typescriptFiles } from './typescript-files.ts';

export const log: Generator = {
  id: 'log',
  questions: [targets, access],
  rules: [],
  objections,
  contributions: (spec) => {
    const choice = logChoiceOf(spec);
    const isCpp = answerOf(spec, 'language') === 'cpp';
    const because = ['language', ...kLogKeys];
    return {
      settings: {
        items: logSettings(choice, hasThread(spec)),
        because: [...because, 'workers.kind'],
      },
      sources: { items: isCpp ? cppSources(choice) : [], because },
      abilities: { items: choice.targets.includes('file') && isCpp ? kReopens : [], because },
      steps: { items: choice.targets.includes('file') ? [reopening] : [], because },
      sections: { items: choice.isPlain ? [] : [logSection(choice)], because },
      addon: { items: isCpp ? [] : addonParts(choice), because },
      core: { items: isCpp ? cppCore(choice) : [], because },
    };
  },
  files: (spec, _, { levelChanges }) => {
    const filesOf = answerOf(spec, 'language') === 'cpp' ? cppFiles : typescriptFiles;
    return filesOf(spec, levelChanges);
  },
};

const kReopens: readonly Ability[] = ['reopens-on-usr1'];

/** Every project handles SIGHUP; programs that rotate files may send SIGUSR1 instead. */
const reopening: Step = {
  name: 'reopening logs',
  moment: 'listening',
  cpp: { header: 'log.h', call: 'logs.reopen_on_usr1(signals)' },
  typescript: null,
};

function objections(spec: Spec): readonly Issue[] {
  if (logChoiceOf(spec).targets.length > 0) return [];
  return [
    {
      at: 'log.targets',
      message: 'without a log, a server cannot tell you why it fails',
      fix: 'Choose one of stderr, file, syslog, udp and journald: --log-targets stderr.',
    },
  ];
}

/** Only C++ forks, and a program must not have threads before it forks. */
function hasThread(spec: Spec): boolean {
  return answerOf(spec, 'language') !== 'cpp' || answerOf(spec, 'workers.kind') === 'thread';
}
