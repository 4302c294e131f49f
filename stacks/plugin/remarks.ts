/**
 * Remarks on their way to the client: texts of the server's own, and the protocol's form of all of them. They are in English only, as
 * everything that Terraform says around them.
 */
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { AttributeType, Remark, Schema } from './contract.ts';
import {
  type AttributePathSchema,
  Diagnostic_Severity,
  type DiagnosticSchema,
} from './generated/tfplugin6_pb.ts';

/** Names and indexes, from the root of the block. */
export type Path = readonly (string | number)[];
export type DiagnosticMessage = MessageInitShape<typeof DiagnosticSchema>;
type PathMessage = MessageInitShape<typeof AttributePathSchema>;

/** A remark that ends a request: thrown inside the server, answered as a diagnostic. Its texts hold no value of a resource. */
export class RefusedRequest extends Error {
  readonly remark: Remark;

  constructor(remark: Omit<Remark, 'severity'>) {
    super(remark.summary);
    this.name = 'RefusedRequest';
    this.remark = { severity: 'error', ...remark };
  }
}

/** `accounts[0].label` */
export function pathText(path: Path): string {
  return path
    .map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`))
    .join('');
}

/**
 * The protocol's form. Terraform shows the line of an attribute or of an element, but not of what is deeper: the text names the whole path
 * as well.
 */
export function diagnosticOf(remark: Remark, schema?: Schema): DiagnosticMessage {
  const { severity, summary, detail, path = [] } = remark;
  const place = path.length === 0 ? '' : `\n\nAttribute: ${pathText(path)}`;
  return {
    severity: severity === 'error' ? Diagnostic_Severity.ERROR : Diagnostic_Severity.WARNING,
    summary,
    detail: `${detail}${place}`,
    ...(path.length === 0 ? {} : { attribute: pathMessage(path, schema) }),
  };
}

export function diagnosticsOf(remarks: readonly Remark[] = [], schema?: Schema): DiagnosticMessage[] {
  return remarks.map((remark) => diagnosticOf(remark, schema));
}

/** The protocol tells an attribute from a key of a map: the schema knows which a name is. */
export function pathMessage(path: Path, schema?: Schema): PathMessage {
  const attributes = Object.entries(schema?.attributes ?? {}).map(([name, { type }]) => [name, type]);
  return { steps: stepsOf(path, { object: Object.fromEntries(attributes) }) };
}

type StepMessage = NonNullable<PathMessage['steps']>[number];

function stepsOf([step, ...rest]: Path, type: AttributeType | undefined): StepMessage[] {
  if (step === undefined) return [];
  return [{ selector: selectorOf(step, type) }, ...stepsOf(rest, typeWithin(type, step))];
}

function selectorOf(
  step: string | number,
  type: AttributeType | undefined,
): NonNullable<StepMessage['selector']> {
  if (typeof step === 'number') return { case: 'elementKeyInt', value: BigInt(step) };
  const isKey = typeof type === 'object' && 'map' in type;
  return { case: isKey ? 'elementKeyString' : 'attributeName', value: step };
}

function typeWithin(type: AttributeType | undefined, step: string | number): AttributeType | undefined {
  if (type === undefined || typeof type === 'string') return undefined;
  if ('list' in type) return type.list;
  return 'map' in type ? type.map : type.object[step];
}

const internal = 'Internal error of the provider';

/**
 * A mistake in the provider's code. Neither the message nor the stack of what was thrown is shown: a message may quote a value.
 *
 * @param what `plan of alta_extension`
 */
export function internalError(what: string, thrown: unknown): Remark {
  const kind = thrown instanceof Error ? thrown.name : typeof thrown;
  return {
    severity: 'error',
    summary: internal,
    detail:
      `The ${what} failed unexpectedly (${kind}). This is a mistake in the provider, not in the configuration. ` +
      'What the provider printed beside this, or its log (TF_LOG_PROVIDER=ERROR), says where it happened: report it.',
  };
}

/** An answer of the provider that does not fit its own schema; what is there may not be what Terraform knows. */
export function misfit(path: Path, what: string): RefusedRequest {
  return new RefusedRequest({
    summary: internal,
    detail:
      `In the answer, ${pathText(path)} ${what}. This is a mistake in the provider, not in the configuration: report it. ` +
      'After an apply, look whether the object is there before you run again.',
    path,
  });
}

export function notConfigured(what: string): RefusedRequest {
  return new RefusedRequest({
    summary: 'The provider is not configured',
    detail:
      `The ${what} needs a configured provider, and this connection has none. ` +
      'Correct the errors of the provider block first; if there are none, report it.',
  });
}

export function unknownType(kind: 'resource' | 'data source', name: string): RefusedRequest {
  return new RefusedRequest({
    summary: `Unknown ${kind} type`,
    detail: `This provider has no ${kind} ${name}. Run terraform init -upgrade: state and provider may be of different versions.`,
  });
}

/** What an older client would write into its state in clear. */
export function writeOnlyRefused(name: string): Remark {
  return {
    severity: 'error',
    summary: 'Write-only attribute needs Terraform 1.11',
    detail:
      'This version of Terraform cannot keep a write-only value out of its state and plan files. ' +
      'Use Terraform 1.11 or later (OpenTofu 1.11 or later), or remove the attribute.',
    path: [name],
  };
}
