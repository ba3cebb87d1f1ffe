// Every programming language.

import type { Language } from './language.ts';

export const languages: readonly Language[] = [];
