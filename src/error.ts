/**
 * An expected fault is a value (`Issue`); the user's mistake is a thrown `UserError`; anything else
 * thrown is a bug.
 */

/** Exit codes, the same for every command. */
export const ExitCode = {
  done: 0,
  failure: 1,
  usage: 2,
  conflicts: 3,
  drift: 4,
  untrustedPack: 5,
  cancelled: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** One fault in the input: what is wrong, where, and how to fix it. */
export interface Issue {
  /** The question key, flag, file or line in question: `io.model`, `--workers`, `hpserver.json`. */
  readonly at: string;
  readonly message: string;
  readonly fix: string;
}

/**
 * The user's mistake, or the machine's refusal: printed without a stack trace, with the way out.
 */
export class UserError extends Error {
  readonly exitCode: ExitCode;
  readonly issues: readonly Issue[];

  constructor(exitCode: ExitCode, issues: readonly Issue[], options?: ErrorOptions) {
    super(issues.map((issue) => issue.message).join('\n'), options);
    this.name = 'UserError';
    this.exitCode = exitCode;
    this.issues = issues;
  }
}

/** Any thrown value, in words. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
