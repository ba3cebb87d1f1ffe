// Rows of one small program each, written short: images of Node and Python, Express and Flask programs.

import type { Workspace } from './helper.ts';
import type { Row } from './rows.ts';
import { dockerfile } from './rows.ts';

export function row(name: string, listens: Row['listens'], files: Workspace): Row {
  return { name, listens, files };
}

export function nodeImage(cmd: string, before = ''): string {
  return dockerfile('node:20', `RUN npm ci\n${before}CMD ${cmd}`);
}

export function pythonImage(cmd: string, before = ''): string {
  return dockerfile('python:3.12-slim', `RUN pip install -r requirements.txt\n${before}CMD ${cmd}`);
}

/** An Express program; `head` stands above the port's expression. */
export function express(port: string, head = ''): string {
  return `const express = require('express');\n${head}\nconst app = express();\napp.listen(${port});\n`;
}

export function flaskProgram(port: string, head = ''): string {
  const run = `if __name__ == '__main__':\n    app.run(host='0.0.0.0', port=${port})\n`;
  return `import os\nfrom flask import Flask\n${head}\napp = Flask(__name__)\n${run}`;
}

export const json = JSON.stringify;
