// The ids of the commands, as package.json contributes them.

export const commands = {
  check: 'steadystate.check',
  restartServer: 'steadystate.restartServer',
  showOutput: 'steadystate.showOutput',
  /** Not in the palette: links of the report call it with an address and a position. */
  openPlace: 'steadystate.openPlace',
} as const;
