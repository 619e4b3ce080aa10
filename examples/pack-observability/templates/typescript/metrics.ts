import type { Handler } from '../server/routes.ts';

const kStarted = Date.now() / 1000 - process.uptime();

/** Numbers of this process, as Prometheus reads them (text format 0.0.4). */
export const metrics: Handler = (_request, response) => {
  const { user, system } = process.cpuUsage();
  const lines = [
    '# TYPE process_cpu_seconds_total counter',
    `process_cpu_seconds_total ${(user + system) / 1e6}`,
    '# TYPE process_resident_memory_bytes gauge',
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    '# TYPE process_start_time_seconds gauge',
    `process_start_time_seconds ${kStarted.toFixed(3)}`,
  ];
  response.header('content-type', 'text/plain; version=0.0.4').send(`${lines.join('\n')}\n`);
};
