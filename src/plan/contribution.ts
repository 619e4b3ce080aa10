/**
 * What a feature contributes to others' files, as values. The language generators render the values
 * without knowing which feature they come from.
 */

import type { Application } from './application.ts';
import type { Setting } from './setting.ts';

/**
 * All contributions of one kind, and the reasons for them: keys of questions, and `add KIND` for
 * additions.
 */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly because: readonly string[];
}

/** The contributions of all generators. Each kind is in the order in which files show it. */
export interface Contributed {
  /** Exactly one. */
  readonly applications: Part<Application>;
  readonly settings: Part<Setting>;
  readonly services: Part<Service>;
  readonly sources: Part<CompiledSource>;
  /** Core headers that a feature's own sources include, below `hpserver/`. */
  readonly core: Part<string>;
  /**
   * The modules of the TypeScript runtime that these sources import, below `src/server/`:
   * `native-admin.ts`.
   */
  readonly runtime: Part<string>;
  readonly serverOptions: Part<ServerOption>;
  /** Parts of the addon that a feature's own modules call. */
  readonly addon: Part<AddonPart>;
  readonly programs: Part<NativeProgram>;
  /** Likewise, for the HTTP service of each executor: there, `options` are those of one service. */
  readonly httpOptions: Part<ServerOption>;
  /** What changes the log level while the server runs: by `Logs::set_level`, `log.setLevel`. */
  readonly levelChanges: Part<string>;
  /** What rereads the settings while the server runs: by `reread_config`, `rereadConfig`. */
  readonly rereads: Part<string>;
  readonly orders: Part<Order>;
  readonly routes: Part<FeatureRoute>;
  readonly ports: Part<Port>;
  readonly probes: Part<Probe>;
  readonly libraries: Part<Library>;
  readonly steps: Part<Step>;
  readonly abilities: Part<Ability>;
  readonly cmake: Part<BuildFile>;
  /** Sentences of the README's first paragraph: what the server answers. */
  readonly summary: Part<string>;
  readonly sections: Part<Section>;
  readonly places: Part<ProjectPlace>;
  readonly ignored: Part<IgnoredPath>;
}

export type Contributions = Partial<Contributed>;

/** A service at its own addresses, besides HTTP; null in a language that doesn't have it. */
export interface Service {
  /** As the program announces it, and tests look for it: `chat`. */
  readonly name: string;
  /** The key of the setting for its listening addresses: `listen-chat`. */
  readonly listens: string;
  readonly cpp: {
    /** The header that declares it, below `src/`. */
    readonly header: string;
    /** An expression that makes one, a `std::unique_ptr`. */
    readonly make: string;
  } | null;
  readonly typescript: {
    /** Below `src/`: `protocols/chat`. */
    readonly module: string;
    /** A `FrameHandler` that the module exports. */
    readonly handler: string;
    readonly codec: FrameCodec;
  } | null;
}

/** How a service's bytes become frames and back, in C++; names are the project's. */
export interface FrameCodec {
  /** Below `native/`. */
  readonly header: string;
  /** A class with `feed`, `frame` and `idle`. */
  readonly frames: string;
  /** A function of a channel and a frame. */
  readonly write: string;
}

/** Options of the server that a feature sets before the server is created. */
export interface ServerOption {
  readonly name: string;
  readonly cpp: {
    /**
     * The header as written between the quotes: `hpserver/…` from the core, or a path below `src/`.
     */
    readonly header: string;
    /** The lines of a statement that can use `config` and `options`. */
    readonly lines: readonly string[];
  };
  /** Null if another option includes this part, or the language doesn't have it. */
  readonly typescript: AddonPart | null;
}

/** A part of the addon: its header below `addon/`, and the code that exports it. */
export interface AddonPart {
  readonly header: string;
  readonly define: string;
}

/** A separate program that a TypeScript project builds beside its addon, on the same core. */
export interface NativeProgram {
  readonly name: string;
  /** Its source, below both `native/` and `native-core/binding/`. */
  readonly source: string;
}

/**
 * A flag that makes the program do something other than serve. By then each setting has been
 * checked by itself, but not the files and addresses that settings refer to.
 */
export interface Order {
  /** The flag without its two dashes. Its value is optional. */
  readonly flag: string;
  /** The help's name for the value. */
  readonly shape: string;
  readonly help: string;
  /**
   * Functions of the configuration and the value, which is empty if none was given. They return a
   * `Reply`.
   */
  readonly cpp: { readonly header: string; readonly function: string };
  readonly typescript: { readonly module: string; readonly function: string };
}

/** A path that a feature answers, whatever the user's routes are. */
export interface FeatureRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** What answers, in words: `the upstream server`. */
  readonly by: string;
  readonly cpp: {
    /** The header that declares what `make` uses, below `src/`. */
    readonly header: string;
    /** An expression that makes a handler, a `std::unique_ptr`; it can use `config`. */
    readonly make: string;
  };
}

/** What a C++ project compiles besides its own sources. */
export interface CompiledSource {
  /** Below the project. */
  readonly path: string;
  /** `generated`: written by a grammar compiler, so our warnings are off for it. */
  readonly part: 'program' | 'generated' | 'tests';
  /** Whether it is compiled with the program's version, as `PROGRAM_VERSION`. */
  readonly isVersioned?: true;
}

/** A row of the README's table that shows where things are. */
export interface ProjectPlace {
  readonly path: string;
  readonly what: string;
}

/** What git ignores. */
export interface IgnoredPath {
  readonly path: string;
  readonly reason: string;
}

/** Where the program listens, for its deployment. */
export interface Port {
  /** `http`, `chat`. */
  readonly name: string;
  /** The setting for its address: `listen`. */
  readonly key: string;
  /** The default. */
  readonly number: number;
}

/** How to check the program's health: a GET that is answered with 200. */
export interface Probe {
  /** The name of the port. */
  readonly port: string;
  readonly path: string;
}

/** A library that a feature's sources need, beyond those that every project has. */
export interface Library {
  readonly name: string;
  /** Null for a feature without C++. */
  readonly cpp: {
    /** The CMake line that finds it: `find_package(ZLIB REQUIRED)`. */
    readonly find: string;
    /** The target to link: `ZLIB::ZLIB`. */
    readonly target: string;
    /** Debian's packages: the one to build with, and the one to run with if that differs. */
    readonly debian: { readonly build: string; readonly run: string | null };
  } | null;
  /** A dependency of package.json at an exact version; null for a feature without TypeScript. */
  readonly npm: { readonly package: string; readonly version: string } | null;
}

/**
 * Something the program does once. If it fails, the program says why, and exits with status 1. In
 * C++ the call returns a `Result`; in TypeScript it throws.
 */
export interface Step {
  readonly name: string;
  readonly moment: Moment;
  /**
   * The name of a step at the same moment, right after which this one runs. By default a step runs
   * after all earlier ones.
   */
  readonly after?: string;
  readonly cpp: {
    /** The header that declares it, below `src/`. */
    readonly header: string;
    /**
     * The call can use `config`, `argc` and `argv`, and the results that earlier steps keep; from
     * `listening` on, also `logs`, `signals` and `**server`.
     */
    readonly call: string;
    /**
     * The name of a variable that keeps the result for later steps until the server has stopped; if
     * absent, the result is dropped.
     */
    readonly keeps?: string;
    /** An expression that words the failure; by default its `Error::message`. */
    readonly why?: string;
  } | null;
  readonly typescript: TypescriptStep | null;
}

/**
 * A function exported by a module below `src/`, which is called with the configuration. It may be
 * async, except at `listening`, since nothing may happen in between there.
 */
export interface TypescriptStep {
  readonly module: string;
  readonly function: string;
  /** At `serving`: it is also passed what is running, a `Running`. */
  readonly takesRunning?: true;
  /**
   * At `serving`: a function of the same module, which each worker process calls once it serves.
   */
  readonly inWorkerProcesses?: string;
  /** The function that each worker calls with its log, and with the argument of `Server.change`. */
  readonly onChange?: string;
}

/**
 * When, in this order.
 * - `read`: each setting is valid by itself. The call may change `config`; it returns the user's
 *   mistake as a text, or nothing, and also runs at `-t`. In TypeScript it is called with the
 *   values and the settings, and returns the mistake, or the values to continue with.
 * - `configured`: nothing is open yet.
 * - `listening`: it listens, and has no other thread yet.
 * - `announced`: it has announced its addresses; its executors start next.
 * - `serving`: its executors run. Nothing can fail any more: in C++ the call returns nothing.
 */
export type Moment = (typeof kMoments)[number];

export const kMoments = ['read', 'configured', 'listening', 'announced', 'serving'] as const;

/**
 * What the program does for its operator, besides what every program does: stop on SIGTERM, check
 * its settings with `-t`, reopen its logs on SIGHUP.
 * - `tells-readiness`: sends READY=1 to `$NOTIFY_SOCKET` once it serves. See sd_notify(3).
 * - `takes-sockets`: serves at those sockets of `LISTEN_FDS` whose addresses its settings name. See
 *   sd_listen_fds(3).
 * - `hands-over-on-usr2`: starts its program again on SIGUSR2, and stops once that serves.
 * - `reopens-on-usr1`: reopens its log files on SIGUSR1, which then does nothing else.
 * - `tells-reload`: `--reload PID` makes that process reread its settings, and exits with 0 if all
 *   are in force, otherwise with the reason.
 */
export type Ability = (typeof kAbilities)[number];

export const kAbilities = [
  'hands-over-on-usr2',
  'reopens-on-usr1',
  'takes-sockets',
  'tells-readiness',
  'tells-reload',
] as const;

/** A file that a C++ project's CMakeLists.txt includes at its end, when all targets are known. */
export interface BuildFile {
  /** Below the project. */
  readonly path: string;
}

/** A section of the README, after the settings. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly lines: readonly string[];
}
