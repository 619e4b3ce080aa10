/** What `add deploy` writes, as its readers read it: YAML, systemd, the fields that matter. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse as parseYaml } from 'yaml';
import { generators } from '../../generators/index.ts';
import { packagedAssets } from '../../src/disk/package.ts';
import { assemble } from '../../src/plan/assemble.ts';
import { parse } from '../../src/project.ts';
import { render } from '../../src/render/render.ts';
import type { Addition } from '../../src/spec/addition.ts';
import type { Answers } from '../../src/spec/question.ts';
import { isInstalled } from '../tools.ts';
import { kProtocols } from './some-additions.ts';

const kTargets = ['docker', 'compose', 'systemd', 'kubernetes'];

async function filesOf(
  answers: Answers,
  targets: readonly string[],
  { port = 8080, more = [] }: { readonly port?: number; readonly more?: readonly Addition[] } = {},
): Promise<ReadonlyMap<string, string>> {
  const parsed = parse({ name: 'shop', ...answers });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues));
  const deployed = targets.map(
    (target): Addition => ({ kind: 'deploy', values: { target, port } }),
  );
  const additions = [...more, ...deployed];
  const assets = packagedAssets();
  const plan = assemble(generators, { ...parsed.spec, additions }, assets);
  const tree = await render(plan, assets);
  return new Map(tree.map(({ path, text }) => [path, text]));
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

  test.skipIf(!isInstalled('systemd-analyze'))('is a unit that systemd takes as it is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'unit-'));
    const unit = join(folder, 'shop.service');
    // The program is not installed here.
    writeFileSync(
      unit,
      text('deploy/shop.service').replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'),
    );
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', unit], {
      encoding: 'utf8',
    });
    rmSync(folder, { recursive: true });
    expect({ status, output: stdout + stderr }).toEqual({ status: 0, output: '' });
  });

  test('is a unit without rights, that reloads and ends as the server does', () => {
    const lines = text('deploy/shop.service').split('\n');
    for (const line of [
      'DynamicUser=yes',
      'ProtectSystem=strict',
      'CapabilityBoundingSet=',
      'LimitNOFILE=65536',
      'KillSignal=SIGTERM',
      'ExecReload=/bin/kill -HUP $MAINPID',
      'SystemCallFilter=@system-service',
    ]) {
      expect(lines).toContain(line);
    }
    // What compiles as it runs needs memory that it can write and execute.
    expect(lines.includes('MemoryDenyWriteExecute=yes')).toBe(name.startsWith('cpp'));
  });
});

test('a port below 1024 is a right of its own in a unit', async () => {
  const files = await filesOf({ language: 'cpp' }, ['systemd'], { port: 80 });
  const unit = files.get('deploy/shop.service');
  expect(unit).toContain('--listen 127.0.0.1:80\n');
  expect(unit).toContain('AmbientCapabilities=CAP_NET_BIND_SERVICE\n');
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
