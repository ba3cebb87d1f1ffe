// Every format, in the order they are asked whether a file is theirs.

import { ecsJson } from './ecsJson.ts';
import type { Source } from './source.ts';

export const sources: readonly Source[] = [ecsJson];
