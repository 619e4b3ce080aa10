/**
 * What a feature brings to files that others own: values. The language generators render them
 * without knowing which feature they come from.
 */

import type { Setting } from './setting.ts';

/** All of one kind, and what decides on them: keys of questions, and `add KIND` for additions. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly because: readonly string[];
}

/** Of all generators together; each kind in the order in which files show it. */
export interface Contributed {
  readonly settings: Part<Setting>;
  readonly services: Part<Service>;
  readonly sources: Part<CompiledSource>;
  /** Headers of the core that a feature's own sources include, below `hpserver/`. */
  readonly core: Part<string>;
  /** Modules of the TypeScript runtime that they import, below `src/server/`: `native-admin.ts`. */
  readonly runtime: Part<string>;
  readonly serverOptions: Part<ServerOption>;
  /** Parts of the addon that a feature's own modules call. */
  readonly addon: Part<AddonPart>;
  readonly programs: Part<NativeProgram>;
  /** Likewise, of each executor's HTTP service: `options` are those of one. */
  readonly httpOptions: Part<ServerOption>;
  /** Who changes what the log holds while the server runs: by `Logs::set_level`, `log.setLevel`. */
  readonly levelChanges: Part<string>;
  /** Who reads the settings anew while the server runs: by `reread_config`, `rereadConfig`. */
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

/** Who answers at addresses of its own, beside HTTP; null in a language that doesn't have it. */
export interface Service {
  /** As the program announces it, and tests ask for it: `chat`. */
  readonly name: string;
  /** The key of the setting that says where it listens: `listen-chat`. */
  readonly listens: string;
  readonly cpp: {
    /** Declares it, below `src/`. */
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

/** How a service's bytes become frames and back, in C++; names are those of the project. */
export interface FrameCodec {
  /** Below `native/`. */
  readonly header: string;
  /** A class with `feed`, `frame` and `idle`. */
  readonly frames: string;
  /** A function of a channel and a frame. */
  readonly write: string;
}

/** What a feature sets among the options of the server, before there is one. */
export interface ServerOption {
  readonly name: string;
  readonly cpp: {
    /** As it stands between the quotes: `hpserver/…` of the core, or one below `src/`. */
    readonly header: string;
    /** A statement, which knows `config` and `options`: its lines. */
    readonly lines: readonly string[];
  };
  /** Null where another option brings it, or the language doesn't have it. */
  readonly typescript: AddonPart | null;
}

/** A part of the addon: its header below `addon/`, and what puts it into the exports. */
export interface AddonPart {
  readonly header: string;
  readonly define: string;
}

/** A program of its own that a TypeScript project builds beside its addon, on the same core. */
export interface NativeProgram {
  readonly name: string;
  /** Its source, below `native/` as below `native-core/binding/`. */
  readonly source: string;
}

/**
 * A flag that asks for something else than serving. It is obeyed once each setting is known by
 * itself; what settings name isn't looked at.
 */
export interface Order {
  /** Behind two dashes; its value may be left out. */
  readonly flag: string;
  /** What the help calls the value. */
  readonly shape: string;
  readonly help: string;
  /** Functions of the configuration and the value, which is empty where none is said: a `Reply`. */
  readonly cpp: { readonly header: string; readonly function: string };
  readonly typescript: { readonly module: string; readonly function: string };
}

/** A path that a feature answers, whatever the user's routes are. */
export interface FeatureRoute {
  readonly method: 'get' | 'post';
  readonly path: string;
  /** Who answers, in words: `the upstream server`. */
  readonly by: string;
  readonly cpp: {
    /** Declares what `make` names, below `src/`. */
    readonly header: string;
    /** An expression that makes a handler from `config`, a `std::unique_ptr`. */
    readonly make: string;
  };
}

/** What a C++ project compiles beside its own sources. */
export interface CompiledSource {
  /** Below the project. */
  readonly path: string;
  /** `generated`: by a compiler of grammars, which has its own idea of a warning. */
  readonly part: 'program' | 'generated' | 'tests';
  /** Whether it is compiled with the program's version, as `PROGRAM_VERSION`. */
  readonly isVersioned?: true;
}

/** A row of the table by which a README shows where things are. */
export interface ProjectPlace {
  readonly path: string;
  readonly what: string;
}

/** What git leaves out. */
export interface IgnoredPath {
  readonly path: string;
  readonly reason: string;
}

/** Where the program listens, for what deploys it. */
export interface Port {
  /** `http`, `chat`. */
  readonly name: string;
  /** The setting that says where: `listen`. */
  readonly key: string;
  /** Unless it is told otherwise. */
  readonly number: number;
}

/** What is asked whether the program is well: a GET that is answered with 200. */
export interface Probe {
  /** The name of the port. */
  readonly port: string;
  readonly path: string;
}

/** What a feature's sources need beside what every project has. */
export interface Library {
  readonly name: string;
  /** Null for a feature without C++. */
  readonly cpp: {
    /** A line of CMake that finds it: `find_package(ZLIB REQUIRED)`. */
    readonly find: string;
    /** What is linked: `ZLIB::ZLIB`. */
    readonly target: string;
    /** Debian's packages: to build with, and to run with where that is another one. */
    readonly debian: { readonly build: string; readonly run: string | null };
  } | null;
  /** A dependency of package.json at an exact version; null for a feature without TypeScript. */
  readonly npm: { readonly package: string; readonly version: string } | null;
}

/**
 * Something that the program does once in its life. Where it fails, the program says why and ends
 * with 1: in C++ the call gives a `Result`, in TypeScript it throws.
 */
export interface Step {
  readonly name: string;
  readonly moment: Moment;
  /** Right behind the step of this name, which has the same moment. Else behind those before it. */
  readonly after?: string;
  readonly cpp: {
    /** Declares it, below `src/`. */
    readonly header: string;
    /**
     * It knows `config`, `argc` and `argv`, what earlier steps keep, and from `listening` on
     * `logs`, `signals` and `**server`.
     */
    readonly call: string;
    /** What holds the result until the server has ended, for later steps; else it is dropped. */
    readonly keeps?: string;
    /** An expression of its failure in words; by default its `Error::message`. */
    readonly why?: string;
  } | null;
  readonly typescript: TypescriptStep | null;
}

/**
 * Exported by a module below `src/`, and called with the configuration; it may be async, but at
 * `listening`, where nothing must come between.
 */
export interface TypescriptStep {
  readonly module: string;
  readonly function: string;
  /** At `serving`: it is called with what runs as well, a `Running`. */
  readonly takesRunning?: true;
  /** At `serving`: a function of the same module that each worker process calls, once it serves. */
  readonly inWorkerProcesses?: string;
  /** What each worker calls with what `Server.change` was given, and with its log. */
  readonly onChange?: string;
}

/**
 * When, in this order.
 * - `read`: each setting is known by itself. The call may change `config`; it gives the user's
 *   mistake as a text, or nothing, and is asked at `-t` too. In TypeScript it is called with the
 *   values and the settings, and gives the mistake, or the values to go on with.
 * - `configured`: nothing is open yet.
 * - `listening`: it listens, and has no thread but this one yet.
 * - `announced`: it has said where it listens; its executors start next.
 * - `serving`: its executors run. Nothing can fail any more: in C++ the call gives nothing.
 */
export type Moment = (typeof kMoments)[number];

export const kMoments = ['read', 'configured', 'listening', 'announced', 'serving'] as const;

/**
 * What the program does for whoever runs it, beside what each does: to end by SIGTERM, to check
 * its settings by `-t`, to open logs anew at SIGHUP.
 * - `tells-readiness`: sends READY=1 to `$NOTIFY_SOCKET` once it serves. See sd_notify(3).
 * - `takes-sockets`: serves at those sockets of `LISTEN_FDS` whose addresses its settings name. See
 *   sd_listen_fds(3).
 * - `hands-over-on-usr2`: starts its program anew at SIGUSR2, and ends once that serves.
 * - `reopens-on-usr1`: opens its log files anew at SIGUSR1, and does nothing else then.
 * - `tells-reload`: `--reload PID` has that process read its settings anew, and ends with 0 where
 *   all are in force, or else with the reason.
 */
export type Ability = (typeof kAbilities)[number];

export const kAbilities = [
  'hands-over-on-usr2',
  'reopens-on-usr1',
  'takes-sockets',
  'tells-readiness',
  'tells-reload',
] as const;

/** A file that a C++ project's CMakeLists.txt includes at its end, where all targets are known. */
export interface BuildFile {
  /** Below the project. */
  readonly path: string;
}

/** A section of the README, behind the settings. */
export interface Section {
  readonly title: string;
  /** Markdown. */
  readonly lines: readonly string[];
}
