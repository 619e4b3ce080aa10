/** What a program is for, as the language generators need it: values, and texts as templates. */

import type { Parts, Rendering } from './source.ts';

/** What the program is for: what serves its clients, and the texts that depend on it. */
export interface Application {
  readonly name: string;
  /** Null in a language that doesn't have it. */
  readonly cpp: CppApplication | null;
}

export interface CppApplication {
  readonly main: {
    /** Headers that `main.cc` includes, as written between the quotes. */
    readonly headers: readonly string[];
    /** The functions that `make` calls. In its view, `options` are the lines of `httpOptions`. */
    readonly functions: Rendering;
    /** Lines that make what all loops share: they can use `config` and `logs`. */
    readonly shared: readonly string[];
    /** A loop's service, a `std::unique_ptr`: it can also use what those lines declare. */
    readonly make: string;
    /** Precedes each IP address in the announcement: `http://`. */
    readonly scheme: string;
  };
  readonly config: {
    /** Headers that `config.h` includes. */
    readonly headers: readonly string[];
    /** `options`: lines that set `options` from `config`; `declarations`; `definitions`. */
    readonly parts: Parts;
  };
  /** `intro`, `try`, `places`, `code` and `running`. */
  readonly readme: Parts;
  /** Arguments with which tests start the program: C++ expressions that can use `folder_`. */
  readonly flags: readonly string[];
}
