import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyText } from '../../../engine/report/index.ts';
import { type LabAsteriskPeer, peersOf } from '../../../lab/asterisk/index.ts';
import type { LabMeetip, LabMeetipService } from '../../../lab/index.ts';
import { pbxBlock } from '../../support/bench.ts';
import { type Scene, startScene } from './scene.ts';

const sip = 'Kf7mQ2xRt-p9WbL4hZc6';
const extension = 'centralita/110';

/** What Asterisk makes of a phone that the API calls registered, or of one that it does not know of. */
let seenBy: (peer: LabAsteriskPeer) => LabAsteriskPeer;
let scene: Scene<LabMeetipService>;

beforeAll(async () => {
  scene = await startScene<LabMeetip>({
    boxes: [{ driver: 'meetip', name: 'centralita' }],
    asterisk: (lab) => ({
      peers: () =>
        peersOf(lab.box('centralita'), { name: (number) => `301${number}` }).map((peer) => seenBy(peer)),
    }),
  });
  const secrets = { sip, portal: 'Rb6zLm4cPf-x8QjD2tNk', pin: '4071' };
  for (const [field, value] of Object.entries(secrets)) {
    await scene.secret('values', `extensions/centralita/110/${field}`, value);
  }
  await declare();
  seenBy = (peer) => peer;
  expect((await scene.apply()).codes).toEqual([]);
});
afterAll(() => scene.close());

async function declare(observer = scene.shell()): Promise<void> {
  const credentials = { apiKey: { secret: 'pbx/centralita/apiKey' } };
  const block = { tenant: '301', credentials, observer };
  const accounts = [{ line: 1, extension }];
  await scene.declare({
    pbx: { centralita: pbxBlock(scene.service('centralita'), block) },
    extensions: [{ pbx: 'centralita', number: '110', name: 'Recepción', email: 'recepcion@acme.example' }],
    devices: [
      { id: 'mesa', driver: 'yealink', mode: 'guided', model: 'T46U', mac: '80:5e:c0:00:00:01', accounts },
    ],
  });
}

/** @param api whether a phone is registered by the API's word */
async function verified(api: boolean, asterisk: (peer: LabAsteriskPeer) => LabAsteriskPeer = (peer) => peer) {
  seenBy = asterisk;
  const box = scene.lab.box('centralita');
  if (api) expect(box.register('110', sip)).toBe(true);
  else box.unregister('110');
  return scene.verify();
}

const unreachable = (peer: LabAsteriskPeer): LabAsteriskPeer => ({
  ...peer,
  contacts: peer.contacts.map((contact) => ({ ...contact, qualify: 'unreachable' })),
});

describe('the API of a PBX and its Asterisk', () => {
  it('both see the phone: passed, and both are quoted', async () => {
    const seen = await verified(true);
    expect(seen.codes).toEqual([]);
    const { result, evidence } = seen.of(extension);
    expect(result).toBe('passed');
    expect(evidence).toMatch(
      /^monitor says Registered, with an address \(inferred\) · sip show peers: OK \(1 ms\) at 192\.0\.2\.\d+:5060; reachable$/,
    );
    expect(verifyText(seen.report, 'en')).toContain(`acme/pbx:centralita/extension:110  "${evidence}"`);
  });

  it('neither sees it: failed, and both are quoted', async () => {
    const { result, evidence } = (await verified(false)).of(extension);
    expect(result).toBe('failed');
    expect(evidence).toBe(
      'monitor says Unregistered, without an address (inferred) · sip show peers: (Unspecified), UNKNOWN; no address is held',
    );
  });

  it('the API has an address where nobody answers: not known, and both are quoted', async () => {
    const seen = await verified(true, unreachable);
    expect(seen.codes).toEqual([]);
    const { result, evidence } = seen.of(extension);
    expect(result).toBe('unknown');
    expect(evidence).toMatch(
      /^monitor says Registered, .* · sip show peers: UNREACHABLE at .*nobody answers there$/,
    );
  });

  it('Asterisk has an address that the API does not show: not known, and both are quoted', async () => {
    const contacts = [{ address: '192.0.2.77', port: 5060 }];
    const { result, evidence } = (await verified(false, (peer) => ({ ...peer, contacts }))).of(extension);
    expect(result).toBe('unknown');
    expect(evidence).toMatch(
      /^monitor says Unregistered, .* · sip show peers: OK \(1 ms\) at 192\.0\.2\.77:5060/,
    );
  });

  it('Asterisk speaks alone where the API does not answer, and knows the name all the same', async () => {
    scene.lab.box('centralita').addFault({ kind: 'offline', times: 0 });
    const seen = await verified(true).finally(() => scene.lab.box('centralita').clearFaults());
    expect(seen.diagnostics.map(({ severity }) => severity)).toEqual(['error']);
    expect(seen.of(extension)).toMatchObject({
      result: 'passed',
      evidence: expect.stringMatching(/^sip show peers: OK/),
    });
  });

  it('the API speaks alone where Asterisk cannot be asked, and that is said', async () => {
    await scene.asterisk.control.running(false);
    const seen = await verified(true).finally(() => scene.asterisk.control.running(true));
    expect(seen.codes).toEqual(['unreachable']);
    expect(seen.of(extension)).toMatchObject({
      result: 'passed',
      evidence: 'monitor says Registered, with an address (inferred)',
    });
  });

  it('a phone that only the PBX sees is no proof for the phone', async () => {
    const seen = await verified(true);
    expect(seen.of('device:mesa/1')).toMatchObject({ result: 'unknown', seen: 'pbx-only' });
  });
});
