// The ids of the commands, as package.json contributes them.

export const commands = {
  check: 'steadystate.check',
  restartServer: 'steadystate.restartServer',
  showOutput: 'steadystate.showOutput',
  /** Not in the palette: links of the report call these. */
  openPlace: 'steadystate.openPlace',
  openRule: 'steadystate.openRule',
} as const;
