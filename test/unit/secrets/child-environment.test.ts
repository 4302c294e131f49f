import { describe, expect, it } from 'vitest';
import { childEnvironment } from '../../../engine/secrets/index.ts';

const env = {
  PATH: '/bin',
  HOME: '/home/ana',
  LANG: 'es_ES.UTF-8',
  LC_ALL: 'C',
  TZ: 'UTC',
  TERM: 'xterm',
  TMPDIR: '/tmp',
  NO_COLOR: '1',
  SSH_AUTH_SOCK: '/run/agent',
  ALTA_AGE_KEY: 'key',
  ALTA_IDENTITY: '/key.txt',
  GITLAB_TOKEN: 'token',
  NODE_OPTIONS: '--inspect',
  LC_TOKEN_1: 'token',
  SystemRoot: 'C:\\Windows',
  UNSET: undefined,
};

describe('the environment of a child', () => {
  it('holds what programs need and nothing else', () => {
    expect(Object.keys(childEnvironment(env, [], 'linux'))).toEqual([
      'PATH',
      'HOME',
      'LANG',
      'LC_ALL',
      'TZ',
      'TERM',
      'TMPDIR',
      'NO_COLOR',
    ]);
  });

  it('holds the agent only where it is asked for', () => {
    expect(childEnvironment(env, ['SSH_AUTH_SOCK'], 'linux').SSH_AUTH_SOCK).toBe('/run/agent');
  });

  it('leaves out what is asked for but not set', () => {
    expect('UNSET' in childEnvironment(env, ['UNSET'], 'linux')).toBe(false);
  });

  it('holds what Windows needs there, in any case of letters', () => {
    expect(childEnvironment({ Path: 'C:\\bin', SystemRoot: 'C:\\Windows', TOKEN: 't' }, [], 'win32')).toEqual(
      {
        Path: 'C:\\bin',
        SystemRoot: 'C:\\Windows',
      },
    );
  });

  it('leaves the given one as it was', () => {
    const before = { ...env };
    childEnvironment(env);
    expect(env).toEqual(before);
  });
});
