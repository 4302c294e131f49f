/** What sets the releases apart. */
import type { LabAsteriskRelease, LabAsteriskTechnology } from './settings.ts';

export interface Release {
  /** As `core show version` has it. */
  readonly version: string;
  /** Of the manager interface's first line. */
  readonly ami: string;
  readonly technologies: readonly LabAsteriskTechnology[];
  /** How `Command` answers: raw text up to an end mark, or a header for each line (V: 14 and later). */
  readonly commandStyle: 'follows' | 'output';
  /** Labels of `sip show peer` that it does not have yet. */
  readonly missingLabels: readonly string[];
  /** A number that is none, as the C library of its system prints it (W). */
  readonly nan: string;
  /** Short status of a contact without qualify. */
  readonly unqualified: string;
  /** RTT is shown for every contact that was qualified, not only for those that answered (V). */
  readonly rttAlways: boolean;
  /** Has the parameters of endpoints that came after 16. */
  readonly newParameters: boolean;
  /** Has the action PJSIPShowContacts (V: not on 13). */
  readonly showsContacts: boolean;
}

export const releases: Readonly<Record<LabAsteriskRelease, Release>> = {
  '13': {
    version: '13.38.3',
    ami: '2.10.6',
    technologies: ['chan_sip'],
    commandStyle: 'follows',
    missingLabels: ['RTCP Mux'],
    nan: 'nan',
    unqualified: 'Created',
    rttAlways: true,
    newParameters: false,
    showsContacts: false,
  },
  '16': {
    version: '16.28.0~dfsg-0+deb11u10',
    ami: '5.0.4',
    technologies: ['chan_sip'],
    commandStyle: 'output',
    missingLabels: [],
    nan: 'nan',
    unqualified: 'NonQual',
    rttAlways: false,
    newParameters: false,
    showsContacts: true,
  },
  '22': {
    version: '22.10.1+dfsg+~cs6.17.60671434-1',
    ami: '11.0.0',
    technologies: ['pjsip'],
    commandStyle: 'output',
    missingLabels: [],
    nan: '-nan',
    unqualified: 'NonQual',
    rttAlways: false,
    newParameters: true,
    showsContacts: true,
  },
};

/** What follows the version, unless said otherwise. */
export const built =
  'built by nobody @ build.example.com on a unknown running Linux on 2026-06-15 08:03:02 UTC';
