import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TaskDefinition } from '../../server/src/facts/taskDefinition.ts';
import { ecsJson } from '../../server/src/sources/ecsJson.ts';
import { extract, item, only, short, slice, words } from './marks.ts';

function read(text: string): TaskDefinition {
  return only(extract(ecsJson, text), 'taskDefinition');
}

/** A task definition with one container of these properties. */
function container(properties: string): string {
  return `{"family": "web", "containerDefinitions": [{"name": "web", ${properties}}]}`;
}

const full = `{
  "family": "shop",
  "networkMode": "awsvpc",
  "requiresCompatibilities": ["FARGATE"],
  "cpu": 256,
  "memory": "512",
  "executionRoleArn": "arn:aws:iam::123456789012:role/exec",
  // the only one
  "containerDefinitions": [
    {
      "name": "web",
      "image": "acme/web:1.4",
      "essential": "true",
      "portMappings": [
        { "containerPort": 5001, "hostPort": "5001", "protocol": "tcp", "name": "http" },
        { "containerPortRange": "8000-8010" },
      ],
      "entryPoint": ["/bin/sh", "-c"],
      "command": ["gunicorn -b 0.0.0.0:\${PORT:-80} app:app"],
      "workingDirectory": "/app",
      "environment": [{ "name": "PORT", "value": "5001" }, { "name": "MODE", "value": "\${MODE}" }, { "name": "N", "value": 3 }],
      "environmentFiles": [{ "type": "s3", "value": "arn:aws:s3:::b/a.env" }],
      "secrets": [{ "name": "KEY", "valueFrom": "arn:k" }],
      "healthCheck": { "command": ["CMD-SHELL", "curl -f http://localhost:5001/"], "interval": 30, "retries": 3 },
      "versionConsistency": "disabled"
    }
  ]
}`;

describe('register input', () => {
  it('gives every field', () => {
    const task = read(full);
    assert.deepEqual(
      [
        task.family,
        task.networkMode,
        task.requiresCompatibilities,
        task.cpu,
        task.memory,
        task.executionRoleArn,
        task.taskRoleArn,
      ].map(short),
      ['shop', 'awsvpc', ['FARGATE'], '256', '512', 'arn:aws:iam::123456789012:role/exec', 'absent'],
    );
    const web = item(task.containerDefinitions);
    assert.deepEqual([web.name, web.image, web.essential, web.workingDirectory, web.versionConsistency].map(short), [
      'web',
      'acme/web:1.4',
      true,
      '/app',
      'disabled',
    ]);
    assert.deepEqual(
      web.portMappings.items.map((port) =>
        [port.containerPort, port.hostPort, port.protocol, port.name, port.containerPortRange].map(short),
      ),
      [
        [5001, 5001, 'tcp', 'http', 'absent'],
        ['absent', 'absent', 'absent', 'absent', '8000-8010'],
      ],
    );
    assert.deepEqual(words(web.entryPoint), ['/bin/sh', '-c']);
    assert.deepEqual(
      web.environment.items.map((one) => [short(one.name), short(one.value)]),
      [
        ['PORT', '5001'],
        ['MODE', 'dynamic: ${MODE}'],
        ['N', '3'],
      ],
    );
    assert.deepEqual(web.environmentFiles.items.map(short), ['arn:aws:s3:::b/a.env']);
    assert.deepEqual(
      web.secrets.items.map((one) => [short(one.name), slice(full, one.at)]),
      [['KEY', 'arn:k']],
    );
    assert(web.healthCheck.state === 'known');
    const check = web.healthCheck.value;
    assert.deepEqual(words(check.command), ['CMD-SHELL', 'curl -f http://localhost:5001/']);
    assert.deepEqual([check.interval, check.timeout, check.retries, check.startPeriod].map(short), [
      30,
      'absent',
      3,
      'absent',
    ]);
  });

  it('places each value on its smallest token', () => {
    const task = read(full);
    const web = item(task.containerDefinitions);
    const [port] = web.portMappings.items;
    assert(port && web.healthCheck.state === 'known');
    const places = [
      [task.nameAt, 'shop'],
      [task.family.at, 'shop'],
      [task.cpu.at, '256'],
      [task.taskRoleArn.at, 'shop'],
      [web.nameAt, 'web'],
      [web.image.at, 'acme/web:1.4'],
      [port.containerPort.at, '5001'],
      [port.hostPort.at, '5001'],
      [item(web.portMappings, 1).containerPort.at, '8000-8010'],
      [item(web.environment).at, '5001'],
      [web.healthCheck.at, 'healthCheck'],
      [web.healthCheck.value.timeout.at, 'healthCheck'],
    ] as const;
    for (const [at, expected] of places) assert.equal(slice(full, at), expected);
    assert.equal(slice(full, task.at), full);
    assert(slice(full, web.at).startsWith('{') && slice(full, web.at).endsWith('}'));
  });

  it('is the same with CRLF', () => {
    const text = full.replaceAll('\n', '\r\n');
    assert.equal(slice(text, item(item(read(text).containerDefinitions).portMappings).containerPort.at), '5001');
  });
});

describe('shapes', () => {
  it('reads describe output, wrapped, with its own keys', () => {
    const text = `{"taskDefinition": {"taskDefinitionArn": "arn:x", "family": "web", "revision": 3, "status": "ACTIVE",
      "requiresAttributes": [], "compatibilities": ["EC2"], "registeredAt": 1, "registeredBy": "me", "deregisteredAt": 2,
      "volumes": [], "containerDefinitions": [{"name": "web", "image": "a:1"}]}, "tags": []}`;
    const task = read(text);
    assert.deepEqual(
      task.describeOnlyKeys.map((key) => key.name),
      [
        'taskDefinitionArn',
        'revision',
        'status',
        'requiresAttributes',
        'compatibilities',
        'registeredAt',
        'registeredBy',
        'deregisteredAt',
        'tags',
      ],
    );
    for (const key of task.describeOnlyKeys) assert.equal(slice(text, key.at), key.name);
    assert.equal(short(task.family), 'web');
  });

  it('leaves tags of register input alone', () => {
    assert.deepEqual(read('{"family": "a", "tags": [], "containerDefinitions": []}').describeOnlyKeys, []);
  });

  it('reads a bare array of containers, the rest undecided', () => {
    const task = read(
      '[{"name": "web", "image": "acme/web:1", "essential": true, "portMappings": [{"containerPort": 80}]}]',
    );
    assert.equal(short(item(item(task.containerDefinitions).portMappings).containerPort), 80);
    assert.equal(short(item(task.containerDefinitions).command), 'absent');
    for (const value of [task.family, task.networkMode, task.executionRoleArn]) assert.equal(value.state, 'dynamic');
  });

  it('reads several, and one family twice', () => {
    const one = '{"family": "a", "containerDefinitions": [{"name": "x", "image": "y:1"}]}';
    assert.equal(extract(ecsJson, `[${one}, ${one}]`).facts.length, 2);
  });

  it('reads a service beside a task definition', () => {
    const text =
      '{"taskDefinition": {"family": "a", "containerDefinitions": []}, "service": {"desiredCount": 1, "launchType": "FARGATE"}}';
    assert.deepEqual(
      extract(ecsJson, text).facts.map((fact) => fact.kind),
      ['taskDefinition', 'service'],
    );
  });
});

describe('templates', () => {
  const ports: readonly (readonly [string, unknown])[] = [
    ['<PORT>', 'dynamic: <PORT>'],
    ['${PORT}', 'dynamic: ${PORT}'],
    ['"${PORT}"', 'dynamic: ${PORT}'],
    ['{{ must_env `PORT` }}', 'dynamic: {{ must_env `PORT` }}'],
    ['"%PORT%"', 'dynamic: %PORT%'],
    ['"$PORT"', 'dynamic: $PORT'],
    ['{"Ref": "Port"}', 'dynamic: {…}'],
    ['"5001"', 5001],
    ['null', 'absent'],
  ];
  for (const [port, expected] of ports) {
    it(`containerPort ${port}`, () => {
      const task = read(container(`"portMappings": [{"containerPort": ${port}}]`));
      assert.equal(short(item(item(task.containerDefinitions).portMappings).containerPort), expected);
    });
  }

  const images: readonly (readonly [string, unknown])[] = [
    ['"acme/web:latest"', 'acme/web:latest'],
    ['"123.dkr.ecr.eu-west-1.amazonaws.com/todo:v1"', '123.dkr.ecr.eu-west-1.amazonaws.com/todo:v1'],
    ['"host:5000/app"', 'host:5000/app'],
    ['"${REGISTRY}/web:latest"', 'dynamic: ${REGISTRY}/web:latest'],
    ['"<IMAGE1_NAME>"', 'dynamic: <IMAGE1_NAME>'],
    ['"{{ must_env `IMAGE` }}"', 'dynamic: {{ must_env `IMAGE` }}'],
    ['"$IMAGE"', 'dynamic: $IMAGE'],
    ['"PLACEHOLDER"', 'dynamic: PLACEHOLDER'],
    ['"placeholder"', 'dynamic: placeholder'],
    ['"REPLACED_BY_CI"', 'dynamic: REPLACED_BY_CI'],
    [
      '"AWS_ACCOUNT_ID.dkr.ecr.REGION.amazonaws.com/web:latest"',
      'dynamic: AWS_ACCOUNT_ID.dkr.ecr.REGION.amazonaws.com/web:latest',
    ],
    ['"acme/web:IMAGE_TAG"', 'dynamic: acme/web:IMAGE_TAG'],
    ['"your-repo/web"', 'dynamic: your-repo/web'],
    ['""', 'dynamic: '],
    ['null', 'dynamic: '],
  ];
  for (const [image, expected] of images) {
    it(`image ${image}`, () => {
      assert.equal(short(item(read(container(`"image": ${image}`)).containerDefinitions).image), expected);
    });
  }

  it('takes ${…} in commands for the shell’s, unless the file is rendered with that spelling', () => {
    const command = '"image": "a:1", "command": ["sh", "-c", "app -p ${PORT:-80}"]';
    assert.deepEqual(words(item(read(container(command)).containerDefinitions).command), [
      'sh',
      '-c',
      'app -p ${PORT:-80}',
    ]);
    const rendered = read(container(command.replace('a:1', '${IMAGE}')));
    assert.deepEqual(words(item(rendered.containerDefinitions).command), ['sh', '-c', 'dynamic: app -p ${PORT:-80}']);
  });

  it('makes lists with control lines incomplete, and conditional values undecided', () => {
    const task = read(
      container(`"environment": [
        {{ if .Prod }} {"name": "PORT", "value": "80"}, {{ end }}
        {"name": "MODE", "value": "x"}], {{ if .Cpu }} "workingDirectory": "/x", {{ end }} "image": "a:1"`),
    );
    const web = item(task.containerDefinitions);
    assert.equal(web.environment.complete, false);
    assert.deepEqual(
      web.environment.items.map((one) => [short(one.name), short(one.value)]),
      [
        ['PORT', 'dynamic: 80'],
        ['MODE', 'x'],
      ],
    );
    assert.equal(short(web.workingDirectory), 'dynamic: /x');
    assert.equal(web.command.state, 'dynamic');
    assert.equal(short(web.image), 'a:1');
  });

  it('sees no containers in a template that makes them', () => {
    const list = read('{"family": "a", "containerDefinitions": ${containers}}').containerDefinitions;
    assert.deepEqual([list.items.length, list.complete], [0, false]);
  });
});

describe('what is broken', () => {
  it('claims no absence where a problem touched the container', () => {
    const facts = extract(ecsJson, '{"family": "a", "containerDefinitions": [{"name": "web" "image": "a:1"}]}');
    const task = only(facts, 'taskDefinition');
    assert.equal(item(task.containerDefinitions).command.state, 'dynamic');
    assert.equal(item(task.containerDefinitions).portMappings.complete, false);
    assert.equal(short(task.networkMode), 'absent');
    assert.deepEqual(
      facts.problems.map((problem) => problem.message),
      ['A comma is missing before this.'],
    );
  });

  it('never throws when cut anywhere', () => {
    for (let end = 0; end < full.length; end += 3) extract(ecsJson, full.slice(0, end));
  });
});

describe('files that are none', () => {
  const texts = {
    Kubernetes: '{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "b"}]}}',
    'Kubernetes containers': '[{"name": "a", "image": "b", "ports": [{"containerPort": 80}]}]',
    CloudFormation:
      '{"AWSTemplateFormatVersion": "2010-09-09", "Resources": {"T": {"Type": "AWS::ECS::TaskDefinition", "Properties": {"ContainerDefinitions": []}}}}',
    Dockerrun:
      '{"AWSEBDockerrunVersion": 2, "containerDefinitions": [{"name": "a", "image": "b", "essential": true, "memory": 1}]}',
    compose: '{"services": {"web": {"image": "a", "ports": ["80:80"]}}}',
    'image definitions': '[{"name": "web", "imageUri": "a/b:1"}]',
    'a schema': '{"properties": {"containerDefinitions": {"type": "array"}}}',
    'broken foreign JSON': '{"image": "x", "essential": ',
    'a shop': '{"name": "web", "image": "a.png", "memory": 512}',
    nothing: '',
  };
  for (const [name, text] of Object.entries(texts)) {
    it(name, () => {
      const facts = extract(ecsJson, text);
      assert.deepEqual([facts.facts, facts.problems], [[], []]);
    });
  }
});

describe('claims', () => {
  const claims: readonly (readonly [string, string])[] = [
    ['task-definition.json', 'maybe'],
    ['td.jsonc', 'maybe'],
    ['taskdef.tpl.json', 'maybe'],
    ['taskdef.json.tpl', 'maybe'],
    ['TaskDef.json.j2', 'maybe'],
    ['ecs-task-def.template', 'maybe'],
    ['package.json', 'no'],
    ['package-lock.json', 'no'],
    ['tsconfig.build.json', 'no'],
    ['composer.json', 'no'],
    ['.eslintrc.json', 'no'],
    ['Dockerrun.aws.json', 'no'],
    ['mail.template', 'no'],
    ['main.py', 'no'],
    ['task-definition.yml', 'no'],
  ];
  for (const [name, expected] of claims) {
    it(name, () => assert.equal(ecsJson.claims(`file:///repo/${name}`), expected));
  }

  it('recognizes by text', () => {
    assert.equal(ecsJson.recognizes?.(full), true);
    assert.equal(ecsJson.recognizes?.('[{"name": "a", "image": "b", "essential": true}]'), true);
    assert.equal(ecsJson.recognizes?.('{"name": "x", "version": "1.0.0"}'), false);
  });
});
