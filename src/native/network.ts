/** Whether what a build fetches can be had from here. */

import { setTimeout as sleep } from 'node:timers/promises';

/** Where the libraries of C++ projects are fetched from: `cmake/dependencies.cmake`. */
const kHost = 'github.com';
/** A resolver that doesn't answer is asked again for much longer by those who fetch. */
const kPatienceMs = 3_000;

/** False where the host's name can't be found. A proxy finds it itself. */
export async function isOnline(
  env: Readonly<Record<string, string | undefined>>,
  host: string = kHost,
): Promise<boolean> {
  if (env.https_proxy || env.HTTPS_PROXY || env.all_proxy || env.ALL_PROXY) return true;
  // Only now: most commands ask for nobody.
  const { lookup } = await import('node:dns/promises');
  const found = lookup(host).then(
    () => true,
    () => false,
  );
  return await Promise.race([found, sleep(kPatienceMs, false, { ref: false })]);
}
