// The program's name and version, from package.json.

import packageJson from '../../../package.json' with { type: 'json' };
import type { ToolName } from '../report/jsonReport.ts';

export const tool: ToolName = { name: 'steadystate', version: packageJson.version };
