import { type Desired, resourceAddress, type Scalar, type Target, targetAddress } from '../model/index.ts';
import type { Account, AccountDefaults, Device } from '../model/input.ts';
import { adoptOf } from './adopt.ts';
import { type Said, saidIn } from './said.ts';
import type { CompileInput } from './source.ts';

/** Fields of the YAML that are not values of the account itself. */
const notValues = new Set(['line', 'extension', 'network', 'protect', 'adopt']);

/** What the procedure sets on every phone where nothing else is declared. */
export const usualAccount = { active: true, transport: 'udp', port: 5060, expires: 180, retries: 3 } as const;

/** The names that the PBX gives, known only once the extension exists there. */
const givenByPbx = ['registerName', 'userName'] as const;

/** The accounts of a client's devices as desired resources. `extensions` are the compiled ones, by address. */
export function compileAccounts(
  input: CompileInput,
  targets: readonly Target[],
  extensions: readonly Desired[],
): readonly Desired[] {
  const byAddress = new Map(extensions.map((extension) => [extension.address, extension]));
  const byTarget = new Map(targets.map((target) => [target.address, target]));
  return (input.client.data.devices ?? []).flatMap((device, index) => {
    const target = byTarget.get(targetAddress(input.client.id, 'device', device.id));
    if (target === undefined) return [];
    return (device.accounts ?? []).flatMap((account, position) => {
      const [label = '', number = ''] = account.extension.split('/');
      const pbx = byTarget.get(targetAddress(input.client.id, 'pbx', label));
      const extension = byAddress.get(
        resourceAddress(targetAddress(input.client.id, 'pbx', label), 'extension', number),
      );
      if (pbx === undefined || extension === undefined) return [];
      const origin = input.client.origin(['devices', index, 'accounts', position]);
      return [{ ...compileAccount(input, { device, account, target, pbx, extension }), origin }];
    });
  });
}

/** One account with everything it takes its values from. */
interface Wiring {
  readonly device: Device;
  readonly account: Account;
  readonly target: Target;
  readonly pbx: Target;
  readonly extension: Desired;
}

function compileAccount(input: CompileInput, wiring: Wiring): Omit<Desired, 'origin'> {
  const { account, target, extension } = wiring;
  const said = valuesOf(input, wiring);
  const sip = extension.secrets.sip;
  const key = String(account.line);
  return {
    address: resourceAddress(target.address, 'account', key),
    kind: 'account',
    key,
    ...said,
    secrets: sip === undefined ? {} : { password: sip },
    references: referencesOf(account, extension),
    dependsOn: [extension.address],
    protect: account.protect === true,
    adopt: adoptOf(account.adopt),
  };
}

/** Declared over what the extension and its PBX say, over policy, over the procedure. The user name follows the register name. */
function valuesOf(input: CompileInput, wiring: Wiring): Said {
  const { account, target, extension } = wiring;
  const supported = (field: string) => input.supports(target.driver, 'account', field);
  const derived = {
    ...usualAccount,
    ...policyOf(input, wiring.device.model),
    ...sipOf(wiring),
    ...namesOf(extension),
    ...(account.registerName === undefined ? {} : { userName: account.registerName }),
  };
  const merged = {
    ...Object.fromEntries(Object.entries(derived).filter(([field]) => supported(field))),
    ...account,
  };
  return saidIn(Object.entries(merged).filter(([field]) => !notValues.has(field)));
}

/** Weakest first: workspace, client, then the same for the device's model. */
function policyOf({ workspace, client }: CompileInput, model: string | undefined): AccountDefaults {
  const policies = [workspace.policy, client.data.policy];
  const general = policies.map((policy) => policy?.accounts ?? {});
  const special = model === undefined ? [] : policies.map((policy) => policy?.models?.[model] ?? {});
  return Object.assign({}, ...general, ...special);
}

const sipFields = ['server', 'port', 'transport', 'domain', 'outboundProxy'] as const;

/** Where the phone registers: the PBX's `lan` or `wan`, or its only address. */
function sipOf({ account, device, pbx }: Wiring): Record<string, Scalar> {
  const network = account.network ?? device.network ?? onlyNetwork(pbx);
  const prefix = 'server' in pbx.sip ? '' : `${network}.`;
  return Object.fromEntries(
    sipFields.flatMap((field) => {
      const value = pbx.sip[`${prefix}${field}`];
      return value === undefined ? [] : [[field, value]];
    }),
  );
}

function onlyNetwork({ sip }: Target): 'lan' | 'wan' {
  return 'lan.server' in sip ? 'lan' : 'wan';
}

/** Phone and PBX show the same name. */
function namesOf({ values }: Desired): Record<string, Scalar> {
  const shown = values.callerIdName ?? values.name;
  return {
    ...(values.name === undefined ? {} : { label: values.name }),
    ...(shown === undefined ? {} : { displayName: shown }),
  };
}

/** Where one of them is declared, or left alone, the PBX is not asked for it; nor for the user name where the register name is. */
function referencesOf(account: Account, { address }: Desired): Desired['references'] {
  const taken = givenByPbx.filter(
    (field) => account[field] === undefined && account.registerName === undefined,
  );
  return Object.fromEntries(taken.map((field) => [field, { address, field: 'registrationName' }]));
}
