/** What CMake builds besides `main.cc`: the project's own sources, and contributed ones. */

import type { CompiledSource } from '../../src/plan/contribution.ts';

export interface SourceLists {
  /** Sorted paths of the library that the program and its tests share. */
  readonly sources: readonly string[];
  /** Sources whose warnings are ignored. */
  readonly generated: readonly string[];
  readonly tests: readonly string[];
  /** Sources compiled with the program's version, separated by spaces. */
  readonly versioned: string;
}

const kSources = ['src/config.cc', 'src/setting_kinds.cc', 'src/settings.cc'];

const kTests = ['test/program.cc'];

export function sourceLists(contributed: readonly CompiledSource[]): SourceLists {
  const of = (wanted: CompiledSource['part']) =>
    contributed.filter(({ part }) => part === wanted).map(({ path }) => path);
  const versioned = contributed.filter(({ isVersioned }) => isVersioned).map(({ path }) => path);
  return {
    sources: [...kSources, ...of('program'), ...of('generated')].sort(),
    generated: of('generated'),
    tests: [...kTests, ...of('tests')].sort(),
    versioned: ['src/config.cc', ...versioned].join(' '),
  };
}
