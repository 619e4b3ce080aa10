/** One daemon option: its settings, its steps, its sources. */

import type {
  Ability,
  AddonPart,
  Moment,
  NativeProgram,
  Step,
} from '../../src/plan/contribution.ts';
import type { Setting } from '../../src/plan/setting.ts';

export interface Part {
  /** The questions that turn this option on. */
  readonly keys: readonly string[];
  readonly settings: readonly Setting[];
  readonly steps: readonly Step[];
  readonly abilities?: readonly Ability[];
  readonly cpp: {
    /** The base name of its files below `src/daemon/`. */
    readonly name: string;
    /** Headers of the core, below `hpserver/`. */
    readonly core: readonly string[];
    /** What its templates use. */
    readonly view?: object;
    /** Further questions it depends on. */
    readonly keys?: readonly string[];
  };
  readonly typescript: {
    /** Its files below `src/daemon/`. */
    readonly modules: readonly Module[];
    readonly addon?: AddonPart;
    readonly program?: NativeProgram;
  };
}

export interface Module {
  readonly name: string;
  /** What its template uses; if absent, the module is the same in every project. */
  readonly view?: object;
  /** Further questions it depends on. */
  readonly keys?: readonly string[];
}

export const kModel = 'concurrency.model';
export const kWorkers = 'workers.kind';

export interface Call {
  readonly name: string;
  readonly moment: Moment;
  /** The C++ call; absent if C++ has no such step. */
  readonly cpp?: { readonly call: string; readonly keeps?: string; readonly why?: string };
  /** The TypeScript function. */
  readonly typescript?: string;
  readonly inWorkerProcesses?: string;
  readonly takesRunning?: true;
  readonly onChange?: string;
}

/** `part` and `module`: where the functions of each language are. */
export function steps(part: string, module: string, ...calls: readonly Call[]): readonly Step[] {
  return calls.map(({ name, moment, cpp, typescript, ...further }) => ({
    name,
    moment,
    cpp: cpp === undefined ? null : { header: `daemon/${part}.h`, ...cpp },
    typescript:
      typescript === undefined
        ? null
        : {
            module: `daemon/${module}`,
            function: typescript,
            ...further,
          },
  }));
}

export function addonPart(name: string): AddonPart {
  return { header: `daemon/${name}_calls.h`, define: `add_${name}_calls` };
}
