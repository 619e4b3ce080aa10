/** `npx plop` in a clone: see src/plop/plopfile.ts. */

import { tsImport } from 'tsx/esm/api';

const { plopfile } = await tsImport('./src/plop/plopfile.ts', import.meta.url);

export default plopfile;
