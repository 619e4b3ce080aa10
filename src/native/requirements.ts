/** What a machine needs to build a project, and to test create-hpserver itself: one table. */

import type { Condition } from '../spec/question.ts';
import type { Packager } from './distribution.ts';

export type Purpose = 'user' | 'tests';

export type Probe =
  /** The first of these programs that runs, in at least that version. */
  | {
      readonly kind: 'program';
      readonly names: readonly string[];
      readonly atLeast?: string;
      readonly versionFlag?: string;
    }
  /** A compiler that accepts C++20. */
  | { readonly kind: 'compiler' }
  /** A header that this compiler finds, new enough to declare that name. */
  | { readonly kind: 'header'; readonly header: string; readonly declares?: string }
  /** A compiler that can link a libFuzzer target: the runtime is a separate package. */
  | { readonly kind: 'fuzzer'; readonly name: string }
  /** The Node.js that runs this program. */
  | { readonly kind: 'node'; readonly atLeast: string };

export interface Requirement {
  readonly name: string;
  readonly why: string;
  /**
   * `required`: nothing works without it. `advised`: things work without it, but less well. Absent:
   * not needed for that purpose.
   */
  readonly needs: Readonly<Partial<Record<Purpose, 'required' | 'advised'>>>;
  /** Projects with these answers require it; for all others it is only advised. */
  readonly requiredWhere?: Condition;
  /** Projects with these answers fetch it from the network if it isn't installed. */
  readonly fetchedWhere?: Condition;
  readonly probe: Probe;
  /** Null if the distribution does not package it. */
  readonly packages: Readonly<Record<Packager, string | null>>;
}

const kBoth = { user: 'required', tests: 'required' } as const;
const kLibrary = { user: 'advised', tests: 'required' } as const;
const kTests = { tests: 'required' } as const;
/** For anything that only Debian packages. */
const kNowhere = { apt: null, dnf: null, pacman: null, apk: null } as const;
const kFetched: Condition = { language: ['cpp'] };

export const kFuzzers: Requirement = {
  name: 'clang 19 with libFuzzer',
  why: 'fuzzes the parsers of the native core',
  needs: kTests,
  probe: { kind: 'fuzzer', name: 'clang++-19' },
  packages: {
    apt: 'clang-19 libclang-rt-19-dev',
    dnf: 'clang compiler-rt',
    pacman: 'clang compiler-rt',
    apk: 'clang19 compiler-rt',
  },
};

export const requirements: readonly Requirement[] = [
  {
    name: 'Node.js 20.19 or newer',
    why: 'runs create-hpserver and TypeScript servers',
    needs: kBoth,
    probe: { kind: 'node', atLeast: '20.19' },
    packages: { apt: null, dnf: 'nodejs', pacman: 'nodejs npm', apk: 'nodejs npm' },
  },
  {
    name: 'a C++20 compiler',
    why: 'compiles the native core (g++ 11 or clang++ 14, or newer)',
    needs: kBoth,
    probe: { kind: 'compiler' },
    packages: { apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc', apk: 'g++' },
  },
  {
    name: 'CMake 3.22 or newer',
    why: 'builds the native core, using presets of version 3',
    needs: kBoth,
    probe: { kind: 'program', names: ['cmake'], atLeast: '3.22' },
    packages: same('cmake'),
  },
  {
    name: 'Ninja or Make',
    why: 'runs the builds that CMake generates',
    needs: kBoth,
    probe: { kind: 'program', names: ['ninja', 'make'] },
    packages: { apt: 'ninja-build', dnf: 'ninja-build', pacman: 'ninja', apk: 'ninja' },
  },
  {
    name: 'git',
    why: 'makes the first commit, and fetches libraries that are not installed',
    needs: { user: 'advised', tests: 'required' },
    probe: { kind: 'program', names: ['git'] },
    packages: same('git'),
  },
  {
    name: 'spdlog',
    why: 'logging in C++ servers; downloaded if it is not installed',
    needs: kLibrary,
    fetchedWhere: kFetched,
    probe: { kind: 'header', header: 'spdlog/spdlog.h' },
    packages: { apt: 'libspdlog-dev', dnf: 'spdlog-devel', pacman: 'spdlog', apk: 'spdlog-dev' },
  },
  {
    name: 'CLI11',
    why: 'flags and configuration of C++ servers; downloaded if it is not installed',
    needs: kLibrary,
    fetchedWhere: kFetched,
    probe: { kind: 'header', header: 'CLI/CLI.hpp' },
    packages: { apt: 'libcli11-dev', dnf: 'cli11-devel', pacman: 'cli11', apk: 'cli11' },
  },
  {
    name: 'liburing 2.3 or newer',
    why: 'compiles servers that use io_uring; others do not need it',
    needs: kLibrary,
    requiredWhere: { 'io.model': ['io_uring'] },
    probe: { kind: 'header', header: 'liburing.h', declares: 'io_uring_prep_recv_multishot' },
    packages: {
      apt: 'liburing-dev',
      dnf: 'liburing-devel',
      pacman: 'liburing',
      apk: 'liburing-dev',
    },
  },
  {
    name: 'GoogleTest',
    why: 'tests of C++ servers; downloaded if it is not installed',
    needs: kLibrary,
    fetchedWhere: kFetched,
    probe: { kind: 'header', header: 'gtest/gtest.h' },
    packages: {
      apt: 'libgtest-dev libgmock-dev',
      dnf: 'gtest-devel gmock-devel',
      pacman: 'gtest',
      apk: 'gtest-dev',
    },
  },
  tool('clang-format 19', ['clang-format-19'], 'checks the format of emitted C++', {
    apt: 'clang-format-19',
    dnf: 'clang-tools-extra',
    pacman: 'clang',
    apk: 'clang19-extra-tools',
  }),
  tool('clang-tidy 19', ['clang-tidy-19'], 'lints emitted C++', {
    apt: 'clang-tidy-19',
    dnf: 'clang-tools-extra',
    pacman: 'clang',
    apk: 'clang19-extra-tools',
  }),
  kFuzzers,
  {
    ...tool('rsyslog', ['rsyslogd'], 'receives what servers log to the log daemon'),
    probe: withFlag('rsyslogd', '-v'),
  },
  {
    ...tool('socat', ['socat'], 'receives what servers log to journald'),
    probe: withFlag('socat', '-V'),
  },
  { ...tool('tmux', ['tmux'], 'drives the wizard by keyboard'), probe: withFlag('tmux', '-V') },
  tool('strace', ['strace'], 'injects failures into system calls'),
  tool('curl', ['curl'], 'sends requests to generated servers'),
  tool('systemd-analyze', ['systemd-analyze'], 'verifies emitted units', {
    ...same('systemd'),
    apk: null,
  }),
  {
    ...tool('rsyslog', ['rsyslogd'], 'verifies emitted log-sorting rules'),
    probe: { kind: 'program', names: ['rsyslogd', '/usr/sbin/rsyslogd'], versionFlag: '-v' },
  },
  {
    ...tool('logrotate', ['logrotate'], 'verifies emitted log-rotation rules'),
    probe: { kind: 'program', names: ['logrotate', '/usr/sbin/logrotate'] },
  },
  tool('dpkg-dev', ['dpkg-shlibdeps'], 'builds Debian packages of emitted projects', {
    ...kNowhere,
    apt: 'dpkg-dev',
  }),
  tool('init-system-helpers', ['deb-systemd-helper'], 'installs packages for Debian', {
    ...kNowhere,
    apt: 'init-system-helpers',
  }),
  {
    ...tool('iproute2', ['ip'], 'gives tests their own network', {
      apt: 'iproute2',
      dnf: 'iproute',
      pacman: 'iproute2',
      apk: 'iproute2',
    }),
    probe: { kind: 'program', names: ['ip', '/usr/sbin/ip'], versionFlag: '-V' },
  },
  { ...tool('wrk', ['wrk'], 'puts load on servers'), probe: withFlag('wrk', '-v') },
  {
    ...tool('nginx', ['nginx'], 'the peer in the benchmarks'),
    probe: { kind: 'program', names: ['nginx', '/usr/sbin/nginx'], versionFlag: '-v' },
  },
  {
    ...tool('HAProxy', ['haproxy'], 'a peer in the benchmarks', same('haproxy')),
    probe: withFlag('haproxy', '-v'),
  },
  {
    ...tool('slowhttptest', ['slowhttptest'], 'tests the deadlines of servers', {
      ...same('slowhttptest'),
      pacman: null,
      apk: null,
    }),
    probe: withFlag('slowhttptest', '-h'),
  },
  tool('promtool', ['promtool'], 'reads metrics as Prometheus does', {
    ...{ apt: 'prometheus', dnf: 'golang-github-prometheus', pacman: 'prometheus' },
    apk: 'prometheus',
  }),
  tool('Chromium', ['chromium'], 'shows the status page', same('chromium')),
  { ...tool('socat', ['socat'], 'captures what servers send'), probe: withFlag('socat', '-V') },
  tool('valgrind', ['valgrind'], 'finds leaks'),
  tool('ccache', ['ccache'], 'compiles the same file only once'),
  tool('bash', ['bash'], 'tests its completion'),
  tool('zsh', ['zsh'], 'tests its completion'),
  tool('fish', ['fish'], 'tests its completion'),
];

function tool(
  name: string,
  names: readonly string[],
  why: string,
  packages: Requirement['packages'] = same(name),
): Requirement {
  return { name, why, needs: kTests, probe: { kind: 'program', names }, packages };
}

/** A program that reports its version with another flag than `--version`. */
function withFlag(name: string, versionFlag: string): Probe {
  return { kind: 'program', names: [name], versionFlag };
}

function same(name: string): Requirement['packages'] {
  return { apt: name, dnf: name, pacman: name, apk: name };
}
