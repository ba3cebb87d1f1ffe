// Adds up what starting this extension costs the extension host: processor time, because the clock of a busy machine also
// counts what others do. Imported first, so that loading the rest counts too.

type Usage = () => { readonly user: number; readonly system: number };

/** Of this thread alone where Node can tell (from 23.9), else of the process. */
const usage: Usage = (process as { readonly threadCpuUsage?: Usage }).threadCpuUsage ?? process.cpuUsage;

const loading = processorTime();
let spent = 0;

/** In milliseconds. */
export function processorTime(): number {
  const { user, system } = usage.call(process);
  return (user + system) / 1000;
}

/** To be called when the modules are evaluated: others run between that and the activation. */
export function loaded(): void {
  spentSince(loading);
}

export function spentSince(begin: number): void {
  spent += processorTime() - begin;
}

export function startupCost(): number {
  return spent;
}
