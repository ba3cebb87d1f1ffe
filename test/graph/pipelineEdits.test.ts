// What pipelines write into a task definition before they deploy it: known where it is literal, open where it is not,
// and nothing else is touched.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TaskDefinition } from '../../server/src/facts/taskDefinition.ts';
import { analyze } from '../rules/workspace.ts';
import { short } from '../sources/marks.ts';

interface Row {
  readonly name: string;
  /** The task definition's text. */
  readonly task: string;
  /** The script of the workflow. */
  readonly script: string;
  /** `image`, `port`, `PORT` (the variable), as far as they are asked. */
  readonly expected: Readonly<Record<string, unknown>>;
}

const plain = (image: string, port: string | number, value = '3000'): string =>
  `{ "family": "shop", "networkMode": "awsvpc", "containerDefinitions": [{ "name": "web", "image": "${image}",
     "portMappings": [{ "containerPort": ${port} }], "environment": [{ "name": "PORT", "value": "${value}" }] }] }`;

const rows: readonly Row[] = [
  {
    name: 'sed on the image alone leaves the ports as they are',
    task: plain('IMAGE_URI', 3000),
    script: 'sed -i "s|IMAGE_URI|$REGISTRY/shop:1|g" task.json',
    expected: { image: 'dynamic: $REGISTRY/shop:1', port: 3000, PORT: '3000' },
  },
  {
    name: 'sed writes literal numbers for placeholders',
    task: plain('shop', '<PORT>', '__PORT__'),
    script: "sed -i -e 's/<PORT>/8080/' -e 's#__PORT__#8080#g' ./task.json",
    expected: { image: 'shop', port: 8080, PORT: '8080' },
  },
  {
    name: 'sed writes what is not known',
    task: plain('shop', '<PORT>', 'PORT_VALUE'),
    script: 'sed -i "s/<PORT>/$PORT/; s/x/y/" task.json\nsed -i "s/PORT_VALUE/${{ vars.PORT }}/" task.json',
    expected: { image: 'shop', PORT: 'dynamic: ${{ vars.PORT }}' },
  },
  {
    name: 'sed with a regular expression touches the keys that it spells',
    task: plain('shop:1', 3000),
    script: `sed -i -E 's|"containerPort": *[0-9]+|"containerPort": 80|; s|x|y|' task.json
sed -i 's|"image": ".*"|"image": "other"|' task.json`,
    expected: { image: 'dynamic: "image": "other"', PORT: '3000' },
  },
  {
    name: 'envsubst from one file into another',
    task: plain('${IMAGE}', '"${PORT}"', '$PORT'),
    script:
      'export PORT=9000\nenvsubst < task.json > rendered.json\naws ecs register-task-definition --cli-input-json file://rendered.json',
    expected: { image: 'dynamic: ${IMAGE}', port: 9000, PORT: '9000' },
  },
  {
    name: 'jq writes image, ports and variables',
    task: plain('shop', 3000),
    script: `jq --arg IMAGE "$REGISTRY/shop:2" '.containerDefinitions[0].image = $IMAGE | .containerDefinitions[0].portMappings[0].containerPort = 81' task.json > new.json
jq '(.containerDefinitions[0].environment[] | select(.name == "PORT") | .value) |= "81"' task.json > t && mv t task.json`,
    expected: { port: 81, PORT: '81', renders: ['dynamic: $REGISTRY/shop:2'] },
  },
  {
    name: 'jq writes another container',
    task: plain('shop', 3000),
    script: `jq '.containerDefinitions[1].image = "other:1"' task.json > new.json`,
    expected: { image: 'shop', renders: [] },
  },
  {
    name: 'a program in one line opens what it names',
    task: plain('shop', 3000),
    script: `python3 -c "import json; d=json.load(open('task.json')); d['containerDefinitions'][0]['image']='x'; json.dump(d, open('task.json','w'))"`,
    expected: { image: 'dynamic: image', port: 3000 },
  },
  {
    name: 'another file is not this one',
    task: plain('shop', 3000),
    script: 'sed -i "s/3000/4000/" other.json\nsed -i "s/shop/x/" Dockerfile',
    expected: { image: 'shop', port: 3000 },
  },
];

function shown(taskDefinition: TaskDefinition | undefined): Record<string, unknown> {
  const container = taskDefinition?.containerDefinitions.items[0];
  const variable = container?.environment.items.find((one) => one.name.state === 'known' && one.name.value === 'PORT');
  return {
    image: short(container?.image),
    port: short(container?.portMappings.items[0]?.containerPort),
    PORT: short(variable?.value),
  };
}

for (const { name, task, script, expected } of rows) {
  test(name, async () => {
    const lines = script.replace(/^/gm, '          ');
    const workflow = `on: push\njobs:\n  deploy:\n    steps:\n      - run: |\n${lines}\n      - run: aws ecs wait services-stable\n`;
    const files = new Map([
      ['task.json', task],
      ['.github/workflows/deploy.yml', workflow],
    ]);
    const host = await analyze(files);
    const [view] = host.deployments();
    const renders = view?.deployment.containers[0]?.renders.map((render) => short(render.image));
    const all = { ...shown(view?.deployment.taskDefinition), renders };
    const asked = Object.fromEntries(Object.entries(all).filter(([key]) => key in expected));
    assert.deepEqual(asked, expected);
  });
}

test('workflows that write different values leave it open', async () => {
  const workflow = (port: number): string =>
    `jobs:\n  deploy:\n    steps:\n      - run: sed -i s/PORT_HERE/${port}/ task.json # ecs\n`;
  const host = await analyze(
    new Map([
      ['task.json', plain('shop', '"PORT_HERE"')],
      ['.github/workflows/a.yml', workflow(80)],
      ['.github/workflows/b.yml', workflow(81)],
    ]),
  );
  assert.match(String(shown(host.deployments()[0]?.deployment.taskDefinition).port), /^dynamic/);
});

test('a variable that jq adds is what the container runs with', async () => {
  const host = await analyze(
    new Map([
      ['task.json', plain('acme/shop:1', 9000).replace('"PORT"', '"OTHER"')],
      ['Dockerfile', 'FROM python:3.12\nCMD ["gunicorn", "app:app"]\n'],
      [
        'deploy.sh',
        `docker build -t acme/shop .\njq '.containerDefinitions[0].environment += [{"name": "PORT", "value": "9000"}]' task.json > new.json\n`,
      ],
    ]),
  );
  const listens = host.deployments()[0]?.deployment.containers[0]?.listens;
  assert.deepEqual(listens?.state === 'known' && listens.ports.map(({ port }) => port.value), [9000]);
});
