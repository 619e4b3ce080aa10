/** Images and the files that run them, parsed as YAML: the relevant fields. */

import { run as lintDockerfile } from 'dockerfilelint';
import { Deployment } from 'kubernetes-models/apps/v1';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { filesOf, kDelay, kTargets } from './deployed-files.ts';
import { kProtocols } from './some-additions.ts';

/** Parses YAML as clusters do: to them, `off` isn't a text. */
function parseYaml(text: string) {
  return parse(text, { version: '1.1' });
}

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
    // A build runs under Docker's own seccomp profile, which forbids creating a ring.
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
    const { services } = parse(text('compose.yaml'));
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

  test('is manifests that the schemas of Kubernetes accept', () => {
    const read = (kind: string) => parseYaml(text(`deploy/kubernetes/${kind}.yaml`));
    new Deployment(read('deployment')).validate();
    new HorizontalPodAutoscaler(read('autoscaler')).validate();
    new NetworkPolicy(read('network-policy')).validate();
    new PodDisruptionBudget(read('disruption-budget')).validate();
    new Service(read('service')).validate();
  });

  test('is an image that dockerfilelint has nothing to say about', () => {
    const faults = lintDockerfile('/', text('Dockerfile')).map(({ line, ...fault }) => {
      return { ...fault, on: text('Dockerfile').split('\n')[line - 1] };
    });
    // The linter mistakes an earlier stage for an image.
    expect(faults.filter(({ on = '' }) => !/^FROM (build|prune)( |$)/.test(on))).toEqual([]);
  });

  test('is manifests of one label each, that is scaled and disrupted with care', () => {
    const read = (kind: string) => parseYaml(text(`deploy/kubernetes/${kind}.yaml`)).spec;
    const labels = { 'app.kubernetes.io/name': 'shop' };
    expect(read('autoscaler').scaleTargetRef.name).toBe('shop');
    expect(read('deployment')).not.toHaveProperty('replicas');
    expect(read('disruption-budget').selector.matchLabels).toEqual(labels);
    expect(read('network-policy')).toEqual({
      podSelector: { matchLabels: labels },
      policyTypes: ['Ingress', 'Egress'],
      ingress: [{ ports: [{ port: 'http' }] }],
      egress: [],
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
        startupProbe: probe,
        readinessProbe: probe,
        livenessProbe: probe,
        lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
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
  const { services } = parse(files.get('compose.yaml') ?? '');
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

const kListeners = ['cpp', 'typescript'].flatMap((language) =>
  ['unix', 'loopback'].map((listen) => [language, listen] as const),
);

describe.each(kListeners)('with an admin listener in %s, by default at %s', (language, listen) => {
  const answers = { language, 'admin.listen': listen };

  const containerIn = (files: ReadonlyMap<string, string>) => {
    const { spec } = parseYaml(files.get('deploy/kubernetes/deployment.yaml') ?? '');
    return { pod: spec.template.spec, container: spec.template.spec.containers[0] };
  };

  test('a pod is asked there, and ends when nobody sends it requests any more', async () => {
    const files = await filesOf(answers, ['kubernetes']);
    const { pod, container } = containerIn(files);
    const ask = (path: string) => ({ httpGet: { path, port: 'admin' } });
    expect(container).toMatchObject({
      ports: [{ name: 'http' }, { name: 'admin', containerPort: 9090 }],
      startupProbe: ask('/healthz'),
      readinessProbe: { ...ask('/readyz'), periodSeconds: 2, failureThreshold: 1 },
      livenessProbe: ask('/healthz'),
    });
    expect(container.args.join(' ')).toContain('--admin 0.0.0.0:9090 --drain-delay-ms 5000');
    // No hook delays the shutdown: the server itself does.
    expect(container).not.toHaveProperty('lifecycle');
    expect(pod.terminationGracePeriodSeconds).toBe(30);
    new Deployment(parseYaml(files.get('deploy/kubernetes/deployment.yaml') ?? '')).validate();
    const policy = parseYaml(files.get('deploy/kubernetes/network-policy.yaml') ?? '');
    new NetworkPolicy(policy).validate();
    expect(policy.spec.ingress[1].ports).toEqual([{ port: 'admin' }]);
  });

  test('a container is asked there, at its own loopback', async () => {
    const files = await filesOf(answers, ['compose']);
    const image = files.get('Dockerfile');
    expect(image).toContain('http://127.0.0.1:9090/healthz');
    // The flag is given only if its value isn't the default anyway.
    const isTold = /^CMD .*"--admin", "127\.0\.0\.1:9090"/m.test(image ?? '');
    expect(isTold).toBe(listen === 'unix');
  });
});

test('a container logs to whoever runs it', async () => {
  const logs = { 'log.targets': ['stderr', 'file'], 'log.access': 'json' };
  const files = await filesOf({ language: 'cpp', ...logs }, ['kubernetes']);
  const own = ['--log', 'stderr', '--access-log', 'stderr'];
  const { spec } = parseYaml(files.get('deploy/kubernetes/deployment.yaml') ?? '');
  expect(spec.template.spec.containers[0].args.slice(2)).toEqual(own);
  expect(files.get('Dockerfile')).toContain('"--log", "stderr", "--access-log", "stderr"]');
});

test('where no other place is, a container has no line per request', async () => {
  const logs = { 'log.targets': ['file'], 'log.access': 'json' };
  const files = await filesOf({ language: 'cpp', ...logs }, ['kubernetes']);
  const { spec } = parseYaml(files.get('deploy/kubernetes/deployment.yaml') ?? '');
  // Without its quotes, YAML 1.1 would read this as false.
  expect(spec.template.spec.containers[0].args.at(-1)).toBe('off');
});

test('a policy lets a server reach what it calls', async () => {
  const answers = { language: 'cpp', 'pools.connections': 'fixed', 'log.targets': ['udp'] };
  const files = await filesOf(answers, ['kubernetes']);
  const { spec } = parseYaml(files.get('deploy/kubernetes/network-policy.yaml') ?? '');
  expect(spec.egress.slice(1)).toEqual([
    { ports: [{ port: 8081, protocol: 'TCP' }] },
    { ports: [{ port: 514, protocol: 'UDP' }] },
  ]);
});

test('a container that is delayed as well as drained has the time for both', async () => {
  const files = await filesOf({ language: 'cpp' }, ['compose'], kDelay);
  const { services } = parse(files.get('compose.yaml') ?? '');
  expect(services.shop.stop_grace_period).toBe('25s');
});
