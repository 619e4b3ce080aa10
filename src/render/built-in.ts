/** The built-in templates, compiled: the build puts them here. From source there are none. */

import type { PrecompiledTemplates } from './precompiled.ts';

export const kBuiltIn: PrecompiledTemplates = {};
