// `Ref` and `GetAtt`: parameters, pseudo parameters and other resources.

import type { Location } from '../../base/text.ts';
import { isAddress } from '../../facts/reference.ts';
import type { StackCall, StackParameter, StackResource } from '../../facts/stackTemplate.ts';
import { absent, dynamic, known, placeWithin, type Step, type Value } from '../../facts/value.ts';
import type { Described } from '../described/described.ts';
import { joinedText } from '../described/join.ts';
import { stringValue } from '../described/values.ts';
import { addressOf, open, outsideOfResources, placeOf, reachedBy, type StackContext, scalar } from './context.ts';
import type { Evaluate } from './evaluate.ts';

/** Attributes that name the resource itself, so that whoever has one of them refers to it. */
const IDENTITY =
  /(?:^|\.)(?:Arn|Name|Id|GroupId|FullName|(?:Service|TargetGroup|LoadBalancer|Listener|TaskDefinition|Cluster)(?:Arn|Name|FullName))$/;

export const REPOSITORY = 'AWS::ECR::Repository';
const REGISTRY = '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/';

export function reference(call: StackCall, context: StackContext): Described {
  const { argument } = call;
  const at = placeOf(context, call.span);
  if (argument.kind !== 'scalar') return open('Ref', at, 'what it refers to is computed');
  return named(String(argument.value ?? ''), placeOf(context, argument.span), context);
}

/** What `Ref` of a name gives. `at` is the name's place. */
export function named(name: string, at: Location, context: StackContext): Described {
  if (name === 'AWS::NoValue') return scalar(absent(at));
  if (name.startsWith('AWS::')) return open(name, at, `${name} depends on where the stack is deployed`);
  const parameter = context.template.parameters.find((one) => one.name === name);
  if (parameter) return parameterValue(parameter, at, context);
  if (context.resources.has(name)) return scalar(known(addressOf(context, name), at));
  return open(name, at, `the template has no parameter or resource ${name}`);
}

function parameterValue(parameter: StackParameter, at: Location, context: StackContext): Described {
  const step: Step = { at, text: `Ref ${parameter.name}` };
  const passed = context.passed(parameter.name);
  if (passed) return reachedBy(passed, step);
  const { name, type } = parameter;
  if (type.startsWith('AWS::SSM::Parameter::Value')) {
    return open(name, at, `parameter ${name} is read from Parameter Store when the stack is deployed`);
  }
  if (!parameter.default || parameter.default.value === null) {
    return open(name, at, `parameter ${name} has no default`);
  }
  const outside = outsideOfResources(context);
  const place = placeOf(outside, parameter.default.span);
  if (parameter.default.template)
    return scalar(dynamic(String(parameter.default.value), place, 'a template decides it'));
  const declared: Step = { at: placeOf(outside, parameter.nameSpan), text: `the default of parameter ${name}` };
  const value = known(parameter.default.value, place, [step, declared]);
  if (!/^(?:CommaDelimitedList|List<)/.test(type)) return scalar(value);
  return listOfText(String(parameter.default.value), ',', scalar(value), true);
}

/** The pieces of a known text as a list; `trimmed` as CloudFormation trims those of list parameters. */
export function listOfText(text: string, delimiter: string, whole: Described, trimmed = false): Described {
  if (whole.kind !== 'scalar' || whole.value.state !== 'known') {
    return { kind: 'list', at: placeOfPart(whole), items: [], complete: false };
  }
  const { value } = whole;
  const string = { ...value, value: text };
  let offset = 0;
  const items = (delimiter === '' ? [text] : text.split(delimiter)).map((piece) => {
    const blank = trimmed ? piece.length - piece.trimStart().length : 0;
    const content = trimmed ? piece.trim() : piece;
    const at = placeWithin(string, offset + blank, offset + blank + content.length);
    offset += piece.length + delimiter.length;
    return scalar(known(content, at, value.trail));
  });
  return { kind: 'list', at: value.at, items, complete: true };
}

function placeOfPart(part: Described): Location {
  return part.kind === 'scalar' ? part.value.at : part.at;
}

/** `GetAtt` of `Service.Name`, or of a list of both names. */
export function attribute(call: StackCall, context: StackContext, inner: Evaluate): Described {
  const { argument } = call;
  const at = placeOf(context, call.span);
  const words =
    argument.kind === 'list' ? argument.items.map((item) => stringValue(inner(item))) : [stringValue(inner(argument))];
  const texts = words.flatMap((word) => (word.state === 'known' ? [word.value] : []));
  if (texts.length < words.length) return open('GetAtt', at, 'what it refers to is computed');
  const place = argument.kind === 'scalar' ? placeOf(context, argument.span) : at;
  return attributeOf(texts.join('.'), place, context, inner);
}

/** What `GetAtt` of `Resource.Attribute` gives. */
export function attributeOf(path: string, at: Location, context: StackContext, inner: Evaluate): Described {
  const dot = path.indexOf('.');
  const logicalId = dot < 0 ? path : path.slice(0, dot);
  const name = dot < 0 ? '' : path.slice(dot + 1);
  const resource = context.resources.get(logicalId);
  if (!resource) return open(path, at, `the template has no resource ${logicalId}`);
  if (name.startsWith('Outputs.')) {
    const output = context.output(logicalId, name.slice('Outputs.'.length));
    if (output) return reachedBy(output, { at, text: `GetAtt ${path}` });
  }
  if (resource.type === REPOSITORY && name === 'RepositoryUri') {
    const registry = dynamic(REGISTRY, at, 'it depends on where the stack is deployed');
    const repository = repositoryName(resource, inner) ?? dynamic(`\${${logicalId}}`, at, 'the repository has no name');
    return fromValue(joinedText([registry, repository], at));
  }
  if (IDENTITY.test(name)) return scalar(known(addressOf(context, logicalId), at));
  return open(path, at, `${path} is known only after the deployment`);
}

/** A resource inside a text is its name, where the template gives it one. */
export function nameInText(part: Described, context: StackContext, inner: Evaluate): Value<string> {
  const value = stringValue(part);
  if (value.state !== 'known' || !isAddress(value.value)) return value;
  const resource = context.resources.get(value.value.slice(value.value.lastIndexOf('#') + 1));
  return (resource?.type === REPOSITORY ? repositoryName(resource, inner) : undefined) ?? value;
}

function repositoryName(resource: StackResource, inner: Evaluate): Value<string> | undefined {
  const entry = resource.properties?.entries.find(({ key }) => key === 'RepositoryName');
  const name = entry && stringValue(inner(entry.value, resource.shift));
  return name?.state === 'absent' ? undefined : name;
}

/** A joined text as a part. */
export function fromValue(value: Value<string>): Described {
  if (value.state !== 'choice') return scalar(value);
  return {
    kind: 'choice',
    at: value.at,
    branches: value.branches.map((branch) => ({ when: branch.when, value: fromValue(branch.value) })),
  };
}
