// The workspace that the editor tests open, and what its preferred fix makes of it.

/** The files that the fix changes: each swaps the wrong port for the one that the program listens on. */
export const mendedFiles = ['Dockerfile', 'ecs/service-definition.json', 'ecs/task-definition.json'];
export const program = 'app.py';
export const taskDefinition = 'ecs/task-definition.json';
export const wrongPort = '5001';
export const rightPort = '5201';
export const portRule = 'container-port-not-listened-on';
export const endToEndFix = 'Serve port 5201 end to end';
