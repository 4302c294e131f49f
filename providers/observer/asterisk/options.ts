import type { ObserverPlace } from '../../../engine/model/index.ts';

/** Programs that may be run, as the account's shell finds them. */
export const programs = ['asterisk', '/usr/sbin/asterisk', '/usr/local/sbin/asterisk'] as const;

export type Program = (typeof programs)[number];

/** The observer's part of the YAML. */
export interface Options {
  /** The channel driver to ask about. `auto` = chan_sip where there is one, and chan_pjsip for whoever is not registered there. */
  readonly technology: 'auto' | 'sip' | 'pjsip';
  /** A SIP proxy stands in front of Asterisk: an address alone is no proof then. */
  readonly fronted: boolean;
  /** Beginning of the peers' names that are listed, as `^ext90001`: one tenant of many. Of chan_sip on the command line only. */
  readonly like: string | null;
  readonly command: Program;
  /** Run it with `sudo -n`: the account itself may not talk to Asterisk. */
  readonly sudo: boolean;
}

/** The schema has checked them. What reaches a shell is checked again where it is put together. */
export function optionsOf({ options }: ObserverPlace): Options {
  const { technology, fronted, like, command, sudo } = options;
  return {
    technology: technology === 'sip' || technology === 'pjsip' ? technology : 'auto',
    fronted: fronted === true,
    like: typeof like === 'string' ? like : null,
    command: programs.find((program) => program === command) ?? 'asterisk',
    sudo: sudo === true,
  };
}
