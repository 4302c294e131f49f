import { afterEach } from 'vitest';
import {
  type Lab,
  type LabBoxControl,
  type LabPhone,
  type LabPhoneControl,
  type LabPhoneService,
  type LabYeastar,
  startLab,
} from '../../../lab/index.ts';

export interface PhoneBench {
  lab: Lab;
  box: LabBoxControl;
  phone: LabPhoneControl;
  service: LabPhoneService;
  /** Settings that make line 1 the extension 1000 of the box, in the keys of V80 and later. */
  account: Record<string, string>;
}

const open: Array<() => Promise<unknown>> = [];

/** Has it closed after the test. */
export function closeLater(close: () => Promise<unknown>): void {
  open.push(close);
}

/** Starts a lab with one box and one phone of generation c, closed after the test. */
export async function phoneBench(
  wanted: Partial<LabPhone> = {},
  boxWanted: Partial<LabYeastar> = {},
): Promise<PhoneBench> {
  const box: LabYeastar = { name: 'sede', edition: 'v2.0.0', extensions: 3, tls: false, ...boxWanted };
  const lab = await startLab({
    boxes: [box],
    phones: [{ name: 'mesa', generation: 'c', tls: false, ...wanted }],
  });
  closeLater(() => lab.close());
  const [service] = lab.phones;
  if (service === undefined) throw new Error('the lab started no phone');
  const phone = lab.phone(service.name);
  await phone.settled();
  return { lab, box: lab.box(box.name), phone, service, account: accountFor(lab, '1000') };
}

/** The account of an extension, for a line. */
export function accountFor(lab: Lab, number: string, line = 1): Record<string, string> {
  const [box] = lab.boxes;
  const extension = box === undefined ? undefined : lab.box(box.name).running()[number];
  const registername = extension?.registername ?? '';
  const registerpassword = extension?.registerpassword ?? '';
  const values = {
    enable: '1',
    label: 'Recepción',
    display_name: 'Recepción',
    auth_name: registername,
    user_name: registername,
    password: registerpassword,
    'sip_server.1.address': box?.sip.server ?? '',
    'sip_server.1.port': String(box?.sip.port ?? ''),
    'sip_server.1.expires': '180',
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`account.${line}.${name}`, value]),
  );
}

/** A configuration file with those lines. */
export function cfg(values: Record<string, string> | ReadonlyArray<readonly [string, string]>): string {
  const entries = Array.isArray(values) ? values : Object.entries(values);
  return ['#!version:1.0.0.1', ...entries.map(([key, value]) => `${key} = ${value}`), ''].join('\n');
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()));
});
