/**
 * What a feature contributes to others' files: values. The language generators render them without
 * knowing which feature they come from.
 */

import type { Setting } from './setting.ts';

/** All of one kind, and what they depend on: keys of questions, and `add KIND` for additions. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly because: readonly string[];
}

/** From all generators together; each kind in the order in which files show it. */
export interface Contributed {
  readonly settings: Part<Setting>;
  readonly services: Part<Service>;
  readonly sources: Part<CompiledSource>;
  /** Core headers that a feature's own sources include, below `hpserver/`. */
  readonly core: Part<string>;
  /** Modules of the TypeScript runtime that they import, below `src/server/`: `native-admin.ts`. */
  readonly runtime: Part<string>;
  readonly serverOptions: Part<ServerOption>;
  /** Parts of the addon that a feature's own modules call. */
  readonly addon: Part<AddonPart>;
  readonly programs: Part<NativeProgram>;
  /** Likewise, for each executor's HTTP service: `options` are those of one. */
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

/** What answers at its own addresses, besides HTTP; null in a language that doesn't have it. */
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

/** What a feature sets among the server's options, before the server exists. */
export interface ServerOption {
  readonly name: string;
  readonly cpp: {
    /** As written between the quotes: `hpserver/…` from the core, or one below `src/`. */
    readonly header: string;
    /** A statement that can use `config` and `options`: its lines. */
    readonly lines: readonly string[];
  };
  /** Null if another option brings it, or the language doesn't have it. */
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
 * A flag that asks for something other than serving. It is obeyed once each setting is valid by
 * itself; what settings refer to isn't checked.
 */
export interface Order {
  /** Follows two dashes; its value may be left out. */
  readonly flag: string;
  /** The help's name for the value. */
  readonly shape: string;
  readonly help: string;
  /**
   * Functions of the configuration and the value, which is empty if none is given: they return a
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
    /** An expression that makes a handler from `config`, a `std::unique_ptr`. */
    readonly make: string;
  };
}

/** What a C++ project compiles besides its own sources. */
export interface CompiledSource {
  /** Below the project. */
  readonly path: string;
  /** `generated`: by a grammar compiler, whose output doesn't pass our warnings. */
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

/** What a feature's sources need besides what every project has. */
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
 * Something the program does once. If it fails, the program says why and exits with status 1: in
 * C++ the call returns a `Result`, in TypeScript it throws.
 */
export interface Step {
  readonly name: string;
  readonly moment: Moment;
  /**
   * Directly after the step of this name, which runs at the same moment. Otherwise after the steps
   * before it.
   */
  readonly after?: string;
  readonly cpp: {
    /** The header that declares it, below `src/`. */
    readonly header: string;
    /**
     * Can use `config`, `argc` and `argv`, what earlier steps keep, and from `listening` on `logs`,
     * `signals` and `**server`.
     */
    readonly call: string;
    /**
     * The variable that holds the result until the server has stopped, for later steps; absent: it
     * is dropped.
     */
    readonly keeps?: string;
    /** An expression for its failure in words; by default its `Error::message`. */
    readonly why?: string;
  } | null;
  readonly typescript: TypescriptStep | null;
}

/**
 * Exported by a module below `src/`, and called with the configuration; it may be async, except at
 * `listening`, where nothing must come between.
 */
export interface TypescriptStep {
  readonly module: string;
  readonly function: string;
  /** At `serving`: it is also passed what is running, a `Running`. */
  readonly takesRunning?: true;
  /** At `serving`: a function of the same module that each worker process calls once it serves. */
  readonly inWorkerProcesses?: string;
  /** What each worker calls with the argument of `Server.change`, and with its log. */
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
