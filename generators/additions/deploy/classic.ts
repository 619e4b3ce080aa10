/** For any other init: a script, its user, its folders, and what its logs need. */

import type { Contributed } from '../../../src/plan/contribution.ts';
import type { FileIntent } from '../../../src/plan/generator.ts';
import type { Spec } from '../../../src/spec/spec.ts';
import { type DeployFile, hostView, logFiles } from './host.ts';

export function classicFiles(
  spec: Spec,
  contributed: Contributed,
  port: number,
): readonly DeployFile[] {
  const host = hostView(spec, contributed, port);
  const { name, interpreter, program } = host;
  const has = (key: string): boolean =>
    contributed.settings.items.some((setting) => setting.key === key);
  const detaches = has('daemon') && has('pid-file');
  const becomes = detaches && has('user');
  const pidFile = `/run/${name}/${name}.pid`;
  const own = [
    ...(detaches ? [`--daemon --pid-file ${pidFile}`] : []),
    ...(becomes ? [`--user ${name}`] : []),
  ];
  const starting = [
    ...(detaches ? [] : ['--background --make-pidfile']),
    ...(becomes ? [] : [`--chuid ${name}`]),
  ];
  const view = {
    ...host,
    detaches,
    becomes,
    pidFile,
    flags: [host.flags, ...own].join(' '),
    executable: interpreter ?? program,
    script: interpreter === null ? null : program,
    starting: starting.join(' '),
    isService: false,
  };
  const folder = 'deploy/classic';
  const file = (suffix: string, template: string, mode: FileIntent['mode'] = 0o644): DeployFile => {
    return { path: `${folder}/${name}.${suffix}`, template: `classic/${template}`, view, mode };
  };
  return [
    file('init', 'init', 0o755),
    file('sysusers.conf', 'sysusers.conf'),
    file('tmpfiles.conf', 'tmpfiles.conf'),
    ...logFiles(folder, view),
  ];
}
