import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../server/src/base/text.ts';
import type { Pipeline } from '../../server/src/facts/pipeline.ts';
import { githubWorkflow } from '../../server/src/sources/githubWorkflow.ts';
import { extract, item, only, short, slice, uri } from './marks.ts';

const RENDER = 'aws-actions/amazon-ecs-render-task-definition@v1';
const DEPLOY = 'aws-actions/amazon-ecs-deploy-task-definition@v2';

function read(text: string): Pipeline {
  return only(extract(githubWorkflow, text), 'pipeline');
}

/** A workflow of one job with these lines as its steps; `head` stands above the steps. */
function job(steps: string, head = ''): string {
  const indented = (text: string): string => text.trim().replace(/^/gm, '      ');
  return `on: push\njobs:\n  deploy:\n    runs-on: ubuntu-latest\n${head === '' ? '' : `${indented(head).replace(/^ {2}/gm, '')}\n`}    steps:\n${indented(steps)}\n`;
}

/** A job with one script. */
function script(lines: string, head = ''): string {
  return job(`- run: |\n${lines.replace(/^/gm, '    ')}`, head);
}

function first<T>(items: readonly T[]): T {
  const [found] = items;
  assert(found !== undefined);
  return found;
}

const usual = `name: Deploy
on: { push: { branches: [main] } }
env:
  ECR_REPOSITORY: shop
  TASK: ecs/task.json
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      CONTAINER: web
    steps:
      - uses: actions/checkout@v4
      - id: login
        uses: aws-actions/amazon-ecr-login@v2
      - id: build
        env:
          REGISTRY: \${{ steps.login.outputs.registry }}
          TAG: \${{ github.sha }}
        run: |
          # build and push
          docker build -t $REGISTRY/$ECR_REPOSITORY:$TAG \\
            --build-arg PORT=8080 -f docker/Dockerfile ./app

          docker push $REGISTRY/$ECR_REPOSITORY:$TAG
          echo "image=$REGISTRY/$ECR_REPOSITORY:$TAG" >> $GITHUB_OUTPUT
      - id: render
        uses: ${RENDER}
        with:
          task-definition: \${{ env.TASK }}
          container-name: \${{ env.CONTAINER }}
          image: \${{ steps.build.outputs.image }}
          environment-variables: |
            PORT=8080
            SHA=\${{ github.sha }}
      - id: sidecar
        uses: ${RENDER}
        with:
          task-definition: \${{ steps.render.outputs.task-definition }}
          container-name: proxy
          image: nginx:1.27
      - uses: ${DEPLOY}
        with:
          task-definition: \${{ steps.sidecar.outputs.task-definition }}
          service: shop
          cluster: main
          wait-for-service-stability: true
`;

describe('the usual workflow', () => {
  for (const [name, text] of [
    ['LF', usual],
    ['CRLF', usual.replaceAll('\n', '\r\n')],
  ] as const) {
    it(`is read whole, ${name}`, () => {
      const pipeline = read(text);
      const [render, sidecar] = pipeline.renders;
      assert(render && sidecar && pipeline.renders.length === 2);
      assert.equal(short(render.taskDefinition), 'ecs/task.json');
      assert.equal(short(render.containerName), 'web');
      assert.equal(short(render.image), 'dynamic: ${{ steps.login.outputs.registry }}/shop:${{ github.sha }}');
      assert.deepEqual(
        render.environment.items.map((one) => [short(one.name), short(one.value), slice(text, one.at)]),
        [
          ['PORT', '8080', '8080'],
          ['SHA', 'dynamic: ${{ github.sha }}', '${{ github.sha }}'],
        ],
      );
      assert.deepEqual([sidecar.taskDefinition, sidecar.containerName, sidecar.image].map(short), [
        'ecs/task.json',
        'proxy',
        'nginx:1.27',
      ]);
      assert.equal(slice(text, sidecar.image.at), 'nginx:1.27');
      const deploy = first(pipeline.deploys);
      assert.deepEqual(
        [
          deploy.taskDefinition,
          deploy.service,
          deploy.cluster,
          deploy.waitForServiceStability,
          deploy.forceNewDeployment,
        ].map(short),
        ['ecs/task.json', 'shop', 'main', true, 'absent'],
      );
      assert(deploy.taskDefinition.state === 'known');
      assert.equal(deploy.taskDefinition.trail?.length, 2);
      const build = first(pipeline.builds);
      assert.deepEqual(
        [build.context, build.dockerfile, build.workingDirectory, build.target, ...build.tags].map(short),
        [
          './app',
          'docker/Dockerfile',
          'absent',
          'absent',
          'dynamic: ${{ steps.login.outputs.registry }}/shop:${{ github.sha }}',
        ],
      );
      assert.equal(build.pushes, true);
      assert.equal(slice(text, build.dockerfile.at), 'docker/Dockerfile');
      const argument = first(build.buildArguments);
      assert.deepEqual(
        [short(argument.name), short(argument.value), slice(text, argument.at)],
        ['PORT', '8080', '8080'],
      );
    });
  }
});

describe('actions', () => {
  it('takes any image of a render step as the image that runs', () => {
    const text = job(
      `- uses: ${RENDER}\n  with: { task-definition: a.json, container-name: web, image: "a/b:\${{ inputs.tag }}" }`,
    );
    assert.equal(short(first(read(text).renders).image), 'dynamic: a/b:${{ inputs.tag }}');
  });

  it('leaves paths that another job or AWS decides undecided', () => {
    const text = job(`- uses: ${DEPLOY}
  with: { task-definition: "\${{ needs.build.outputs.task-definition }}" }
- uses: ${RENDER}
  with: { task-definition-family: web, container-name: web, image: x }`);
    const pipeline = read(text);
    assert.equal(first(pipeline.deploys).taskDefinition.state, 'dynamic');
    assert.equal(first(pipeline.renders).taskDefinition.state, 'dynamic');
  });

  it('takes paths below the workspace for paths of the repository', () => {
    const text = job(`- uses: ${DEPLOY}\n  with:\n    task-definition: \${{ github.workspace }}/ecs/a.json`);
    assert.equal(short(first(read(text).deploys).taskDefinition), 'ecs/a.json');
  });

  it('marks lists it cannot see whole', () => {
    const text = job(
      `- uses: ${RENDER}\n  with: { task-definition: a.json, environment-variables: "\${{ steps.x.outputs.env }}" }`,
    );
    const { environment } = first(read(text).renders);
    assert.deepEqual([environment.items.length, environment.complete], [0, false]);
  });

  it('reads docker/build-push-action', () => {
    const text = job(`
- id: meta
  uses: docker/metadata-action@v5
  with: { images: acme/api }
- uses: docker/build-push-action@v6
  with:
    context: "{{defaultContext}}:api"
    file: ./api/Dockerfile
    target: prod
    push: true
    build-args: |
      A=1
      B=\${{ env.B }}
    tags: |
      acme/api:latest
      \${{ steps.meta.outputs.tags }}`);
    const build = first(read(text).builds);
    assert.deepEqual([build.context, build.dockerfile, build.target, ...build.tags].map(short), [
      'api',
      './api/Dockerfile',
      'prod',
      'acme/api:latest',
      'dynamic: acme/api:${{ steps.meta.outputs.version }}',
    ]);
    assert.deepEqual(
      build.buildArguments.map((one) => short(one.value)),
      ['1', 'dynamic: ${{ env.B }}'],
    );
    assert.equal(build.pushes, true);
    assert.equal(slice(text, first(build.tags).at), 'acme/api:latest');
    assert.equal(first(read(text.replace('push: true', 'push: false')).builds).pushes, false);
  });

  it('runs a job once for each entry of a literal matrix', () => {
    const steps = `- uses: ${RENDER}\n  with: { task-definition: "ecs/\${{ matrix.service }}.json", container-name: "\${{ matrix.service }}", image: x }`;
    const paths = (matrix: string): unknown =>
      read(job(steps, `strategy:\n  matrix:\n${matrix.replace(/^/gm, '    ')}`)).renders.map((one) =>
        short(one.taskDefinition),
      );
    assert.deepEqual(paths('service: [api, web]'), ['ecs/api.json', 'ecs/web.json']);
    assert.deepEqual(paths('include:\n  - service: api\n  - service: web'), ['ecs/api.json', 'ecs/web.json']);
    assert.deepEqual(paths('service: [api]\nnode: [18, 20]'), ['ecs/api.json', 'ecs/api.json']);
    assert.deepEqual(paths('service: ${{ fromJSON(needs.x.outputs.y) }}'), ['dynamic: ecs/${{ matrix.service }}.json']);
  });
});

describe('scripts', () => {
  const folders: readonly (readonly [string, string, unknown, unknown])[] = [
    ['docker build .', '', 'absent', '.'],
    ['cd api\ndocker build -t x .', '', 'api', '.'],
    ['cd api && docker build -t x .', 'defaults: { run: { working-directory: services } }', 'services/api', '.'],
    ['(cd api; make)\ndocker build -t x api', '', 'absent', 'api'],
    ['cd $GITHUB_WORKSPACE/api\ndocker build .', '', 'api', '.'],
    ['cd $WHERE\ndocker build .', '', 'dynamic: $WHERE', '.'],
    ['docker buildx build --platform linux/amd64 --push -t x ${{ github.workspace }}/api', '', 'absent', 'api'],
    ['docker build - < Dockerfile', '', 'absent', 'dynamic: -'],
    ['if [ -n "$X" ]; then\n  sudo docker image build --no-cache api\nfi', '', 'absent', 'api'],
  ];
  for (const [lines, head, folder, context] of folders) {
    it(lines, () => {
      const build = first(read(script(lines, head)).builds);
      assert.deepEqual([short(build.workingDirectory), short(build.context)], [folder, context]);
    });
  }

  it('follows tags, pushes and loops over literal words', () => {
    const { builds } = read(
      script(
        'for s in api web; do\n  docker build -t acme/$s $s\ndone\ndocker tag acme/api reg/api:1\ndocker push reg/api:1',
      ),
    );
    assert.deepEqual(
      builds.map((build) => [build.tags.map(short), short(build.context), build.pushes]),
      [
        [['acme/api', 'reg/api:1'], 'api', true],
        [['acme/web'], 'web', false],
      ],
    );
  });

  it('expands what the file decides and leaves the rest as it is written', () => {
    const tag = (lines: string, head = ''): unknown => short(first(first(read(script(lines, head)).builds).tags));
    assert.equal(tag('docker build -t $A:$B .', 'env: { A: acme/web, B: v1 }'), 'acme/web:v1');
    assert.equal(tag('TAG=v1\ndocker build -t a/b:${TAG} .'), 'a/b:v1');
    assert.equal(tag('TAG=$(date +%s)\ndocker build -t a/b:$TAG .'), 'dynamic: a/b:$(date +%s)');
    assert.equal(tag('docker build -t a/b:${GITHUB_SHA} .'), 'dynamic: a/b:${GITHUB_SHA}');
    assert.equal(tag("docker build -t a/b:${{ env.X || 'y' }} .", 'env: { X: z }'), 'a/b:z');
  });

  it('forgets what a step writes over', () => {
    const text = job(
      '- run: echo "TAG=$(git rev-parse HEAD)" >> $GITHUB_ENV\n- run: docker build -t a/b:$TAG .',
      'env: { TAG: latest }',
    );
    assert.equal(short(first(first(read(text).builds).tags)), 'dynamic: a/b:$TAG');
    const literal = text.replace('$(git rev-parse HEAD)', 'v2');
    assert.equal(short(first(first(read(literal).builds).tags)), 'a/b:v2');
  });

  it('reads forced deployments and waits', () => {
    const text =
      job(`- run: aws --region eu-west-1 ecs update-service --cluster main --service=web --force-new-deployment
- run: aws ecs wait services-stable --cluster main --services web`);
    const deploy = first(read(text).deploys);
    assert.deepEqual(
      [
        deploy.cluster,
        deploy.service,
        deploy.forceNewDeployment,
        deploy.waitForServiceStability,
        deploy.taskDefinition,
      ].map(short),
      ['main', 'web', true, true, 'absent'],
    );
    assert.equal(slice(text, deploy.service.at), 'web');
  });

  it('joins a registered task definition to the update that follows', () => {
    const lines = `ARN=$(x)
aws ecs register-task-definition --cli-input-json file://ecs/task.json
aws ecs update-service --cluster c --service s --task-definition $ARN`;
    assert.equal(short(first(read(script(lines)).deploys).taskDefinition), 'ecs/task.json');
    const unregistered = script('aws ecs update-service --service s --task-definition web');
    assert.equal(short(first(read(unregistered).deploys).taskDefinition), 'dynamic: web');
  });

  it('does not take a change of the count for a deployment', () => {
    assert.deepEqual(read(script('aws ecs update-service --service s --desired-count 0')).deploys, []);
  });
});

describe('other workflows', () => {
  it('gives nothing for what has no image and no service', () => {
    assert.deepEqual(extract(githubWorkflow, job('- run: npm test')).facts, []);
  });

  it('skips reusable workflows', () => {
    const pipeline = read(
      'on: push\njobs:\n  deploy:\n    uses: ./.github/workflows/ecs.yml\n    with: { service: a }\n',
    );
    assert.deepEqual([pipeline.builds, pipeline.renders, pipeline.deploys], [[], [], []]);
  });

  it('claims only workflows', () => {
    const claims = (path: string): string => githubWorkflow.claims(`file:///repo/${path}`);
    assert.deepEqual(['.github/workflows/a.yml', '.github/workflows/a.yaml', '.github/a.yml', 'a.yml'].map(claims), [
      'yes',
      'yes',
      'no',
      'no',
    ]);
  });

  it('never throws when cut anywhere', () => {
    for (let end = 0; end < usual.length; end += 5) extract(githubWorkflow, usual.slice(0, end));
  });

  it('says what is broken only where it deploys', () => {
    assert.deepEqual(extract(githubWorkflow, `${job('- run: docker build .')}x: [1\n`).problems, []);
    assert(extract(githubWorkflow, `${usual}x: [1\n`).problems.length > 0);
  });
});

describe('edits', () => {
  it('replaces a value in its own style', () => {
    const text = job(
      `- uses: ${RENDER}\n  with:\n    container-name: web # c\n    image: 'a:1'\n    task-definition: "x"\n    environment-variables: |\n      PORT=8080`,
    );
    const render = first(read(text).renders);
    const replaced = (at: typeof render.at, value: string | number): string =>
      applyEdits(text, githubWorkflow.edit({ uri, text }, { kind: 'replace', at, value }));
    assert.equal(replaced(render.containerName.at, 'api'), text.replace('web # c', 'api # c'));
    assert.equal(replaced(render.containerName.at, 'a: b'), text.replace('web # c', '"a: b" # c'));
    assert.equal(replaced(render.image.at, "it's"), text.replace("'a:1'", "'it''s'"));
    assert.equal(replaced(render.taskDefinition.at, 'a"b'), text.replace('"x"', '"a\\"b"'));
    assert.equal(replaced(item(render.environment).at, 5201), text.replace('8080', '5201'));
  });

  it('leaves other intents to a person', () => {
    const at = read(usual).at;
    assert.deepEqual(githubWorkflow.edit({ uri, text: usual }, { kind: 'remove', at }), []);
  });
});
