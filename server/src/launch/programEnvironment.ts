// Environment variables as a running program reads them: what it sets itself, the process's environment, and the
// `.env` files it loads, which never override what is set.

import type { Location } from '../base/text.ts';
import type { Uri } from '../base/uri.ts';
import { joinUri } from '../base/uri.ts';
import { factOf } from '../facts/fileFacts.ts';
import type { Definition } from '../facts/program.ts';
import type { Value } from '../facts/value.ts';
import { evaluate } from './evaluate.ts';
import type { Evaluated, Evaluation, Frame } from './evaluated.ts';
import { scalar, unknownResult } from './evaluated.ts';
import { evaluateDefinitions } from './evaluateName.ts';
import { fileAt } from './evaluateSettings.ts';
import { foldersAbove } from './modules/script.ts';
import type { Module } from './modules.ts';
import { step } from './text.ts';

/** A variable's value; null, naming the variable, where surely nothing sets it. */
export function readVariable(evaluation: Evaluation, name: string, at: Location): Evaluated {
  const written = writtenByProgram(evaluation, name);
  if (written !== undefined) return written;
  const value = evaluation.environment.get(name);
  if (value !== undefined) return fromEnvironment(value, name);
  for (const uri of loadedFiles(evaluation)) {
    const found = fileVariable(evaluation, uri, name);
    if (found !== undefined) return found;
  }
  return { ...scalar(null, at), unset: name };
}

function fromEnvironment(value: Value<string>, name: string): Evaluated {
  switch (value.state) {
    case 'known':
      return scalar(value.value, value.at, value.trail ?? []);
    case 'choice': {
      const [first, ...rest] = value.branches.map((branch) => branch.value);
      const same =
        first?.state === 'known' && rest.every((other) => other.state === 'known' && other.value === first.value);
      return same ? fromEnvironment(first, name) : unknownResult(name, value.at, `${name} depends on a condition`);
    }
    case 'dynamic':
      return unknownResult(name, value.at, openReason(name, value.reason));
    case 'absent':
      return unknownResult(name, value.at, `${name} has no value in view`);
  }
}

function openReason(name: string, reason: string | undefined): string {
  if (reason === undefined) return `${name} is filled in elsewhere`;
  return reason.startsWith(`${name} `) ? reason : `${name} stays open: ${reason}`;
}

/** `os.environ["PORT"] = "80"`. A write that depends on something open makes the variable open. */
function writtenByProgram(evaluation: Evaluation, name: string): Evaluated | undefined {
  if (evaluation.activeVariables.has(name)) return undefined;
  let result: Evaluated | undefined;
  evaluation.activeVariables.add(name);
  for (const module of evaluation.reached) {
    const writes = module.program.environmentWrites.filter(
      (write) => write.name === name && write.scope.path.length === 0,
    );
    result = evaluateWrites(evaluation, writes, { module, path: [] }) ?? result;
  }
  evaluation.activeVariables.delete(name);
  return result;
}

function evaluateWrites(evaluation: Evaluation, writes: readonly Definition[], frame: Frame): Evaluated | undefined {
  if (writes.length === 0) return undefined;
  const result = evaluateDefinitions(evaluation, writes, frame);
  if (result?.kind !== 'scalar' || result.value === null) return result;
  return { ...result, value: String(result.value) };
}

/** The `.env` files that the program loads and the image holds. */
function loadedFiles(evaluation: Evaluation): readonly Uri[] {
  if (evaluation.environmentFiles !== undefined) return evaluation.environmentFiles;
  const uris: Uri[] = [];
  // A file's name may itself be read from the environment, which must not ask for the files again.
  evaluation.environmentFiles = uris;
  for (const module of evaluation.reached) {
    for (const load of module.program.environmentFiles) {
      const uri = loadedFile(evaluation, module, load.path && evaluate(evaluation, load.path, { module, path: [] }));
      if (uri !== undefined && !uris.includes(uri)) uris.push(uri);
    }
  }
  return uris;
}

function loadedFile(evaluation: Evaluation, module: Module, path: Evaluated | undefined): Uri | undefined {
  if (path === undefined) return defaultFile(evaluation, module);
  return path.kind === 'scalar' && typeof path.value === 'string' ? fileAt(evaluation, path.value) : undefined;
}

/** dotenv looks in the working directory, python-dotenv in the file's own folder and those above it. */
function defaultFile(evaluation: Evaluation, module: Module): Uri | undefined {
  const inWorkingDirectory = fileAt(evaluation, '.env');
  if (inWorkingDirectory !== undefined || module.program.language !== 'python') return inWorkingDirectory;
  for (const folder of foldersAbove(module.uri).slice(0, 3)) {
    const uri = joinUri(folder, '.env');
    const isCopied = evaluation.modules.image.containerPaths(uri).length > 0;
    if (isCopied && evaluation.modules.files.exists(uri)) return uri;
  }
  return undefined;
}

/** A variable of a named `.env` file, as pydantic reads it. */
export function readFileVariable(evaluation: Evaluation, path: string, name: string): Evaluated | undefined {
  const uri = fileAt(evaluation, path);
  return uri === undefined ? undefined : fileVariable(evaluation, uri, name);
}

function fileVariable(evaluation: Evaluation, uri: Uri, name: string): Evaluated | undefined {
  const file = factOf(evaluation.modules.files.facts(uri), 'environmentFile');
  const entry = file?.entries.findLast((candidate) => candidate.name === name);
  if (entry === undefined) return undefined;
  const { value } = entry;
  if (value.state !== 'known') return unknownResult(name, value.at, `${name} in ${evaluation.shownPath(uri)} is open`);
  return scalar(value.value, value.at, [step(value.at, `${evaluation.shownPath(uri)} ${name}=${value.value}`)]);
}
