/** A project's C++ namespace: its name, unless C++ or libc has taken that word. */

import { kCppKeywords } from './keywords.ts';

/** Keywords, and functions that libc's headers declare at global scope. */
const kTaken: ReadonlySet<string> = new Set([
  ...kCppKeywords,
  ...[
    'abort abs accept access alarm atoi basename bind bsearch calloc chdir chmod chown clock clone',
    'close connect ctime daemon div dup environ errno exit exp fclose fcntl floor fork free gamma',
    'getc getenv htons index ioctl isatty kill labs link listen log logb lseek main malloc',
    'nanosleep nice open optarg pause pipe poll pow printf putc puts qsort raise rand read realloc',
    'recv remainder remove rename rewind rindex round scanf select send setenv shutdown sigaction',
    'signal sin sleep socket splice sqrt srand stat stderr stdin stdout strlen sync syscall system',
    'tan tee time times timezone trunc truncate tzset umask uname unlink unix linux usleep utime',
    'wait write',
    'fmt spdlog std testing',
  ].flatMap((line) => line.split(' ')),
]);

/** `my-server` → `my_server`; `poll` → `poll_server`. */
export function namespaceOf(name: string): string {
  // Two consecutive underscores are reserved for the compiler.
  const word = name.replaceAll(/-+/g, '_').replace(/_$/, '');
  return kTaken.has(word) ? `${word}_server` : word;
}
