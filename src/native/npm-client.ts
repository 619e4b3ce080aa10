/** The client of npm's registry with which the user works: npm, pnpm or yarn. */

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The command as that client takes it. A yarn from 2 on keeps packages in archives by default,
 * where no C++ compiler finds the headers of an addon: it gets npm.
 * See: https://docs.npmjs.com/cli/v11/using-npm/config#user-agent, which all of them set.
 */
export function byNpmClient(argv: readonly string[], env: Environment): readonly string[] {
  const [program, ...rest] = argv;
  const [own = 'npm'] = /^(?:pnpm|yarn(?=\/1\.))/.exec(env.npm_config_user_agent ?? '') ?? [];
  return program === 'npm' ? [own, ...rest] : argv;
}
