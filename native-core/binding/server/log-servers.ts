/** Log servers: lines of the program's own log are sent as datagrams, without waiting. */

import { addon } from './native.ts';

export interface LogServerOptions {
  /** `unix:/dev/log`, `loghost:514`. */
  readonly address: string;
  /** The tag of all lines. */
  readonly program: string;
  /** `daemon`, `local0`. */
  readonly facility: string;
}

interface NativeLogServers {
  /** Writes to all opened servers. `severity` is syslog's: 0 to 7. */
  readonly writeLog: (severity: number, text: string) => void;
}

const nativeServers: NativeLogServers = addon as NativeLogServers;

/** Maps pino's levels, from this one up, to syslog's severity. See: RFC 5424 section 6.2.1. */
const kSeverities = [
  [60, 2],
  [50, 3],
  [40, 4],
  [30, 6],
] as const;
const kDebug = 7;

/** The parts of a line of pino that go into the text: `GET /: a handler has failed: Error: …`. */
interface Line {
  readonly level: number;
  readonly msg?: string;
  readonly request?: string;
  readonly err?: { readonly type: string; readonly message: string; readonly stack?: string };
}

/** A destination for pino: all opened log servers. */
export const logServers: { readonly write: (line: string) => void } = {
  write: (line) => {
    const said: Line = JSON.parse(line);
    const severity = kSeverities.find(([level]) => said.level >= level)?.[1] ?? kDebug;
    nativeServers.writeLog(severity, textOf(said));
  },
};

/** As syslog.conf(5) names them. */
const kFacilities = /^(?:user|mail|daemon|auth|lpr|news|cron|authpriv|ftp|local[0-7])$/;

/** Why there is no such facility; null: there is. */
export function faultOfFacility(text: string): string | null {
  if (kFacilities.test(text)) return null;
  return 'is not a facility such as daemon, user, auth or local0 to local7';
}

function textOf({ request, msg, err }: Line): string {
  const error = err === undefined ? undefined : (err.stack ?? `${err.type}: ${err.message}`);
  return [request, msg, error].filter((part) => part !== undefined).join(': ');
}
