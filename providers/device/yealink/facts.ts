import type { Facts, FieldFact, Source } from '../../contract.ts';
import { unconfirmed } from './web/unconfirmed.ts';

function field(native: string, source: Source, note?: string): FieldFact {
  return { native, read: 'yes', write: 'yes', source, ...(note === undefined ? {} : { note }) };
}

/** What Yealink phones of V70 to V87 can do, written to over their web page or by the files they fetch. */
export const facts: Facts = {
  title: 'Yealink phones',
  target: 'device',
  kinds: {
    account: {
      unit: 'document',
      create: 'yes',
      update: 'yes',
      delete: 'yes',
      fields: {
        active: field('account.N.enable', 'vendor-docs', 'Line Active.'),
        label: field('account.N.label', 'vendor-docs'),
        displayName: field('account.N.display_name', 'vendor-docs'),
        registerName: field('account.N.auth_name', 'vendor-docs'),
        userName: field('account.N.user_name', 'vendor-docs'),
        password: {
          native: 'account.N.password',
          read: 'sometimes',
          write: 'yes',
          secret: true,
          requiredOnCreate: true,
          source: 'vendor-docs',
          note: 'The phone shows at most a mask; the file of a phone that fetches its settings holds it in clear.',
        },
        server: field(
          'account.N.sip_server.1.address',
          'vendor-docs',
          'V70: `account.N.sip_server_host`. The first of two servers.',
        ),
        port: field('account.N.sip_server.1.port', 'vendor-docs', 'V70: `account.N.sip_server_port`.'),
        transport: field(
          'account.N.sip_server.1.transport_type',
          'vendor-docs',
          'V70 to V73: `account.N.transport`. A phone set to DNS-NAPTR shows `dns-naptr`.',
        ),
        expires: field(
          'account.N.sip_server.1.expires',
          'vendor-docs',
          'V70: `account.N.expires`. Life of a registration, 30 s or more.',
        ),
        retries: field('account.N.sip_server.1.retry_counts', 'vendor-docs', '0 to 20; not on V70.'),
        outboundProxy: field(
          'account.N.outbound_proxy.1.address',
          'field',
          'With `account.N.outbound_proxy_enable`; V70 to V73: `account.N.outbound_host`. The port is left as it is.',
        ),
        retryInterval: field(
          'account.N.reg_fail_retry_interval',
          'vendor-docs',
          '0 to 1800 s after a failed registration.',
        ),
        keepAlive: field(
          'account.N.nat.udp_update_time',
          'field',
          'With `account.N.nat.udp_update_enable`; 0 switches it off. The kind of packet is left at the default.',
        ),
        mediaEncryption: field('account.N.srtp_encryption', 'field'),
        voicemailNumber: field('voice_mail.number.N', 'field'),
      },
    },
  },
  host: { concurrency: 1, writers: 1, readIntervalMs: 0, writeIntervalMs: 0, sessions: 1 },
  commit: 'never',
  settleMs: 15_000,
  lateWriteMs: 60_000,
  credential: ['username', 'password'],
  verify: {
    registrations: { source: 'field', note: 'The status page of each line, where the firmware has one.' },
  },
  unconfirmed: [
    'Length limits of texts: 256 characters at most are sent; what a phone cuts off shows as drift.',
    'Whether a phone keeps `#` inside a value, quotes around it, and characters beyond U+FFFF (emoji): sent, with a warning.',
    'Whether an empty value empties a setting or is ignored: empty values are not sent.',
    'Which keys an early V71 of T20P, T22P, T26P, T28P, T32G and T38G takes: those of V70 are used.',
    'The keys of the outbound proxy before V80 (`outbound_host`), and of SRTP before V80.',
    'Whether a phone masks passwords in an export or leaves them out: neither is ever taken for a password.',
    'Accounts and oldest firmware of some models: the limit is then not checked, and a phone that fetches its file needs `firmware`.',
    'That a file which differs in a comment only is applied again: it changes the MD5 that the phone compares.',
    'That a phone which was told to fetch while it is still applying does so again: it is told once, after the last write.',
    'Whether NOTIFY check-sync without a subscription is challenged: depends on `sip.trust_ctrl`.',
    'Whether a phone needs a pause between two imports: none is made.',
    'How long a phone takes to apply an import and to register, and until an import whose answer was lost takes effect.',
    ...unconfirmed,
  ],
};
