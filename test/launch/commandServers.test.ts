// Servers that are started as commands with flags and variables alone: each default, and what changes it.

import { test } from 'node:test';
import type { Row } from './rows.ts';
import { assertRows, dockerfile } from './rows.ts';

function command(text: string, listens: Row['listens'], before = '', base = 'python:3.12'): Row {
  return { name: `${before}${text}`, files: { Dockerfile: dockerfile(base, `${before}CMD ${text}`) }, listens };
}

function node(text: string, listens: Row['listens'], before = ''): Row {
  return command(text, listens, before, 'node:22');
}

test('Python servers', () =>
  assertRows([
    command('mlflow server --host 0.0.0.0', '5000'),
    command('mlflow models serve -m models:/price/1 -h 0.0.0.0 -p 5001', '5001'),
    command('mlflow db upgrade sqlite:///runs.db', 'none'),
    command('mlflow artifacts list', /^unknown: what `mlflow artifacts` listens on is not known/),
    command('python -m mlflow server --host 0.0.0.0', '5000'),
    command('python -m jupyterlab --ip 0.0.0.0', '8888'),
    command('jupyter-lab --ip 0.0.0.0 --port 8890', '8890'),
    command('bokeh serve app.py --allow-websocket-origin=*', '5006'),
    command('panel serve app.py --address 127.0.0.1 --port 5100', '127.0.0.1:5100'),
    command('litestar --app shop:app run --host 0.0.0.0 --port 8010', '8010'),
    command('litestar run', '127.0.0.1:8001', 'ENV LITESTAR_PORT=8001\n'),
    command('python -m aiohttp.web -H 0.0.0.0 -P 8081 shop:init', '8081'),
    command('bentoml serve service:Prices', '3000'),
    command('bentoml serve service:Prices', '3010', 'ENV BENTOML_PORT=3010\n'),
    command('vllm serve acme/small', '8000'),
    command('vllm serve acme/small --config vllm.yaml', /^unknown: the configuration of vLLM may name the port/),
    command('python3 -m vllm.entrypoints.openai.api_server --model acme/small --port 8006', '8006'),
    command('text-generation-launcher --model-id acme/small', '80', 'ENV PORT=80\n'),
    command('superset run -h 0.0.0.0 -p 8088 --with-threads', '8088'),
    command('superset db upgrade', 'none'),
    command('prefect server start --host 0.0.0.0', '4200'),
    command('prefect worker start --pool main', 'none'),
    command('rasa run --enable-api', '5005'),
    command('rasa run actions', '5055'),
    command('shiny run --host 0.0.0.0 app.py', '8000'),
    command('voila --Voila.ip=0.0.0.0 report.ipynb', '8866'),
    command('datasette serve shop.db -h 0.0.0.0', '8001'),
    command('langgraph dev --host 0.0.0.0', '2024'),
    command('mod_wsgi-express start-server wsgi.py --port 8080', '8080'),
    command('taskiq worker shop:broker', 'none'),
    command('python -m arq shop.WorkerSettings', 'none'),
    command('serve run shop:deployment', /^unknown: what `serve run` of Ray/),
    command('uvx uvicorn shop:app --host 0.0.0.0', '8000'),
    command('pipx run uvicorn shop:app --host 0.0.0.0', '8000'),
    command('python -m uv run uvicorn shop:app --host 0.0.0.0 --port 8002', '8002'),
    command('python -m chainlit run app.py --host 0.0.0.0', '8000'),
  ]));

test('images of inference servers', () =>
  assertRows([
    {
      name: 'vLLM',
      files: { Dockerfile: 'FROM vllm/vllm-openai:v0.9\nCMD ["--model", "acme/small"]\n' },
      listens: '8000',
    },
    {
      name: 'Text Generation Inference',
      files: {
        Dockerfile: 'FROM ghcr.io/huggingface/text-generation-inference:2.4\nCMD ["--model-id", "acme/small"]\n',
      },
      listens: '80',
    },
  ]));

test('Node servers', () =>
  assertRows([
    node('npx medusa start', '9000'),
    node('medusa start', '9100', 'ENV PORT=9100\n'),
    node('medusa develop -H 127.0.0.1 -p 9001', '127.0.0.1:9001'),
    node('medusa db:migrate', 'none'),
    node('directus start', '8055'),
    node('directus bootstrap', 'none'),
    node('n8n', '5678'),
    node('n8n start', '5680', 'ENV N8N_PORT=5680\n'),
    node('fastify start -a 0.0.0.0 app.js', '3000'),
    node('fastify start -a 0.0.0.0 app.js', '3001', 'ENV FASTIFY_PORT=3001 PORT=3002\n'),
    node('fastify start app.js', '?:3000'),
    node('npx sirv dist --port 8080 --host 0.0.0.0', '8081', 'ENV PORT=8081\n'),
    node('sirv dist', 'localhost:8080'),
    node('npx sirv-cli dist --host', '8080'),
    node('docusaurus serve --host 0.0.0.0', '3000'),
    node('vitepress preview docs --port 4180', '4180'),
    node('prism mock -h 0.0.0.0 api.yaml', '4010'),
    node('vinxi start', '3000'),
    node('live-server --port=8082', '8082'),
    node('micro -l tcp://0.0.0.0:4000', '4000'),
    node('blitz start -p 3001', '3001'),
    {
      name: 'keystone with a port in its configuration',
      files: {
        Dockerfile: dockerfile('node:22', 'CMD ["npx", "keystone", "start"]'),
        'keystone.ts':
          "import { config } from '@keystone-6/core';\nexport default config({ db: { provider: 'sqlite', url: 'x' }, server: { port: 3040 } });\n",
      },
      listens: '3040',
      at: 'keystone.ts:3040',
    },
    node('keystone start', '3000'),
    node('serve -s build', '3000'),
  ]));

test('Robyn programs', () =>
  assertRows(
    [
      { start: "app.start(host='0.0.0.0', port=8090)", listens: '8090' },
      { start: 'app.start()', listens: '127.0.0.1:8080' },
    ].map(({ start, listens }) => ({
      name: start,
      files: {
        Dockerfile: dockerfile('python:3.12', 'CMD ["python", "app.py"]'),
        'app.py': `from robyn import Robyn\n\napp = Robyn(__file__)\n\nif __name__ == '__main__':\n    ${start}\n`,
      },
      listens,
    })),
  ));
