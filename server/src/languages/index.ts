// Every programming language.

import { csharp } from './csharp.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { javascript } from './javascript.ts';
import { kotlin } from './kotlin.ts';
import type { Language } from './language.ts';
import { php } from './php.ts';
import { python } from './python.ts';
import { ruby } from './ruby.ts';
import { rust } from './rust.ts';
import { typescript } from './typescript.ts';

export const languages: readonly Language[] = [
  python,
  javascript,
  typescript,
  csharp,
  go,
  java,
  kotlin,
  ruby,
  rust,
  php,
];
