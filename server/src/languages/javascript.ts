// JavaScript, of ES modules and of CommonJS.

import { ecmascript } from './ecmascript.ts';

export const javascript = ecmascript('javascript', ['.js', '.cjs', '.mjs', '.jsx'], () => 'javascript');
