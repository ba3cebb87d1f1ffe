// Every format, in the order they are asked whether a file is theirs.

import { dockerfile } from './dockerfile.ts';
import { ecsJson } from './ecsJson.ts';
import { shellScript } from './shellScript.ts';
import type { Source } from './source.ts';

export const sources: readonly Source[] = [ecsJson, dockerfile, shellScript];
