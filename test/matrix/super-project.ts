/**
 * One CMake project that builds everything: each source of the generated projects once, however
 * many contain it. The core below them comes from its own build, and once more with tracing.
 */

import { join } from 'node:path';
import type { Language } from './architectures.ts';
import type { Mode } from './mode.ts';
import { fingerprint, kRepository, ownSources, type Project, traces } from './projects.ts';

export const kNativeCore: string = join(kRepository, 'native-core');

/** Where the core's own build of this mode is. */
export function coreBuild(mode: Mode): string {
  return join(kNativeCore, 'build', mode);
}

export interface Kinds {
  /** Also the name of the folder below each project for its program. */
  readonly mode: Mode;
  /** Whether each program is also built with tracing. */
  readonly traced: boolean;
}

/** The suffix of traced targets' names. */
type Kind = '' | '-traced';

function kindsOf(traced: boolean): readonly Kind[] {
  return traced ? ['', '-traced'] : [''];
}

interface Unit {
  readonly language: Language;
  readonly kind: Kind;
  readonly directory: string;
  readonly source: string;
}

export function superProject(projects: readonly Project[], kinds: Kinds): string {
  const units = new Map<string, string>();
  const programs = projects.flatMap((project) => program(project, kinds, units));
  const languages = [...new Set(projects.map(({ architecture }) => architecture.language))];
  const dependencies = projects.find(({ architecture }) => architecture.language === 'cpp');
  return [
    kHead,
    ...(dependencies === undefined
      ? []
      : [`include(${dependencies.directory}/cmake/dependencies.cmake)`]),
    core(kinds),
    ...languages.flatMap((language) =>
      kindsOf(kinds.traced).map((kind) => precompiled(language, kind)),
    ),
    ...units.values(),
    ...programs,
    '',
  ].join('\n');
}

const kHead = `cmake_minimum_required(VERSION 3.22)
project(matrix LANGUAGES C CXX)
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(warnings $<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow;-Werror>)
find_package(Threads REQUIRED)
find_path(LIBURING_INCLUDE liburing.h REQUIRED)
find_library(LIBURING_LIBRARY uring REQUIRED)`;

/** The targets `core` and, traced, `hpserver`. */
function core({ mode, traced }: Kinds): string {
  const built = `
add_library(core STATIC IMPORTED)
set_target_properties(core PROPERTIES IMPORTED_LOCATION ${coreBuild(mode)}/libhpserver.a)`;
  if (!traced) return built;
  return `${built}
set(HPSERVER_TRACE ON)
add_subdirectory(${kNativeCore} core-traced EXCLUDE_FROM_ALL)`;
}

/**
 * Adds the project's programs. Compilation units that projects share are added to `units` only
 * once.
 */
function program(
  { architecture, directory, tree, start }: Project,
  { mode, traced }: Kinds,
  units: Map<string, string>,
): readonly string[] {
  const { id, language } = architecture;
  const own = (kind: Kind): string => {
    const names = ownSources(tree).map((source) => {
      // A source that traces nothing compiles to the same object in both kinds.
      const told = traces(tree, source) ? kind : '';
      const name = `unit-${fingerprint(tree, source)}${told}`;
      const made = unit(name, { language, kind: told, directory, source });
      if (!units.has(name)) units.set(name, made);
      return `$<TARGET_OBJECTS:${name}>`;
    });
    return names.join(' ');
  };
  return kindsOf(traced).map((kind) => {
    const libraries = [
      kind === '' ? 'core' : 'hpserver',
      'Threads::Threads',
      `\${LIBURING_LIBRARY}`,
    ];
    if (language === 'cpp') {
      const [path = ''] = start;
      return `
add_executable(${id}${kind} ${own(kind)})
target_link_libraries(${id}${kind} PRIVATE ${[...libraries, 'CLI11::CLI11', 'spdlog::spdlog'].join(' ')})
set_target_properties(${id}${kind} PROPERTIES OUTPUT_NAME ${path.split('/').at(-1)}
  RUNTIME_OUTPUT_DIRECTORY ${directory}/build/${mode}${kind})`;
    }
    return `
add_library(${id}${kind} MODULE ${own(kind)})
target_link_libraries(${id}${kind} PRIVATE ${libraries.join(' ')})
set_target_properties(${id}${kind} PROPERTIES PREFIX "" SUFFIX ".node" OUTPUT_NAME server
  LIBRARY_OUTPUT_DIRECTORY ${directory}${kind === '' ? '' : '/build/traced'}/build/Release)`;
  });
}

/**
 * Compiled in the quickest way, because these sources only compose existing parts, but are compiled
 * for each architecture. Tests that build whole projects check that they compile with the user's
 * flags, and without precompiled headers; here that would take most of the time.
 */
const kQuick: Readonly<Record<Language, { optimised: string; headers: readonly string[] }>> = {
  cpp: { optimised: '-O0', headers: ['variant', 'spdlog/spdlog.h'] },
  typescript: { optimised: '-O1', headers: ['mutex', 'napi.h'] },
};
const kCoreHeaders = ['protocol/http/service.h', 'concurrency/server_options.h', 'socket/listen.h'];

/** The headers that a language's units include, precompiled. */
function precompiled(language: Language, kind: Kind): string {
  const name = headersOf(language, kind);
  const core = kCoreHeaders.map((header) => `hpserver/${header}`);
  const headers = [...kQuick[language].headers, ...core].map((header) => `<${header}>`);
  const empty = `\${CMAKE_BINARY_DIR}/${name}.cc`;
  return `
file(CONFIGURE OUTPUT ${empty} CONTENT "" @ONLY)
add_library(${name} OBJECT EXCLUDE_FROM_ALL ${empty})${options(name, language, kind)}
target_precompile_headers(${name} PRIVATE ${headers.join(' ')})`;
}

function headersOf(language: Language, kind: Kind): string {
  return `headers-${language}${kind}`;
}

function unit(name: string, { language, kind, directory, source }: Unit): string {
  const own = join(directory, language === 'cpp' ? 'src' : 'native');
  return `
add_library(${name} OBJECT EXCLUDE_FROM_ALL ${directory}/${source})${options(name, language, kind)}
target_include_directories(${name} PRIVATE ${own})
target_precompile_headers(${name} REUSE_FROM ${headersOf(language, kind)})`;
}

function options(name: string, language: Language, kind: Kind): string {
  const traced = kind === '' ? '' : `\ntarget_compile_definitions(${name} PRIVATE HPSERVER_TRACE)`;
  const head = `
target_compile_options(${name} PRIVATE \${warnings} ${kQuick[language].optimised})
target_include_directories(${name} PRIVATE
  ${kNativeCore} ${kNativeCore}/generated)${traced}`;
  if (language === 'cpp') {
    return `${head}
target_compile_definitions(${name} PRIVATE PROGRAM_VERSION="0.1.0")
target_link_libraries(${name} PRIVATE CLI11::CLI11 spdlog::spdlog)`;
  }
  const modules = join(kRepository, 'node_modules');
  return `${head}
target_include_directories(${name} SYSTEM PRIVATE
  ${modules}/node-api-headers/include ${modules}/node-addon-api)
target_compile_definitions(${name} PRIVATE NAPI_VERSION=9 NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS)
target_compile_options(${name} PRIVATE -fvisibility=hidden)`;
}
