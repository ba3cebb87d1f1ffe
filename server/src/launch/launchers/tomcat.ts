// Tomcat's own start scripts: the HTTP connectors of server.xml, 8080 where the image's own file stays as it is.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Uri } from '../../base/uri.ts';
import type { ListenedPort } from '../../facts/listens.ts';
import type { Step } from '../../facts/value.ts';
import { known } from '../../facts/value.ts';
import { normalizeHost, portNumber } from '../address.ts';
import { argumentsOf, knownCommand, listensNone, serverListens, workspaceFile } from '../argv.ts';
import { optionsOf } from '../java/commandLine.ts';
import type { Connector } from '../java/serverFiles.ts';
import { serverFile, tomcatConnectors } from '../java/serverFiles.ts';
import type { Layer } from '../java/settings.ts';
import { propertyLayer } from '../java/settings.ts';
import type { ContainerProcess, Launcher, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { step, wordText } from '../text.ts';

/** What a build may do to the settings without a file of the workspace. */
const REWRITES = /\bsed\b.*server\.xml|server\.xml.*\bsed\b|>\s*\S*server\.xml/;

export const tomcat: Launcher = {
  id: 'tomcat',
  runs: (command) => /^(?:catalina|startup)\.sh$/.test(command),
  resolve(process) {
    const verb = argumentsOf(process).map(wordText)[0];
    const isStart =
      (knownCommand(process) ?? '').endsWith('startup.sh') || verb === 'run' || verb === 'start' || verb === 'jpda';
    if (!isStart) return listensNone(process);
    if (process.buildTexts.some((text) => REWRITES.test(text))) {
      return unknownOutcome(process, 'the build rewrites server.xml of Tomcat');
    }
    const uri = settingsFile(process);
    if (uri === undefined)
      return serverListens(process, {
        server: 'Tomcat',
        port: undefined,
        host: undefined,
        defaults: commandDefaults.tomcat,
      });
    const file = serverFile(process, uri);
    if (file === undefined) return unknownOutcome(process, `${process.shownPath(uri)} could not be read`, uri);
    return connectorsListen(process, tomcatConnectors(file, systemProperties(process)), uri);
  },
};

function settingsFile(process: ContainerProcess): Uri | undefined {
  const command = knownCommand(process) ?? '';
  const home = process.environment.get('CATALINA_BASE') ?? process.environment.get('CATALINA_HOME');
  const folders = [
    command.replace(/\/?bin\/[^/]+$/, ''),
    home?.state === 'known' ? home.value : '',
    '/usr/local/tomcat',
  ];
  return folders.filter(Boolean).flatMap((folder) => workspaceFile(process, `${folder}/conf/server.xml`) ?? [])[0];
}

/** https://tomcat.apache.org/tomcat-10.1-doc/RUNNING.txt */
function systemProperties(process: ContainerProcess): Layer {
  const layers = ['CATALINA_OPTS', 'JAVA_OPTS'].map((name) => {
    const { properties, open } = optionsOf(process.environment.get(name));
    return propertyLayer(properties, open, '-D');
  });
  return (key) => layers.map((layer) => layer(key)).find((value) => value !== undefined);
}

export function connectorsListen(process: ContainerProcess, connectors: readonly Connector[], uri: Uri): Outcome {
  const file: Step = step({ uri, span: { start: 0, end: 0 } }, process.shownPath(uri));
  const ports: ListenedPort[] = [];
  for (const { port, host } of connectors) {
    const number = port.state === 'known' ? portNumber(port.value) : undefined;
    if (port.state !== 'known' || number === undefined) {
      return unknownOutcome(
        process,
        `the port \`${wordText(port)}\` in ${process.shownPath(uri)} cannot be decided`,
        uri,
      );
    }
    const address = host === undefined || host.state !== 'known' ? known('0.0.0.0', port.at) : host;
    ports.push({
      port: known(number, port.at, port.trail),
      host: { ...address, value: normalizeHost(address.value) },
      because: [...process.trail, file, ...(port.trail ?? [])],
    });
  }
  if (ports.length === 0) return unknownOutcome(process, `no connector is named in ${process.shownPath(uri)}`, uri);
  return { kind: 'listens', listens: { state: 'known', ports }, program: uri };
}
