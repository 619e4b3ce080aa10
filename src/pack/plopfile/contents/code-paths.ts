/** What the path of a pack's file tells about it. */

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** Written by the pack's author, not installed. */
export function isOwn(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path);
}
