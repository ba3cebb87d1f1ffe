// Every program of the kernel suite.

import type { KernelProgram } from '../program.ts';
import { go } from './go.ts';
import { java } from './java.ts';
import { node } from './node.ts';
import { phpFpm } from './phpFpm.ts';
import { python } from './python.ts';
import { rackServers } from './rackServers.ts';
import { rust } from './rust.ts';
import { serverConfigurations } from './serverConfigurations.ts';
import { shell } from './shell.ts';
import { webServers } from './webServers.ts';

export const programs: readonly KernelProgram[] = [
  ...python,
  ...node,
  ...shell,
  ...go,
  ...rust,
  ...java,
  ...webServers,
  ...serverConfigurations,
  ...rackServers,
  ...phpFpm,
];
