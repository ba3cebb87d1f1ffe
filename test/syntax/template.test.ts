import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hasTemplate, maskJsonTemplates, maskYamlTemplates, unmask } from '../../server/src/syntax/template.ts';

const texts = [
  '{"a": "${A}", "b": <B>, "c": {{ c }}}',
  '{{ if .X }}\n{"a": "{{ must_env `A` }}:{{ b }}"}\n{{ end }}',
  'a: {{ a }}\nb: "<B>/${C}"\n{% if x %}\nc: 1\n{% endif %}\n',
  '{"a": 😀, "b": __B__}',
];

describe('masking', () => {
  for (const text of texts) {
    it(`keeps length and line ends: ${JSON.stringify(text)}`, () => {
      for (const mask of [maskJsonTemplates, maskYamlTemplates]) {
        const masked = mask(text);
        assert.equal(masked.text.length, text.length);
        assert(masked.templates.length > 0);
        const lines = (one: string): number[] => [...one.matchAll(/\n/g)].map((match) => match.index);
        assert.deepEqual(lines(masked.text), lines(text));
      }
    });
  }

  it('leaves text without templates alone', () => {
    const text = '{"a": {"b": [1, "x"]}}';
    assert.equal(maskJsonTemplates(text).text, text);
  });

  it('puts templates back into decoded text, neighbors apart', () => {
    const text = '"{{a}}{{b}} and ${C}"';
    const { text: masked, templates } = maskJsonTemplates(text);
    assert.equal(unmask(masked.slice(1, -1), text, templates), '{{a}}{{b}} and ${C}');
    assert.equal(templates.length, 3);
  });

  it('tells control from value', () => {
    const kinds = (text: string): string[] => maskJsonTemplates(text).templates.map((one) => one.kind);
    assert.deepEqual(kinds('{{- if .A -}}{{ else }}{{ end }}'), ['open', 'else', 'close']);
    assert.deepEqual(kinds('{{#each xs}}{{/each}}{{! note }}'), ['open', 'close', 'silent']);
    assert.deepEqual(kinds('{% for x in y %}{{ x }}{% endfor %}'), ['open', 'value', 'close']);
    assert.deepEqual(kinds('%{ if x ~}${x}%{ endif }'), ['open', 'value', 'close']);
    assert.deepEqual(kinds('{{ with .A }}{{ $b := 1 }}{{/* c */}}'), ['wrap', 'silent', 'silent']);
  });

  it('knows the spellings of placeholders', () => {
    for (const text of [
      '<IMAGE1_NAME>',
      '<your account id>',
      '%X%',
      '__X__',
      '${X:-1}',
      '#{X}#',
      '@X_Y@',
      '${{ a.b }}',
    ]) {
      assert(hasTemplate(text), text);
    }
    for (const text of [
      'a <b',
      '100%',
      '__main__',
      'x@y',
      '$X',
      '{a}',
      '<h1>x</h1>',
      '<br>',
      'curl -f http://localhost/ || exit 1',
    ]) {
      assert(!hasTemplate(text), text);
    }
  });
});
