/** Every feature: one folder, and one line here. */

import type { Generator } from '../src/plan/generator.ts';
import { deploy } from './additions/deploy/generator.ts';
import { handler } from './additions/handler/generator.ts';
import { middleware } from './additions/middleware/generator.ts';
import { protocol } from './additions/protocol/generator.ts';
import { route } from './additions/route/generator.ts';
import { http } from './applications/http/generator.ts';
import { architecture } from './architecture/generator.ts';
import { cpp } from './cpp/generator.ts';
import { daemon } from './daemon/generator.ts';
import { log } from './log/generator.ts';
import { admin } from './operations/admin/generator.ts';
import { limits } from './operations/limits/generator.ts';
import { proxies } from './operations/proxy-protocol/generator.ts';
import { naming } from './operations/request-ids/generator.ts';
import { project } from './project/generator.ts';
import { typescript } from './typescript/generator.ts';
import { upstream } from './upstream/generator.ts';

/** Questions are asked in this order; a question comes after those its condition refers to. */
export const generators: readonly Generator[] = [
  project,
  architecture,
  upstream,
  http,
  log,
  limits,
  admin,
  daemon,
  proxies,
  naming,
  cpp,
  typescript,
  route,
  handler,
  middleware,
  protocol,
  deploy,
];
