/** The npm client the user works with: npm, pnpm or yarn. */

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The command in that client's form. Yarn 2 and later keeps packages in archives by default, where
 * C++ compilers can't find an addon's headers: npm is used instead. See:
 * https://docs.npmjs.com/cli/v11/using-npm/config#user-agent, which all of them set.
 */
export function byNpmClient(argv: readonly string[], env: Environment): readonly string[] {
  const [program, ...rest] = argv;
  const [own = 'npm'] = /^(?:pnpm|yarn(?=\/1\.))/.exec(env.npm_config_user_agent ?? '') ?? [];
  return program === 'npm' ? [own, ...rest] : argv;
}
