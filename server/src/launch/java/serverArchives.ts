// Archives that are servers themselves and are given a WAR: jetty-runner, webapp-runner, Jetty's start.jar.

import { commandDefaults } from '../../aws/commandDefaults.ts';
import type { Value } from '../../facts/value.ts';
import { serverListens, workspaceFile } from '../argv.ts';
import { parseFlags } from '../flags.ts';
import type { ContainerProcess, Outcome } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { connectorsListen } from '../launchers/tomcat.ts';
import { lastSegment } from '../text.ts';
import { wordFrom } from '../words.ts';
import type { JavaStart } from './commandLine.ts';
import { jettyConnectors, serverFile } from './serverFiles.ts';
import { propertyLayer } from './settings.ts';

/** Undefined for any other archive. */
export function serverArchive(process: ContainerProcess, path: string, start: JavaStart): Outcome | undefined {
  const name = lastSegment(path);
  if (/^jetty-runner\b.*\.jar$/.test(name)) return jettyRunner(process, start);
  if (/^webapp-runner\b.*\.jar$/.test(name)) {
    const port = parseFlags(start.arguments, { valued: [['--port']] }).last('--port');
    return serverListens(process, { server: 'webapp-runner', port, host: undefined, defaults: commandDefaults.tomcat });
  }
  return path === '/usr/local/jetty/start.jar' ? jettyStart(process, start) : undefined;
}

function jettyRunner(process: ContainerProcess, start: JavaStart): Outcome {
  const flags = parseFlags(start.arguments, {
    valued: [['--port'], ['--host'], ['--config']],
    ignored: ['--path', '--classes', '--lib', '--jar', '--log', '--out'],
  });
  const config = flags.last('--config');
  if (config === undefined) {
    return serverListens(process, {
      server: 'Jetty',
      port: flags.last('--port'),
      host: flags.last('--host'),
      defaults: commandDefaults.jetty,
    });
  }
  const uri = config.state === 'known' ? workspaceFile(process, config.value) : undefined;
  const file = uri === undefined ? undefined : serverFile(process, uri);
  if (uri === undefined || file === undefined)
    return unknownOutcome(process, "Jetty's configuration is not among the files in view");
  return connectorsListen(process, jettyConnectors(file, propertyLayer(start.properties, start.open, '-D')), uri);
}

/** The official image: `jetty.http.port=9090` among the arguments, or 8080. */
function jettyStart(process: ContainerProcess, start: JavaStart): Outcome {
  if (process.buildTexts.some((text) => /jetty\.http\.port|start\.d|\.ini\b|jetty[\w-]*\.xml/.test(text))) {
    return unknownOutcome(process, "Jetty's configuration is set in the image and is not read");
  }
  const given = start.arguments.find((word) => word.state === 'known' && /^(?:-D)?jetty\.http\.port=/.test(word.value));
  const port: Value<string> | undefined =
    given?.state === 'known' ? wordFrom(given, given.value.indexOf('=') + 1) : start.properties.get('jetty.http.port');
  return serverListens(process, { server: 'Jetty', port, host: undefined, defaults: commandDefaults.jetty });
}
