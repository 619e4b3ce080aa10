import type { Handler } from '../server/routes.ts';

/**
 * For those who watch the server, such as an orchestrator or a load balancer. It says that requests
 * are answered, and asks nobody else: a database that is down is no reason to restart.
 */
export const healthz: Handler = (_request, response) => {
  response.send('ok\n');
};
