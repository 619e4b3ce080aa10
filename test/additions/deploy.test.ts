/** Images and what runs them, as their readers read them: YAML, the fields that matter. */

import { beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { filesOf, kTargets } from './deployed-files.ts';
import { kProtocols } from './some-additions.ts';

const kProjects = ['cpp', 'typescript'].flatMap((language) =>
  ['epoll', 'io_uring'].map((io) => [`${language} ${io}`, { language, 'io.model': io }] as const),
);

describe.each(kProjects)('the deployment of %s', (name, answers) => {
  let files: ReadonlyMap<string, string>;
  const isUring = name.includes('io_uring');
  const text = (path: string): string => files.get(path) ?? '';

  beforeAll(async () => {
    files = await filesOf(answers, kTargets);
  });

  test('is an image without root that is tested, asked and told to end', () => {
    const lines = text('Dockerfile').split('\n');
    expect(lines.filter((line) => line.startsWith('FROM '))).not.toEqual([]);
    expect(lines).toContain('USER 65532:65532');
    expect(lines).toContain('STOPSIGNAL SIGTERM');
    expect(lines.filter((line) => line.startsWith('HEALTHCHECK'))).toHaveLength(1);
    // A build has Docker's own seccomp profile, under which no ring can be made.
    const tested = lines.some((line) => /^RUN (ctest|npm test)/.test(line));
    expect(tested).toBe(!isUring);
    expect(text('Dockerfile').includes('seccomp=unconfined')).toBe(isUring);
    expect(text('Dockerfile').includes('liburing2')).toBe(isUring);
  });

  test('copies nothing into its image that the build context leaves out', () => {
    const ignored = text('.dockerignore')
      .split('\n')
      .filter((line) => /^[a-z.]/.test(line));
    const copied = [...text('Dockerfile').matchAll(/^COPY (?!--from)(\S+) /gm)];
    for (const [, path = ''] of copied) expect(ignored).not.toContain(path);
  });

  test('is a service of Compose that may write nothing and has the time to drain', () => {
    const { services } = parseYaml(text('compose.yaml'));
    const options = ['no-new-privileges:true', ...(isUring ? ['seccomp:unconfined'] : [])];
    expect(services.shop).toMatchObject({
      build: '.',
      ports: ['127.0.0.1:8080:8080'],
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: options,
      stop_grace_period: '20s',
    });
  });

  test('is a Deployment that is asked, hardened and given the time to drain', () => {
    const deployment = parseYaml(text('deploy/kubernetes/deployment.yaml'));
    const { metadata, spec: pod } = deployment.spec.template;
    expect(deployment.spec.selector.matchLabels).toEqual(metadata.labels);
    expect(pod.terminationGracePeriodSeconds).toBeGreaterThan(5 + 10);
    expect(pod.securityContext).toMatchObject({
      runAsNonRoot: true,
      seccompProfile: { type: isUring ? 'Unconfined' : 'RuntimeDefault' },
    });
    const probe = { httpGet: { path: '/healthz', port: 'http' } };
    expect(pod.containers).toMatchObject([
      {
        args: ['--listen', '0.0.0.0:8080'],
        ports: [{ name: 'http', containerPort: 8080 }],
        readinessProbe: probe,
        livenessProbe: probe,
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
      },
    ]);
  });

  test('is a Service that finds its pods', () => {
    const deployment = parseYaml(text('deploy/kubernetes/deployment.yaml'));
    const service = parseYaml(text('deploy/kubernetes/service.yaml'));
    expect(service.spec.selector).toEqual(deployment.spec.selector.matchLabels);
    expect(service.spec.ports).toEqual([{ name: 'http', port: 8080, targetPort: 'http' }]);
  });
});

test('processes are counted together, and the parent ends its own', async () => {
  const processes = { 'concurrency.model': 'sharded', 'workers.kind': 'process' };
  const files = await filesOf({ language: 'cpp', ...processes }, kTargets);
  expect(files.get('deploy/shop.service')).toContain('\nKillMode=mixed\n');
  expect(files.get('deploy/kubernetes/deployment.yaml')).toContain('all worker processes');
});

test.each(['cpp', 'typescript'])('a protocol is published where HTTP is: %s', async (language) => {
  const files = await filesOf({ language }, kTargets, { more: kProtocols });
  expect(files.get('Dockerfile')).toContain('\nEXPOSE 9001\n');
  expect(files.get('Dockerfile')).toContain('"--listen-chat", "0.0.0.0:9000"');
  const { services } = parseYaml(files.get('compose.yaml') ?? '');
  expect(services.shop.ports).toContain('127.0.0.1:9000:9000');
  const deployment = parseYaml(files.get('deploy/kubernetes/deployment.yaml') ?? '');
  const [container] = deployment.spec.template.spec.containers;
  expect(container.args).toContain('--listen-sensor-values');
  const service = parseYaml(files.get('deploy/kubernetes/service.yaml') ?? '');
  expect(service.spec.ports.map(({ targetPort }: { targetPort: string }) => targetPort)).toEqual(
    container.ports.map(({ name }: { name: string }) => name),
  );
});

test('what needs an image brings it, and a unit does not', async () => {
  for (const target of ['compose', 'kubernetes']) {
    expect((await filesOf({ language: 'cpp' }, [target])).has('Dockerfile')).toBe(true);
  }
  expect((await filesOf({ language: 'cpp' }, ['systemd'])).has('Dockerfile')).toBe(false);
});

test.each(['a--', 'n'.repeat(64), `${'n'.repeat(62)}-x`])(
  'the name "%s" becomes a label that a cluster takes',
  async (name) => {
    const files = await filesOf({ name, language: 'cpp' }, ['kubernetes']);
    const service = parseYaml(files.get('deploy/kubernetes/service.yaml') ?? '');
    expect(service.metadata.name).toMatch(/^[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
  },
);
