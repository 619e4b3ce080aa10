/** The lines that a traced server prints: `trace step=read pid=12 tid=13 by=worker fd=7`. */

export interface Line {
  readonly step: string;
  readonly pid: number;
  readonly tid: number;
  /** `kernel`, or the name of the thread's part. */
  readonly by: string;
  /** -1 if there is none. */
  readonly fd: number;
}

const kLine = /^trace step=([\w-]+) pid=(\d+) tid=(\d+) by=([\w-]+) fd=(-?\d+)$/gm;

/** In the order in which they were printed. */
export function linesIn(output: string): readonly Line[] {
  return [...output.matchAll(kLine)].map(([, step = '', pid, tid, by = '', fd]) => ({
    step,
    pid: Number(pid),
    tid: Number(tid),
    by,
    fd: Number(fd),
  }));
}

export function show({ step, pid, tid, by, fd }: Line): string {
  return `${step} by ${by} (process ${pid}, thread ${tid}, descriptor ${fd})`;
}
