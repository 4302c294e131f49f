import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { held, terraformState } from '../stacks/fixture.ts';
import { terraformWorkspace } from '../stacks/workspace.ts';
import { play } from './stage.ts';

let root: string;
const stackOf = (client: string) => join('cdktf.out', 'stacks', client, 'cdk.tf.json');
const read = (client: string) => JSON.parse(readFileSync(join(root, stackOf(client)), 'utf8'));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'alta-cli-synth-'));
  terraformWorkspace(root, ['academia-lua', 'talleres-norte']);
});
afterEach(() => rmSync(root, { recursive: true }));

describe('alta synth', () => {
  it('says what it wrote, and what waits for a person', async () => {
    const { code, out, err } = await play(['synth'], { cwd: root });
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines.slice(0, 2)).toEqual([stackOf('academia-lua'), stackOf('talleres-norte')]);
    expect(lines).toContain(
      'Waits for a person: academia-lua/pbx:main/extension:10. `alta attest` says what to do.',
    );
  });

  it('answers in Spanish and as JSON', async () => {
    const spanish = await play(['synth', 'academia-lua', '--lang', 'es'], { cwd: root });
    expect(spanish.out).toContain('Espera a una persona: academia-lua/pbx:main/extension:10.');
    const { out } = await play(['synth', 'talleres-norte', '--json'], { cwd: root });
    expect(JSON.parse(out)).toMatchObject({
      format_version: '1.0',
      stacks: [{ client: 'talleres-norte', path: join(root, stackOf('talleres-norte')) }],
      pending: [{ address: 'talleres-norte/device:recambios/account:1', action: 'create' }],
      diagnostics: [],
    });
  });

  it('writes where it is told', async () => {
    const { code, out } = await play(['synth', 'talleres-norte', '--out', 'here'], { cwd: root });
    expect([code, out.split('\n')[0]]).toEqual([0, join('here', 'stacks', 'talleres-norte', 'cdk.tf.json')]);
    expect(existsSync(join(root, 'cdktf.out'))).toBe(false);
  });

  it('refuses a client of Alta by name', async () => {
    const { code, err } = await play(['synth', 'acme'], { cwd: root });
    expect([code, err]).toEqual([1, expect.stringContaining('[engine-alta]')]);
  });
});

describe('alta synth --state', () => {
  const serial = 'yeastar:serial:369253020042';
  const state = terraformState([held('antes_10', 'antes', '10', serial, 'talleres-norte')]);

  it('moves what is called otherwise there', async () => {
    writeFileSync(join(root, 'pulled.json'), state);
    const args = ['synth', 'talleres-norte', '--state', 'pulled.json'];
    const { code, err } = await play(args, { cwd: root });
    expect([code, err]).toEqual([0, '']);
    expect(read('talleres-norte').moved).toEqual([
      { from: 'alta_extension.antes_10', to: 'alta_extension.nave_10' },
    ]);
  });

  it('reads standard input', async () => {
    await play(['synth', 'talleres-norte', '--state', '-'], { cwd: root, stdin: state });
    expect(read('talleres-norte').moved).toHaveLength(1);
  });

  it.each([[[]], [['talleres-norte', 'academia-lua']]])('is of one client, not of %j', async (clients) => {
    const { code, err } = await play(['synth', ...clients, '--state', '-'], { cwd: root, stdin: state });
    expect([code, err]).toEqual([1, expect.stringContaining('[synth-state-one-client]')]);
  });

  it('is refused where it is that of another client, in both languages', async () => {
    const others = terraformState([held('main_10', 'main', '10', 'x', 'academia-lua')]);
    const args = ['synth', 'talleres-norte', '--state', '-'];
    const { code, err } = await play(args, { cwd: root, stdin: others });
    expect([code, err]).toEqual([1, expect.stringContaining('[synth-other-client]')]);
    expect(err).toContain('holds resources of academia-lua');
    expect(existsSync(join(root, 'cdktf.out', 'stacks', 'talleres-norte'))).toBe(false);
    const spanish = await play([...args, '--lang', 'es'], { cwd: root, stdin: others });
    expect(spanish.err).toContain('contiene recursos de academia-lua');
  });

  it('is refused where it is none', async () => {
    const { code, err } = await play(['synth', 'talleres-norte', '--state', '-'], { cwd: root, stdin: 'x' });
    expect([code, err]).toEqual([1, expect.stringContaining('[terraform-state-unreadable]')]);
  });
});
