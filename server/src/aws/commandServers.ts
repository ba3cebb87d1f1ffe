// Servers and tools that are started as commands and take port and host as flags or from variables alone, each default with
// the page or the source that says so, November 2026. Servers with configuration files of their own have a launcher of
// their own.

import { nodeCommands } from './nodeCommands.ts';
import { pythonCommands } from './pythonCommands.ts';

export interface CommandServer {
  /** The commands that serve, with their subcommands: `mlflow models serve`. */
  readonly commands: readonly string[];
  /** The module that `python -m` starts it by, where that is not the command's name. */
  readonly module?: string;
  readonly name?: string;
  readonly port: number;
  /** Undefined where the default depends on what is not in view. */
  readonly host: string | undefined;
  readonly source: string;
  readonly portFlags: readonly string[];
  readonly hostFlags: readonly string[];
  /** The first that is set counts. */
  readonly portVariables?: readonly string[];
  readonly hostVariables?: readonly string[];
  /** Options in front of the subcommand that take the next word. */
  readonly valued?: readonly string[];
  /** The variables count more than the flags. */
  readonly variablesFirst?: true;
  /** An option that names a file in which the port may stand. */
  readonly configFlag?: string;
}

export const commandServers: readonly CommandServer[] = [...pythonCommands, ...nodeCommands];

/** Commands of the same tools, and of others, that work or come to an end, and listen nowhere. */
export const quietCommands: readonly string[] = [
  'mlflow run',
  'mlflow db',
  'mlflow gc',
  'mlflow experiments',
  'mlflow runs',
  'jupyter nbconvert',
  'jupyter kernelspec',
  'airflow scheduler',
  'airflow triggerer',
  'airflow dag-processor',
  'airflow db',
  'airflow users',
  'airflow connections',
  'airflow variables',
  'airflow version',
  'superset db',
  'superset init',
  'superset fab',
  'prefect worker start',
  'prefect agent start',
  'taskiq worker',
  'taskiq scheduler',
  'procrastinate worker',
  'dagster-daemon run',
  'directus bootstrap',
  'directus database',
  'directus schema',
  'medusa migrations',
  'medusa db:migrate',
  'medusa seed',
  'medusa exec',
  'medusa build',
];
