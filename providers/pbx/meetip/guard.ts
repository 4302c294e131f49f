import { AltaError, type Code, type Params } from '../../../engine/model/index.ts';
import type { Write } from '../../contract.ts';
import { failure } from '../../transport/refusal.ts';
import { actions } from './actions.ts';
import type { Agent, Line } from './answers.ts';
import { aboutOf, type Link } from './call.ts';
import { type Ids, secretProblems } from './dialect.ts';
import { canonicalAgent, genericSip, namesOutgoing } from './fields.ts';
import { isSip } from './inventory.ts';
import type { Known } from './known.ts';
import { agentName, editionOf } from './reading.ts';
import { numberProblems, valueProblems } from './rules.ts';
import { refuseOtherTenant, type Tenant } from './tenant.ts';

/** What is known of a write by the time it is sent. */
export interface Clearance {
  readonly tenant: Tenant;
  readonly ids: Ids;
  /** The extension as the list shows it; undefined = there is none, or it is to be made. */
  readonly line: Line | undefined;
}

/**
 * Refuses, before anything is sent, what is meant for another tenant, and what this server cannot do or would refuse half-way. Every error
 * says `written` nothing.
 * @throws `wrong-identity`, `value-…`, `secret-…`, `field-required`, `field-read-only`, `unsupported-operation`, `not-found`
 */
export async function clear(write: Write, known: Known): Promise<Clearance> {
  const { link } = known;
  const tenant = await known.tenant();
  refuseOtherTenant(tenant, link.target);
  guardNumber(write, tenant, link);
  if (write.kind !== 'extension') throw impossible(`${write.action} ${write.kind}`, write, known);
  if (write.action !== 'delete') guardValues(write, link);
  const denied = known.denied();
  if (write.action !== 'delete' && denied !== null && namesOutgoing(write.values))
    throw forbidden(denied.action, write, known, denied.evidence);
  const line = write.action === 'create' ? undefined : await known.line(write.key);
  if (line !== undefined && !isSip(line))
    throw impossible(`${write.action} ${line.protocol} extension`, write, known);
  if (line === undefined && write.action === 'update') throw notThere(write, link);
  return { tenant, line, ids: write.action === 'delete' ? noIds : await idsFor(write, known) };
}

/** The first rule that a write breaks; the plan has shown all of them. */
function guardValues(write: Exclude<Write, { readonly action: 'delete' }>, { target }: Link): void {
  const { values, secrets } = write;
  const refuse = (code: Code, field: string, params: Params = {}): never => {
    throw refusal(code, write, { driver: target.driver, ...params, field });
  };
  if (write.action === 'create') {
    const field = ['name', 'email'].find((one) => values[one] === undefined);
    if (field !== undefined) refuse('field-required', field);
    const secret = ['sip', 'pin'].find((one) => secrets[one] === undefined);
    if (secret !== undefined) refuse('secret-required', secret);
  }
  if (write.action === 'update' && values.registrationName !== undefined)
    refuse('field-read-only', 'registrationName');
  const [problem] = [...valueProblems(values), ...secretProblems(secrets)];
  if (problem !== undefined) refuse(problem.code, problem.field, problem.params);
}

/** A number of another length is refused by the server too, but only one of the tenant's length is sure to be taken as one number. */
function guardNumber(write: Write, { numberLength }: Tenant, { target }: Link): void {
  const length = write.action === 'create' ? numberLength : null;
  const [problem] = numberProblems(write.key, length);
  if (problem === undefined) return;
  throw refusal(problem.code, write, { driver: target.driver, ...problem.params, field: 'number' });
}

const noIds: Ids = { agent: String, department: String };

/** The ids of what a write names. Lists are asked for only where they are needed. */
async function idsFor(write: Exclude<Write, { readonly action: 'delete' }>, known: Known): Promise<Ids> {
  const { values, action } = write;
  const agents = action === 'create' || values.userAgent !== undefined ? await known.agents() : null;
  const departments = values.department === undefined ? null : await known.departments();
  return {
    agent: (name) => agentId(name, agents, write, known),
    department: (name) => {
      if (departments === null) throw forbidden(actions.departments, write, known);
      const found = [...departments].find(([, one]) => one === name);
      if (found === undefined)
        throw choice('department', name, [...new Set(departments.values())], write, known);
      return found[0];
    },
  };
}

/** Found by name and checked to be switched on: the server cannot use one that is not. [field] */
function agentId(name: string, agents: readonly Agent[] | null, write: Write, known: Known): string {
  const { target } = known.link;
  const { userAgentId } = target.options;
  const wanted = canonicalAgent(name);
  const given =
    wanted === genericSip.canonical && userAgentId !== undefined ? String(userAgentId) : undefined;
  if (agents === null) {
    if (given === undefined) throw forbidden(actions.userAgents, write, known);
    return given;
  }
  const agent = agents.find((one) =>
    given === undefined ? agentName(one, target) === wanted : one.id === given,
  );
  if (agent === undefined) {
    const names = agents.filter(({ enabled }) => enabled).map((one) => agentName(one, target));
    throw choice('userAgent', given === undefined ? name : `${name} (id ${given})`, names, write, known);
  }
  if (!agent.enabled)
    throw impossible(`use the device type ${agent.fullname}, which is switched off,`, write, known);
  return agent.id;
}

function choice(
  field: string,
  value: string,
  allowed: readonly string[],
  write: Write,
  { link }: Known,
): AltaError {
  return refusal('value-one-of', write, { driver: link.target.driver, field, value, allowed });
}

function forbidden(
  operation: string,
  write: Write,
  { link }: Known,
  evidence = 'the key may not use this action',
): AltaError {
  const about = { ...aboutOf(link, { action: actions.list, object: write.address }), operation, write: true };
  return failure('forbidden', evidence, about, 'nothing');
}

function notThere(write: Write, link: Link): AltaError {
  const about = { ...aboutOf(link, { action: actions.list, object: write.address }), write: true };
  return failure('not-found', 'not in the list', about, 'nothing');
}

/** The error of what only a person can do on this server. */
function impossible(operation: string, write: Write, { link, license }: Known): AltaError {
  const params = { host: link.target.host, edition: editionOf(license), operation };
  return new AltaError('unsupported-operation', params, { address: write.address, written: 'nothing' });
}

function refusal(code: Code, write: Write, params: Params): AltaError {
  return new AltaError(
    code,
    { address: write.address, ...params },
    { address: write.address, written: 'nothing' },
  );
}
