// Adds up what starting this extension costs the extension host: processor time, because the clock of a busy machine also
// counts what others do. Imported first, so that loading the rest counts too.

const loadedAt = processorTime();
let spent = 0;

/** In milliseconds, of this process. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function activated(): void {
  spent += processorTime() - loadedAt;
}

export function spentSince(begin: number): void {
  spent += processorTime() - begin;
}

export function startupCost(): number {
  return spent;
}
