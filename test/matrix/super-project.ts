/**
 * One CMake project that builds all: each source of the generated projects once, however many
 * projects hold it, and those of the core that trace. All other objects are those of the core's own
 * build. In release each program is linked from exactly the objects that its own project holds, so
 * that what a project lacks is an undefined reference; under the sanitizers, from the whole core.
 */

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Mode } from './mode.ts';
import {
  coreSources,
  fingerprint,
  kRepository,
  ownSources,
  type Project,
  traces,
} from './projects.ts';
import { tracingSources } from './trace/tracing.ts';

export const kNativeCore: string = join(kRepository, 'native-core');

/** Where the core's own build of this mode is. */
export function coreBuild(mode: Mode): string {
  return join(kNativeCore, 'build', mode);
}

export interface Kinds {
  /** Also the name of the folder below each project that its program comes into. */
  readonly mode: Mode;
  /** Whether each program is there a second time, tracing. */
  readonly traced: boolean;
}

export function superProject(projects: readonly Project[], kinds: Kinds): string {
  const units = new Map<string, string>();
  const cores = new Map<string, string>();
  const programs = projects.flatMap((project) => program(project, kinds, units, cores));
  const dependencies = projects.find(({ architecture }) => architecture.language === 'cpp');
  return [
    kHead,
    ...(dependencies === undefined
      ? []
      : [`include(${dependencies.directory}/cmake/dependencies.cmake)`]),
    ...(kinds.traced ? [tracedObjects()] : []),
    ...cores.values(),
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
find_library(LIBURING_LIBRARY uring REQUIRED)
# Thin archives: a copy of the objects for each of the many sets would only be read once.
set(CMAKE_CXX_ARCHIVE_CREATE "<CMAKE_AR> qcT <TARGET> <OBJECTS>")
set(CMAKE_CXX_ARCHIVE_APPEND "<CMAKE_AR> qT <TARGET> <OBJECTS>")`;

/** Those of the core whose object a trace changes. */
function tracedObjects(): string {
  const sources = tracingSources().map((path) => join(kNativeCore, path));
  return `
add_library(core-traced OBJECT EXCLUDE_FROM_ALL ${sources.join(' ')})
target_include_directories(core-traced PRIVATE ${kNativeCore}/include ${kNativeCore}/generated)
target_include_directories(core-traced SYSTEM PRIVATE \${LIBURING_INCLUDE})
target_compile_options(core-traced PRIVATE \${warnings})
target_compile_definitions(core-traced PRIVATE HPSERVER_TRACE)`;
}

/** Fills `units` and `cores` with what it shares with others. */
function program(
  { architecture, directory, tree, start }: Project,
  { mode, traced }: Kinds,
  units: Map<string, string>,
  cores: Map<string, string>,
): readonly string[] {
  const { id, language } = architecture;
  const own = (kind: string): string => {
    const names = ownSources(tree).map((source) => {
      // Where there is nothing to trace, the object is the same.
      const tells = kind !== '' && traces(tree, source);
      const name = `unit-${fingerprint(tree, source)}${tells ? kind : ''}`;
      const definition = `\ntarget_compile_definitions(${name} PRIVATE HPSERVER_TRACE)`;
      if (!units.has(name)) {
        const made = unit(name, language, directory, source);
        units.set(name, made + optimisation(name, language) + (tells ? definition : ''));
      }
      return `$<TARGET_OBJECTS:${name}>`;
    });
    return names.join(' ');
  };
  const held = coreSources(tree);
  const core = `core-${createHash('sha256').update(held.join()).digest('hex').slice(0, 12)}`;
  if (!cores.has(core)) cores.set(core, coreLibraries(core, held, { mode, traced }));
  const kinds = traced ? ['', '-traced'] : [''];
  return kinds.map((kind) => {
    const libraries = [`${core}${kind}`, 'Threads::Threads', `\${LIBURING_LIBRARY}`];
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

function coreLibraries(name: string, held: readonly string[], { mode, traced }: Kinds): string {
  if (mode !== 'release') return wholeCore(name, mode);
  const plain = archive(name, held.map(objectOfCore));
  if (!traced) return plain;
  const tracing = new Set(tracingSources());
  const silent = held.filter((path) => !tracing.has(path)).map(objectOfCore);
  const telling = held.filter((path) => tracing.has(path));
  return plain + archive(`${name}-traced`, [...silent, tracedObjectsOf(telling)]);
}

/** There, several sources are one object. */
function wholeCore(name: string, mode: Mode): string {
  return `
add_library(${name} STATIC IMPORTED)
set_target_properties(${name} PROPERTIES IMPORTED_LOCATION ${coreBuild(mode)}/libhpserver.a)`;
}

function archive(name: string, objects: readonly string[]): string {
  return `
add_library(${name} STATIC EXCLUDE_FROM_ALL
  ${objects.join('\n  ')})
set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)`;
}

function objectOfCore(source: string): string {
  return `${coreBuild('release')}/CMakeFiles/hpserver.dir/${source}.o`;
}

function tracedObjectsOf(sources: readonly string[]): string {
  const names = sources.map((path) => path.replaceAll('.', '[.]').replaceAll('+', '[+]'));
  return `"$<FILTER:$<TARGET_OBJECTS:core-traced>,INCLUDE,/(${names.join('|')})[.]o$>"`;
}

/**
 * A C++ program of its own is compiled for each architecture, and only composes. That it compiles
 * optimised, without a warning, is seen in test/cpp-project; here that would take most of the time.
 */
function optimisation(name: string, language: string): string {
  return language === 'cpp' ? `\ntarget_compile_options(${name} PRIVATE -O0)` : '';
}

function unit(name: string, language: string, directory: string, source: string): string {
  const head = `
add_library(${name} OBJECT EXCLUDE_FROM_ALL ${directory}/${source})
target_compile_options(${name} PRIVATE \${warnings})
target_include_directories(${name} PRIVATE ${kNativeCore}/include ${kNativeCore}/generated)`;
  if (language === 'cpp') {
    return `${head}
target_include_directories(${name} PRIVATE ${directory}/src)
target_compile_definitions(${name} PRIVATE PROGRAM_VERSION="0.1.0")
target_link_libraries(${name} PRIVATE CLI11::CLI11 spdlog::spdlog)`;
  }
  const modules = join(kRepository, 'node_modules');
  return `${head}
target_include_directories(${name} PRIVATE ${directory}/native)
target_include_directories(${name} SYSTEM PRIVATE
  ${modules}/node-api-headers/include ${modules}/node-addon-api)
target_compile_definitions(${name} PRIVATE NAPI_VERSION=9 NODE_ADDON_API_DISABLE_CPP_EXCEPTIONS)
target_compile_options(${name} PRIVATE -fvisibility=hidden)`;
}
