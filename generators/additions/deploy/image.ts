/** A server's image, and what runs it: plain Docker, Compose, Kubernetes. */

import type { Contributed, Port } from '../../../src/plan/contribution.ts';
import { drainOf, type Setting } from '../../../src/plan/setting.ts';
import { answerOf, type Spec } from '../../../src/spec/spec.ts';
import { crewOf } from '../../architecture/settings/crew.ts';
import { isCpp } from '../intent.ts';
import { type DeployFile, delayOf, kPatienceBeyondDrain } from './host.ts';
import { flagsOf, type Placed, placedInImage } from './places.ts';
import { imageOf } from './questions.ts';

interface ImageView {
  readonly name: string;
  /**
   * The name in the form registries and clusters accept: no dash at the end, 63 letters at most.
   */
  readonly label: string;
  /** The port at which clients reach the server. */
  readonly port: number;
  /** The port on which the program listens for clients inside the container. */
  readonly inside: number;
  readonly beside: readonly Port[];
  /** The path of the health check. */
  readonly probe: string;
  /** The port of the health check. */
  readonly asked: number;
  /** Seconds between the request to stop and SIGKILL. */
  readonly patience: number;
  readonly drain: { readonly key: string; readonly seconds: number };
  /** The program's arguments in an image; `command` is the same list as JSON. */
  readonly args: readonly string[];
  readonly command: string;
  readonly cpp: boolean;
  readonly liburing: boolean;
  /** The Debian packages of the features' libraries. */
  readonly libraries: readonly { readonly build: string; readonly run: string | null }[];
  /**
   * Whether "auto" workers depend on the number of cores: the program counts the machine's cores,
   * whatever the container's CPU limit.
   */
  readonly countsCores: boolean;
  readonly forks: boolean;
}

export function dockerFiles(spec: Spec, contributed: Contributed): readonly DeployFile[] {
  const [first] = contributed.ports.items;
  const view = imageView(spec, contributed, first?.number ?? 0);
  const language = isCpp(spec) ? 'cpp' : 'typescript';
  return [
    { path: 'Dockerfile', template: `${language}/Dockerfile`, view },
    { path: '.dockerignore', template: 'dockerignore', view },
  ];
}

export function composeFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = imageView(spec, contributed, port);
  return [{ path: 'compose.yaml', template: 'compose.yaml', view }];
}

export function kubernetesFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const view = clusterView(spec, contributed, port);
  const kinds = ['autoscaler', 'deployment', 'disruption-budget', 'network-policy', 'service'];
  return kinds.map((kind) => ({
    path: `deploy/kubernetes/${kind}.yaml`,
    template: `kubernetes/${kind}.yaml`,
    view,
  }));
}

function imageView(spec: Spec, contributed: Contributed, port: number): ImageView {
  const name = String(answerOf(spec, 'name'));
  const crew = crewOf(spec);
  const ports = contributed.ports.items;
  const [first] = ports;
  const drain = drainOf(contributed.settings.items);
  const seconds = drain.ms / 1000;
  const admin = adminOf(contributed.settings.items);
  const inside = first?.number ?? port;
  const args = argsOf(contributed, admin === null ? [] : adminInImage(admin));
  return {
    name,
    label: imageOf(name),
    port,
    inside,
    beside: ports.slice(1),
    probe: admin === null ? probeOf(contributed) : '/healthz',
    asked: admin?.port ?? inside,
    drain: { key: drain.key, seconds },
    patience: Math.ceil(seconds + delayOf(contributed) / 1000) + kPatienceBeyondDrain,
    args,
    command: `[${args.map((arg) => JSON.stringify(arg)).join(', ')}]`,
    cpp: isCpp(spec),
    liburing: answerOf(spec, 'io.model') === 'io_uring',
    libraries: contributed.libraries.items.flatMap(({ cpp }) => (cpp === null ? [] : [cpp.debian])),
    countsCores: crew?.perCore !== undefined && crew.perCore !== null,
    forks: spec.values['workers.kind'] === 'process',
  };
}

interface Admin {
  readonly port: number;
  /** Whether the admin listener uses that loopback port by default. */
  readonly isThere: boolean;
}

const kAdminPort = 9090;

/** The listener for health and metrics; null if the server itself answers health checks. */
function adminOf(settings: readonly Setting[]): Admin | null {
  const setting = settings.find(({ key }) => key === 'admin');
  if (setting === undefined) return null;
  const [, port] = /^127\.0\.0\.1:(\d+)$/.exec(String(setting.takes.default)) ?? [];
  return { port: Number(port ?? kAdminPort), isThere: port !== undefined };
}

/** Loopback is private to the container, and there is no folder for a UNIX socket. */
function adminInImage({ port, isThere }: Admin): readonly Placed[] {
  return isThere ? [] : [{ key: 'admin', value: `127.0.0.1:${port}`, needs: null }];
}

/**
 * Listens on all addresses: nothing else listens in a container, and only published ports can be
 * reached.
 */
function argsOf({ ports, settings }: Contributed, more: readonly Placed[]): readonly string[] {
  const listens = ports.items.flatMap(({ key, number }) => [`--${key}`, `0.0.0.0:${number}`]);
  return [...listens, ...flagsOf([...more, ...placedInImage(settings.items)])];
}

function probeOf({ ports, probes }: Contributed): string {
  const [first] = ports.items;
  return probes.items.find((probe) => probe.port === first?.name)?.path ?? '/';
}

interface Reached {
  readonly key: string;
  readonly protocol: 'TCP' | 'UDP';
  readonly port: string;
}

interface ClusterView extends ImageView {
  readonly metricsPort: number | null;
  readonly ready: string;
  /** The name of the port that a node probes. */
  readonly askedAt: string;
  /** Whether the server itself keeps serving until no more requests are sent to it. */
  readonly delays: boolean;
  readonly endpointsSeconds: number;
  /** Seconds until SIGKILL: `endpointsSeconds`, the drain and a margin. */
  readonly grace: number;
  /** Each argument in quotes: clusters read YAML 1.1, in which a bare `off` means false. */
  readonly quoted: readonly string[];
  /** The servers that this server connects to. */
  readonly reached: readonly Reached[];
}

/** How many seconds a Service may go on sending requests to a pod that is being stopped. */
const kEndpointsSeconds = 5;

function clusterView(spec: Spec, contributed: Contributed, port: number): ClusterView {
  const view = imageView(spec, contributed, port);
  const settings = contributed.settings.items;
  const admin = adminOf(settings);
  const delays = settings.some(({ key }) => key === 'drain-delay-ms');
  const placed: readonly Placed[] = [
    // A node probes over the network; the network policy says who else may connect.
    ...(admin === null
      ? []
      : [{ key: 'admin', value: `0.0.0.0:${admin.port}`, needs: null } as const]),
    ...(delays
      ? [{ key: 'drain-delay-ms', value: String(kEndpointsSeconds * 1000), needs: null } as const]
      : []),
  ];
  return {
    ...view,
    quoted: argsOf(contributed, placed).map((arg) => JSON.stringify(arg)),
    metricsPort: admin?.port ?? null,
    ready: admin === null ? view.probe : '/readyz',
    askedAt: admin === null ? 'http' : 'admin',
    delays,
    endpointsSeconds: kEndpointsSeconds,
    grace: kEndpointsSeconds + Math.ceil(view.drain.seconds) + kGraceBeyondDrain,
    reached: reachedBy(settings),
  };
}

const kGraceBeyondDrain = 15;

const kReached: Readonly<Record<string, Reached['protocol']>> = {
  upstream: 'TCP',
  'log-udp': 'UDP',
};

function reachedBy(settings: readonly Setting[]): readonly Reached[] {
  return settings.flatMap(({ key, takes }) => {
    const protocol = kReached[key];
    const [port] = /\d+$/.exec(String(takes.default)) ?? [];
    return protocol === undefined || port === undefined ? [] : [{ key, protocol, port }];
  });
}
