// Configuration files of web servers, proxies and process supervisors, and templates of them: nginx.conf, Caddyfile,
// httpd.conf, haproxy.cfg, www.conf, supervisord.conf, Procfile. Their text is kept: what a build or an entry script
// makes of it, and which of its lines apply, is for `launch/`.

import { locationOf, type TextEdit } from '../base/text.ts';
import { basename, type Uri } from '../base/uri.ts';
import type { Source } from './source.ts';

/** Files that nothing else can be. */
const OWN =
  /^(?:(?:.*\.)?Caddyfile(?:\..*)?|(?:.*\.)?Procfile(?:\..*)?|haproxy[\w.-]*\.cfg|(?:.*[._-])?nginx[\w.-]*\.(?:conf|cfg|template|tmpl|tpl|j2|erb)|lighttpd[\w.-]*\.conf|supervisor[\w.-]*\.(?:conf|ini)|httpd\.conf|php-?fpm[\w.-]*\.conf|apache2?\.conf|.*\.vcl|000-default\.conf|ports\.conf)$/i;
const MAYBE = /\.(?:conf|cfg|ini|template|tmpl|tpl|j2|jinja2?|erb|prod|production|ecs|http|default)$|^[^.]+$/i;
/** A line that only such a file has; looked for at its start, where a person finds it too. */
const MARKS = [
  /^[ \t]*(?:server|http|stream|events|upstream[ \t]+\S+)[ \t\r\n]*\{/m,
  /^[ \t]*(?:proxy_pass|fastcgi_pass|include|listen)[ \t]+[^;\n]{1,200};/m,
  /^[ \t]*<(?:VirtualHost|Directory|IfModule)\b/m,
  /^[ \t]*Listen[ \t]+\S/m,
  /^[ \t]*\[(?:supervisord|unix_http_server|(?:program|group|fcgi-program|include|eventlistener)(?::[^\]\n]{1,100})?)\]/m,
  /^[ \t]*listen[ \t]*=/m,
  /^[ \t]*include[ \t]*=[ \t]*\S{1,200}\.conf\b/m,
  /^[ \t]*server\.(?:port|bind|modules|document-root)[ \t]*\+?=/m,
  /^[ \t]*(?:frontend|backend|listen)[ \t]+\S+[ \t]*$/m,
  /^#!\/[^\r\n]{0,60}\bexeclineb\b/,
];
const LONGEST_LOOK = 100_000;

export const serverConfig: Source = {
  id: 'serverConfig',
  discovery: 'onDemand',
  comment: '#',
  claims(uri: Uri) {
    const name = basename(uri);
    if (OWN.test(name)) return 'yes';
    return MAYBE.test(name) ? 'maybe' : 'no';
  },
  recognizes(text) {
    const head = text.slice(0, LONGEST_LOOK);
    return MARKS.some((mark) => mark.test(head));
  },
  extract: ({ uri, text }) => {
    const at = locationOf(uri, 0, text.length);
    return { uri, source: 'serverConfig', facts: [{ kind: 'serverConfig', at, text }], problems: [] };
  },
  edit(file, intent): readonly TextEdit[] {
    if (intent.kind !== 'replace' || intent.at.uri !== file.uri) return [];
    const { start, end } = intent.at.span;
    const value = String(intent.value);
    // Anything but a plain word would need quoting that depends on the grammar.
    if (start > end || end > file.text.length || !/^[\w.:/-]*$/.test(value)) return [];
    return [{ span: intent.at.span, newText: value }];
  },
};
