// `cargo run --release --bin api`, and `cargo watch -x run`.

import { argumentsOf, containerPath, listensNone } from '../argv.ts';
import type { Launcher } from '../launcher.ts';
import { unknownOutcome } from '../launcher.ts';
import { wordText } from '../text.ts';
import { cargoBinaries, cargoOptions } from './cargoBuilds.ts';
import { programOutcome } from './programOutcome.ts';

export const cargoCommand: Launcher = {
  id: 'cargoCommand',
  runs: (command) => command === 'cargo',
  resolve(process) {
    const words = argumentsOf(process);
    const texts = words.map(wordText);
    const isWatch = texts[0] === 'watch' && texts.some((text) => /^run\b/.test(text));
    if (texts[0] !== 'run' && texts[0] !== 'r' && !isWatch) return listensNone(process);
    const dashes = texts.indexOf('--');
    const options = cargoOptions(dashes < 0 ? texts : texts.slice(0, dashes));
    const folder = process.image.workspaceUri(containerPath(process, options.path ?? '.'));
    const [found, another] = folder === undefined ? [] : cargoBinaries(process.files, folder, options);
    if (found === undefined)
      return unknownOutcome(process, 'the program that cargo runs is not among the files in view');
    if (another !== undefined) return unknownOutcome(process, 'cargo may run one of several programs');
    const rest = dashes < 0 ? [] : words.slice(dashes + 1);
    return programOutcome(process, found.source, { main: true, arguments: rest, language: 'rust' });
  },
};
