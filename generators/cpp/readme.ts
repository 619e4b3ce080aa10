/** A C++ project's README, and what must be installed to build it. */

import type { Contributed, Library } from '../../src/plan/contribution.ts';
import type { FileIntent } from '../../src/plan/generator.ts';
import { drainOf } from '../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../src/spec/spec.ts';
import { architectureView, kArchitectureKeys } from '../shared/architecture-view.ts';
import { variablesOf } from '../shared/settings/settings-file.ts';
import { settingRows } from '../shared/settings/settings-table.ts';
import { applicationOf } from './application.ts';
import { rendered } from './intent.ts';

interface Named {
  readonly name: string;
  readonly namespace: string;
}

export function readmeFile(spec: Spec, contributed: Contributed, named: Named): FileIntent {
  const { applications, libraries, places, sections, settings, summary } = contributed;
  const liburing = answerOf(spec, 'io.model') === 'io_uring';
  const view = {
    ...named,
    ...architectureView(spec),
    summary: summary.items,
    places: places.items,
    sections: sections.items,
    apt: aptPackages(liburing, libraries.items),
    liburing,
    variables: variablesOf(named.name),
    settings: settingRows(settings.items),
    drain: drainOf(settings.items).key,
  };
  const because = [
    ...kArchitectureKeys,
    ...[applications, libraries, places, sections, settings, summary].flatMap(
      (part) => part.because,
    ),
  ];
  return rendered('README.md', view, because, applicationOf(contributed).readme);
}

export function cppPart({ cpp }: Library): readonly NonNullable<Library['cpp']>[] {
  return cpp === null ? [] : [cpp];
}

function aptPackages(liburing: boolean, libraries: readonly Library[]): string {
  const own = ['g++', 'cmake', 'libcli11-dev', 'libspdlog-dev', 'libgtest-dev'];
  const further = libraries.flatMap(cppPart).map(({ debian }) => debian.build);
  return [...own, ...(liburing ? ['liburing-dev'] : []), ...further].join(' ');
}
