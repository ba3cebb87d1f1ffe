// Entry of the language server's process: Node IPC where the editor forked it, else standard input and output.

import { startIpcServer, startStdioServer } from './server.ts';

if (process.argv.includes('--node-ipc')) startIpcServer();
else startStdioServer();
