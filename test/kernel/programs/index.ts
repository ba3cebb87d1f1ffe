// Every program of the kernel suite.

import type { KernelProgram } from '../program.ts';
import { node } from './node.ts';
import { python } from './python.ts';
import { shell } from './shell.ts';

export const programs: readonly KernelProgram[] = [...python, ...node, ...shell];
