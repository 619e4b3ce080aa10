/** Whether the downloads a build needs are reachable from here. */

import { setTimeout as sleep } from 'node:timers/promises';

/** Where C++ projects fetch their libraries from: `cmake/dependencies.cmake`. */
const kHost = 'github.com';
/**
 * How long to wait for a resolver. The tools that download would wait much longer for one that
 * doesn't answer.
 */
const kPatienceMs = 3_000;

/** False if the host's name can't be resolved. A proxy resolves it itself. */
export async function isOnline(
  env: Readonly<Record<string, string | undefined>>,
  host: string = kHost,
): Promise<boolean> {
  if (env.https_proxy || env.HTTPS_PROXY || env.all_proxy || env.ALL_PROXY) return true;
  // Imported only here, because most commands look up no host.
  const { lookup } = await import('node:dns/promises');
  const found = lookup(host).then(
    () => true,
    () => false,
  );
  return await Promise.race([found, sleep(kPatienceMs, false, { ref: false })]);
}
