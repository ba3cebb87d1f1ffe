// application.conf and reference.conf of programs that use Typesafe's configuration: Ktor, Akka, Play.

import { locationOf } from '../base/text.ts';
import { basename } from '../base/uri.ts';
import { known } from '../facts/value.ts';
import { parseHocon } from '../syntax/hocon.ts';
import type { Source } from './source.ts';

export const hoconConfig: Source = {
  id: 'hoconConfig',
  discovery: 'onDemand',
  comment: '#',
  claims: (uri) =>
    /^(?:application|reference)(?:[.-][\w-]+)?\.(?:conf|hocon)$|\.hocon$/.test(basename(uri)) ? 'yes' : 'no',
  extract({ uri, text }) {
    const { entries, complete } = parseHocon(text);
    const at = locationOf(uri, 0, text.length);
    const values = entries.map(({ key, text: value, span, document }) => ({
      key,
      value: known(value, { uri, span }),
      document,
    }));
    return {
      uri,
      source: 'hoconConfig',
      facts: [{ kind: 'configFile', format: 'hocon', at, entries: values, complete }],
      problems: [],
    };
  },
  edit(_file, intent) {
    if (intent.kind !== 'replace' || /["\\\r\n#{}]/.test(String(intent.value))) return [];
    return [{ span: intent.at.span, newText: String(intent.value) }];
  },
};
