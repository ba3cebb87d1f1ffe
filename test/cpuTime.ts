// Processor time of this process: bounds on it hold however busy the machine is.

/** Milliseconds of user and system time so far. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
