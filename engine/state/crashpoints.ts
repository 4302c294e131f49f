/**
 * Every place where a crash could leave something half done, in the order of a run. Each is announced just after
 * the step it names, so that tests can kill the process there and show that nothing acknowledged is lost.
 */
export const crashPoints = [
  'lease:temp-written',
  'lease:linked',
  'lease:taken',
  'lease:renewed',
  'lease:released',
  'state:temp-opened',
  'state:temp-written',
  'state:temp-synced',
  'state:renamed',
  'state:directory-synced',
  'journal:created',
  'journal:header-written',
  'journal:header-synced',
  'journal:directory-synced',
  'journal:written',
  'journal:synced',
  'save:stored',
  'save:journals-removed',
] as const;

export type CrashPoint = (typeof crashPoints)[number];
