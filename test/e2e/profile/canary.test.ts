import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SENTINELS } from '../../../lab/pekepbx/har.ts';
import { type Ended, type OnSite, onSite } from './site.ts';

/** What nobody may see, put where a recording may hold it, beside all that a real one holds. */
const planted = {
  Authorization: 'Bearer cAnArY-aUtH-11',
  Cookie: 'sid=cAnArY-cOoKiE-22; XSRF-TOKEN=cAnArY-xSrF-33',
  'X-Api-Key': 'cAnArY-kEy-44',
  'X-Company-Token': 'cAnArY-tEnAnT-55',
};

interface Entry {
  _resourceType?: string;
  request: {
    method: string;
    url: string;
    headers: { name: string; value: string }[];
    postData?: { text: string };
  };
  response: { headers: { name: string; value: string }[]; content: { text?: string } };
}

type Recording = { log: { entries: Entry[] } };

/** Every call carries secrets in its headers, its query and its body, and answers with some; some keys are somebody's data. */
function poison(recording: Recording): void {
  for (const { _resourceType, request, response } of recording.log.entries) {
    if (_resourceType !== 'xhr') continue;
    request.headers.push(...Object.entries(planted).map(([name, value]) => ({ name, value })));
    response.headers.push({ name: 'Set-Cookie', value: 'sid=cAnArY-cOoKiE-66; Path=/' });
    const url = new URL(request.url);
    url.searchParams.set('sig', 'cAnArY-qUeRy-77');
    url.searchParams.set('cAnArY-pArAm-88-x', '1');
    request.url = url.href;
    const { postData } = request;
    if (postData !== undefined) postData.text = withMore(postData.text, { api_key: 'cAnArY-bOdY-99' });
    const text = response.content.text ?? '';
    if (text.startsWith('{')) {
      const more = {
        refresh_token: 'cAnArY-tOkEn-10',
        'canary.person@acme.example': 'cAnArY-oWnEr-12',
        by_customer: { 'Canary Person': { 'cAnArY-kEy-13-z': 'ZZ-NAME-1' } },
        note: 'Canary Person, Calle Mayor 1',
      };
      response.content.text = withMore(text, more);
    }
  }
}

function withMore(text: string, more: object): string {
  return JSON.stringify({ ...(JSON.parse(text) as object), ...more });
}

/** Every text of a recording that looks like somebody's data: marks in it, capitals, digits, mail addresses. What was typed is not. */
function dataIn(recording: unknown, open: string): readonly string[] {
  const typed = Object.values(SENTINELS);
  const texts = [...textsIn(recording)].filter(
    (text) => text.length >= 5 && /\d|@|[A-ZÁÉÍÓÚÑ].*[a-z].*[A-Z]|\s/.test(text) && !text.startsWith('/'),
  );
  return [...new Set(texts)].filter((text) => !typed.includes(text) && !open.includes(text));
}

function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    yield value;
    if (/^[[{]/.test(value)) yield* textsIn(JSON.parse(value));
    for (const part of value.split(/[\s;,=&/?]+/)) if (part !== value) yield part;
  } else if (typeof value === 'number') yield String(value);
  else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      if (/canary/i.test(key)) yield key;
      yield* textsIn(inner);
    }
  }
}

/** Every file of the workspace but the recording itself. */
async function written(root: string): Promise<string> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && entry.name !== 'recording.har' && entry.name !== 'identity.txt',
  );
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))).join(
    '\n',
  );
}

describe.each(['a', 'b'] as const)('nothing of a recording in dialect %s but names of the API', (edition) => {
  let site: OnSite;
  let secrets: readonly string[] = [];
  let recording: Recording = { log: { entries: [] } };
  const line = 'profile import-har recording.har --profile lab --replace';

  beforeAll(async () => {
    site = await onSite({ edition });
    await site.record();
    recording = JSON.parse(await site.read('recording.har')) as Recording;
    poison(recording);
    await writeFile(join(site.root, 'recording.har'), JSON.stringify(recording));
    secrets = dataIn(
      recording.log.entries.map(({ request, response }) => ({ request, response })),
      open,
    );
  });
  afterAll(() => site.close());

  /** Texts that stand in the shipped profile anyway. */
  const open = 'Authorization application/json 3600 100 api v2 v36 1443 SIP PekePBX XMLHttpRequest';

  function leaks(text: string): readonly string[] {
    return secrets.filter((secret) => text.includes(secret));
  }

  it('(there is something to leak)', () => {
    expect(secrets.filter((secret) => /canary/i.test(secret)).length).toBeGreaterThan(15);
    expect(secrets.filter((secret) => /@acme\.example|^\+34/.test(secret)).length).toBeGreaterThan(5);
    expect(secrets.some((secret) => secret.startsWith('eyJ'))).toBe(true);
  });

  it.each(['', ' --json', ' --lang es', ' --debug', ' --dry-run --json'])('is printed%s', async (options) => {
    const { code, out, err } = await site.alta(`${line}${options}`);
    expect(code).toBe(0);
    expect(out).toContain('identity.number');
    expect(leaks(out + err)).toEqual([]);
  });

  it('is written', async () => {
    await site.alta(line);
    const text = await written(site.root);
    expect(text).toContain('kind: Profile');
    expect(leaks(text)).toEqual([]);
  });

  it('still tells the names, through all of that', async () => {
    const { out } = await site.alta(`${line} --json`);
    const { findings } = JSON.parse(out) as { findings: { place: string; standing: string }[] };
    const found = findings.filter(({ standing }) => standing === 'found').map(({ place }) => place);
    expect(found).toEqual(
      expect.arrayContaining(['identity.id', 'fields.name', 'fields.sip', 'fields.portal']),
    );
  });

  it('is told of what is broken, wherever it breaks', async () => {
    const whole = JSON.stringify(recording);
    const told: Ended[] = [];
    for (const part of [0.11, 0.29, 0.43, 0.61, 0.83, 0.97]) {
      const at = Math.floor(whole.length * part);
      await writeFile(join(site.root, 'recording.har'), `${whole.slice(0, at)}\u0001${whole.slice(at)}`);
      told.push(await site.alta(line), await site.alta(`${line} --json --debug`));
    }
    await writeFile(join(site.root, 'recording.har'), whole);
    expect(told.map(({ code }) => code)).toEqual(told.map(() => 1));
    expect(told.flatMap(({ out, err }) => leaks(out + err))).toEqual([]);
  });

  it('is told where nothing fits what was typed', async () => {
    const { code, out, err } = await site.alta(`${line} --sentinels name=,email=,mobile=,sip=,portal=`);
    expect([code, leaks(out + err)]).toEqual([1, []]);
    expect(err).toContain('[har-values-missing]');
  });
});
