/**
 * Who may change a file: artefacts are `generated`, most are `merged`, `user` files are written
 * once.
 */
export type Owner = 'generated' | 'merged' | 'user';

export const kOwners: readonly Owner[] = ['generated', 'merged', 'user'];
