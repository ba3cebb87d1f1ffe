// Every programming language.

import type { Language } from './language.ts';
import { python } from './python.ts';

export const languages: readonly Language[] = [python];
