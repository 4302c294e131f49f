import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import clientSchema from '../../schemas/client.schema.json' with { type: 'json' };
import commonSchema from '../../schemas/common.schema.json' with { type: 'json' };
import profileSchema from '../../schemas/profile.schema.json' with { type: 'json' };
import secretsSchema from '../../schemas/secrets.schema.json' with { type: 'json' };
import workspaceSchema from '../../schemas/workspace.schema.json' with { type: 'json' };
import { digestOf } from '../model/index.ts';

/** The kinds of files that people write. */
export type FileKind = 'workspace' | 'client' | 'secrets' | 'profile';

const schemas = {
  workspace: workspaceSchema,
  client: clientSchema,
  secrets: secretsSchema,
  profile: profileSchema,
} as const;

let ajv: Ajv2020 | null = null;
const compiled = new Map<FileKind, ValidateFunction>();
let digest: string | null = null;

/** All errors of plain data against its schema. The schema is compiled at its first use. */
export function schemaErrors(kind: FileKind, data: unknown): readonly ErrorObject[] {
  const validate = validatorOf(kind);
  return validate(data) ? [] : (validate.errors ?? []);
}

/** Changes whenever a schema changes: part of the key of a cached parse. */
export function schemaVersion(): string {
  digest ??= digestOf([commonSchema, schemas]);
  return digest;
}

function validatorOf(kind: FileKind): ValidateFunction {
  const known = compiled.get(kind);
  if (known !== undefined) return known;
  ajv ??= new Ajv2020({
    allErrors: true,
    verbose: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
    validateSchema: false,
    // Compiling takes longer than validating ten thousand extensions: the optimiser costs more than it saves.
    code: { optimize: false },
  }).addSchema(commonSchema);
  const validate = ajv.compile(schemas[kind]);
  compiled.set(kind, validate);
  return validate;
}
