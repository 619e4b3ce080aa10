/** What the path of a file in a pack says about it. */

export function isCode(path: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(path);
}

/** True for code that the pack's author has written, rather than installed. */
export function isOwn(path: string): boolean {
  return !/(?:^|\/)node_modules\//.test(path);
}
