// The fixes of rules in templates, YAML and JSON: the finding is gone, nothing worse has come, and the rest of the file stands
// as it did.

import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { StackExpression } from '../../../server/src/facts/stackTemplate.ts';
import { expressionOf } from '../../../server/src/sources/cloudFormation/template.ts';
import { parseYaml } from '../../../server/src/syntax/yaml.ts';
import { allReports, analyze, applyFix, type Files } from '../../rules/workspace.ts';

interface Parts {
  readonly container?: string;
  readonly service?: string;
  readonly parameters?: string;
  readonly port?: string;
  /** Where the load balancer sends requests, if not to `port`. */
  readonly target?: string;
  /** Lines of the Dockerfile. */
  readonly dockerfile?: string;
  readonly targetGroup?: string;
}

function indented(text: string, columns: number): string {
  return text === '' ? '' : `${text.trim().replace(/^/gm, ' '.repeat(columns))}\n`;
}

function template(parts: Parts): string {
  const { container = '', service = '', parameters = '', port = '8080', target = port, targetGroup = '' } = parts;
  return `AWSTemplateFormatVersion: "2010-09-09"
${parameters === '' ? '' : `Parameters:\n${indented(parameters, 2)}`}Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: web
      NetworkMode: awsvpc
      ContainerDefinitions:
        - Name: app # the only one
          Image: acme/web:1.4.2
          PortMappings:
            - ContainerPort: ${port}
${indented(container, 10)}  Group:
    Type: AWS::ElasticLoadBalancingV2::TargetGroup
    Properties:
      Port: 80
${targetGroup === '' ? '      TargetType: ip\n' : indented(targetGroup, 6)}  Service:
    Type: AWS::ECS::Service
    Properties:
      ServiceName: web
      TaskDefinition: !Ref Task
      DesiredCount: 2
      LoadBalancers:
        - ContainerName: app
          ContainerPort: ${target}
          TargetGroupArn: !Ref Group
${indented(service, 6)}`;
}

const breaker = `DeploymentConfiguration:
  DeploymentCircuitBreaker:
    Enable: true
    Rollback: true`;

const rows: readonly (readonly [rule: string, parts: Parts, removed: string, added: string])[] = [
  [
    'circuit-breaker-missing',
    {},
    '',
    `      DeploymentConfiguration:
        DeploymentCircuitBreaker:
          Enable: true
          Rollback: true
`,
  ],
  [
    'circuit-breaker-missing',
    { service: 'DeploymentConfiguration: { MaximumPercent: 200 } # two at once' },
    '      DeploymentConfiguration: { MaximumPercent: 200 } # two at once\n',
    '      DeploymentConfiguration: { MaximumPercent: 200, DeploymentCircuitBreaker: { Enable: true, Rollback: true } } # two at once\n',
  ],
  [
    'circuit-breaker-disabled',
    { service: 'DeploymentConfiguration:\n  DeploymentCircuitBreaker: { Enable: false, Rollback: false }' },
    '        DeploymentCircuitBreaker: { Enable: false, Rollback: false }\n',
    '        DeploymentCircuitBreaker: { Enable: true, Rollback: true }\n',
  ],
  [
    'circuit-breaker-without-rollback',
    { service: breaker.replace('Rollback: true', 'Rollback: "false" # not yet') },
    '          Rollback: "false" # not yet\n',
    '          Rollback: "true" # not yet\n',
  ],
  [
    'circuit-breaker-unsupported',
    { service: `${breaker}\nDeploymentController:\n  Type: CODE_DEPLOY` },
    `      DeploymentConfiguration:
        DeploymentCircuitBreaker:
          Enable: true
          Rollback: true
`,
    '',
  ],
  [
    'container-port-not-listened-on',
    { service: breaker, port: '!Ref Port', parameters: 'Port:\n  Type: Number\n  Default: 8081 # behind the balancer' },
    '    Default: 8081 # behind the balancer\n',
    '    Default: 8080 # behind the balancer\n',
  ],
  [
    'container-health-check-port-not-listened-on',
    {
      service: breaker,
      container: 'HealthCheck:\n  Command: [CMD-SHELL, !Sub "curl -f http://localhost:9999/ || exit 1"]',
    },
    '            Command: [CMD-SHELL, !Sub "curl -f http://localhost:9999/ || exit 1"]\n',
    '            Command: [CMD-SHELL, !Sub "curl -f http://localhost:8080/ || exit 1"]\n',
  ],
  [
    'host-port-differs',
    { service: breaker, container: 'Cpu: 256', port: '8080\n              HostPort: 80\n              Protocol: tcp' },
    '              HostPort: 80\n',
    '              HostPort: 8080\n',
  ],
  [
    'load-balancer-port-not-mapped',
    { service: breaker, target: "'9090' # the metrics" },
    "          ContainerPort: '9090' # the metrics\n",
    "          ContainerPort: '8080' # the metrics\n",
  ],
  [
    'target-type-not-ip',
    { service: breaker, targetGroup: 'TargetType: instance' },
    '      TargetType: instance\n',
    '      TargetType: ip\n',
  ],
  [
    'target-type-not-ip',
    { service: breaker, targetGroup: 'HealthCheckPath: / # the front page' },
    '      HealthCheckPath: / # the front page\n',
    '      HealthCheckPath: / # the front page\n      TargetType: ip\n',
  ],
  [
    'dockerfile-health-check-ignored',
    {
      service: breaker,
      container: 'Cpu: 256',
      dockerfile: 'HEALTHCHECK --interval=20s CMD curl -f http://localhost:8080/ || exit 1\n',
    },
    '          Cpu: 256\n',
    `          Cpu: 256
          HealthCheck:
            Command:
              - CMD-SHELL
              - "curl -f http://localhost:8080/ || exit 1"
            Interval: 20
`,
  ],
];

const program = {
  // Rules that a neighboring tool has too speak here as well.
  'steadystate.json': '{ "rules": { "host-port-differs": "error", "load-balancer-port-not-mapped": "error" } }\n',
  'server.js': "require('node:http').createServer().listen(8080);\n",
};

function filesOf(path: string, text: string, lines = ''): Files {
  const dockerfile = `FROM node:22\nWORKDIR /app\nCOPY server.js .\n${lines}CMD ["node", "server.js"]\n`;
  return new Map(Object.entries({ [path]: text, Dockerfile: dockerfile, ...program }));
}

async function fixed(path: string, text: string, rule: string, lines = ''): Promise<string> {
  const files = filesOf(path, text, lines);
  const host = await analyze(files);
  const before = allReports(host);
  const report = before.find((one) => one.rule === rule);
  assert(report, `${rule} in ${JSON.stringify(before.map((one) => one.rule))}`);
  const fix = report.fixes.find((one) => one.preferred);
  assert(fix, 'a preferred fix');
  const after = applyFix(host, fix, files);
  const reports = allReports(await analyze(after));
  const known = new Set(before.map((one) => one.rule));
  const worse = reports.filter((one) => one.severity !== 'info' && !known.has(one.rule)).map((one) => one.rule);
  assert.deepEqual([reports.some((one) => one.rule === rule), worse], [false, []]);
  return after.get(path) ?? '';
}

/** A template as JSON with long functions. */
function asJson(expression: StackExpression): unknown {
  switch (expression.kind) {
    case 'scalar':
      return expression.value;
    case 'list':
      return expression.items.map(asJson);
    case 'object':
      return Object.fromEntries(expression.entries.map(({ key, value }) => [key, asJson(value)]));
    default:
      return { [expression.name === 'Ref' ? 'Ref' : `Fn::${expression.name}`]: asJson(expression.argument) };
  }
}

function jsonOf(yaml: string): unknown {
  const { root } = parseYaml(yaml);
  assert(root);
  return asJson(expressionOf(root));
}

describe('fixes in templates', () => {
  for (const [rule, parts, removed, added] of rows) {
    const yaml = template(parts);
    it(`${rule} in YAML`, async () => {
      const expected = removed === '' ? yaml + added : yaml.replace(removed, added);
      assert.notEqual(expected, yaml);
      assert.equal(await fixed('infra/stack.yml', yaml, rule, parts.dockerfile), expected);
    });

    it(`${rule} in YAML with CRLF`, async () => {
      const expected = removed === '' ? yaml + added : yaml.replace(removed, added);
      const crlf = (text: string): string => text.replaceAll('\n', '\r\n');
      assert.equal(await fixed('infra/stack.yml', crlf(yaml), rule, parts.dockerfile), crlf(expected));
    });

    it(`${rule} in JSON`, async () => {
      const expected = removed === '' ? yaml + added : yaml.replace(removed, added);
      const json = `${JSON.stringify(jsonOf(yaml), undefined, 2)}\n`;
      const result = await fixed('infra/stack.json', json, rule, parts.dockerfile);
      assert.deepEqual(JSON.parse(result), jsonOf(expected));
      // A short list stays on its line, which `stringify` does not do.
      const inStyle = JSON.stringify(JSON.parse(result), undefined, 2);
      if (!result.includes('["')) assert.equal(result, `${inStyle}\n`, 'in the style of the file');
    });
  }
});

describe('what a fix leaves to a person', () => {
  it('does not write into a condition', async () => {
    const service = 'DeploymentConfiguration: !If [Big, { MaximumPercent: 200 }, { MaximumPercent: 150 }]';
    const files = filesOf('stack.yml', template({ service }));
    const host = await analyze(files);
    for (const report of allReports(host)) {
      for (const fix of report.fixes) {
        const text = applyFix(host, fix, files).get('stack.yml') ?? '';
        assert(text.includes(service.slice(0, 40)), fix.title);
      }
    }
  });
});
