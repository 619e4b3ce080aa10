import { describe, expect, test } from 'vitest';
import { distributionFrom } from './distribution.ts';
import { installSteps, missingPackages } from './install.ts';
import { ioUring } from './kernel.ts';
import { compareVersions, type Finding, probeAll } from './probe.ts';
import { requirements } from './requirements.ts';

describe('the distribution by its os-release', () => {
  test.each([
    ['ID=debian\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"', 'apt'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"', 'apt'],
    ['ID=fedora', 'dnf'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'dnf'],
    ["ID='manjaro'\nID_LIKE=arch", 'pacman'],
    ['ID=alpine', 'apk'],
    ['ID=nixos', null],
    ['', null],
  ])('%j installs with %s', (text, packager) => {
    expect(distributionFrom(text).packager).toBe(packager);
  });
});

test.each([
  ['3.25.1', '3.21', 1],
  ['3.9', '3.21', -1],
  ['20.19', '20.19.0', 0],
  ['20.9.1', '20.19', -1],
])('version %s beside %s', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

describe('what is missing', () => {
  const missing: readonly Finding[] = requirements.map((requirement) => ({
    requirement,
    status: 'missing',
    found: '',
  }));

  test.each(['apt', 'dnf', 'pacman', 'apk'] as const)(
    'has packages for %s, each once',
    (packager) => {
      const packages = missingPackages(missing, packager);
      expect(packages).toContain('cmake');
      expect(new Set(packages).size).toBe(packages.length);
    },
  );

  test('is installed by one command, behind a fresh package list on Debian', () => {
    const shown = (packager: 'apt' | 'dnf' | 'pacman' | 'apk') =>
      installSteps(packager, ['cmake']).map((step) => step.shown);
    expect(shown('apt')).toEqual([
      'apt-get update',
      'apt-get install -y --no-install-recommends cmake',
    ]);
    expect(shown('dnf')).toEqual(['dnf install -y cmake']);
    expect(shown('pacman')).toEqual(['pacman -S --needed --noconfirm cmake']);
    expect(shown('apk')).toEqual(['apk add cmake']);
  });

  test('a daemon is installed under a policy that forbids its start', () => {
    const script = (name: string) => installSteps('apt', [name])[1]?.argv.join(' ') ?? '';
    expect(script('nginx')).toContain('policy-rc.d');
    expect(script('cmake')).not.toContain('policy-rc.d');
  });
});

describe('io_uring', () => {
  test.each([
    [{ release: '6.18.1-generic', disabled: '0', filtered: false }, 'yes', ''],
    [{ release: '6.1.0', disabled: null, filtered: false }, 'yes', ''],
    [{ release: '6.0.19', disabled: null, filtered: false }, 'no', '6.1'],
    [{ release: '5.19.0', disabled: null, filtered: false }, 'no', '6.1'],
    [{ release: '6.8.0', disabled: '2', filtered: false }, 'no', 'kernel.io_uring_disabled=2'],
    [{ release: '6.8.0', disabled: '1', filtered: false }, 'perhaps', 'except to one group'],
    [{ release: '6.8.0', disabled: '0', filtered: true }, 'perhaps', 'seccomp'],
  ] as const)('%j: %s', (from, status, detail) => {
    const feature = ioUring(from);
    expect(feature.status).toBe(status);
    expect(feature.detail).toContain(detail);
  });
});

test.each([
  ['sys/epoll.h', 'epoll_wait', 'ok'],
  ['sys/epoll.h', 'epoll_wait_of_tomorrow', 'outdated'],
  ['no/such/header.h', 'epoll_wait', 'missing'],
] as const)('the header %s that declares %s is %s', async (header, declares, status) => {
  const requirement = {
    name: header,
    why: '',
    needs: { user: 'required' },
    probe: { kind: 'header', header, declares },
    packages: { apt: null, dnf: null, pacman: null, apk: null },
  } as const;
  expect(await probeAll([requirement], 'user')).toMatchObject([{ status }]);
});

test('only projects on io_uring require liburing; tests always do', () => {
  const conditional = requirements.filter(({ requiredWhere }) => requiredWhere !== undefined);
  expect(conditional).toMatchObject([
    {
      needs: { user: 'advised', tests: 'required' },
      requiredWhere: { 'io.model': ['io_uring'] },
      packages: { apt: 'liburing-dev' },
    },
  ]);
});
