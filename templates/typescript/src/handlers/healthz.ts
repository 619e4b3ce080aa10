import type { Handler } from '../server/routes.ts';

/**
 * A health check for an orchestrator or a load balancer. It says that the server answers requests,
 * and checks nothing else: a database that is down is no reason to restart.
 */
export const healthz: Handler = (_request, response) => {
  response.send('ok\n');
};
