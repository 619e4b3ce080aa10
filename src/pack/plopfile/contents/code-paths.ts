/** What a path below a pack says of its file. */

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** Written by the pack's author, and not installed. */
export function isOwn(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path);
}
