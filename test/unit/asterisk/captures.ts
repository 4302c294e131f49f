/**
 * What every capture of `test/fixtures/asterisk` must be read as (its README says what each extension really was). `name: status, words`:
 * the status, and what the evidence must quote. A name that is not here must not come out as registered.
 */
export type Expected = Readonly<Record<string, string>>;

/** Not about registrations of phones: nothing in it may be taken for one. */
export const notOurs = 'not ours: refused as paste-unreadable';

const sipStates: Expected = {
  10: 'registered, reachable',
  11: 'registered, OK (1 ms) at 127.0.0.1:5320; reachable',
  12: 'unregistered, (Unspecified), UNKNOWN; no address',
  13: 'registered, Unmonitored at 127.0.0.1:5600; not monitored',
  14: 'unregistered, UNREACHABLE at 127.0.0.1:5620; unreachable',
  15: 'registered, LAGGED (30',
  16: 'registered, OK (',
  17: 'unregistered, (Unspecified), UNKNOWN',
  18: 'unregistered, (Unspecified), UNKNOWN',
  19: 'unregistered, (Unspecified), Unmonitored',
  20: 'unregistered, (Unspecified), UNKNOWN',
  22: 'registered, OK (',
  24: 'registered, OK (',
  25: 'registered, OK (',
  'carrier-down': 'unknown, a fixed address',
  'carrier-ok': 'unknown, a fixed address',
  'recepcion-planta-principal-madrid': 'unknown, cut off',
  'recepcion-planta-principa': 'unknown, cut off',
  trunk: 'unknown, a fixed address',
  999: 'unknown, not listed',
};

const { 20: _, 22: __, 24: ___, 25: ____, ...sipLike } = sipStates;

const contacts: Expected = {
  10: 'registered, pjsip show contacts: Avail',
  11: 'registered, Avail',
  12: 'unknown, not listed',
  13: 'registered, NonQual at 127.0.0.1:5',
  14: 'unregistered, Unavail at 127.0.0.1:5',
  15: 'registered, Avail 301.',
  20: 'unknown, not listed',
  'carrier-down': 'unregistered, Unavail',
  'recepcion-planta-principal-madrid-2': 'registered, Avail 1.',
  trunk: 'unknown, NonQual at 127.0.0.1:5099; may be a fixed address',
};

const aors: Expected = {
  ...contacts,
  10: 'registered, pjsip show aors: Avail',
  12: 'unregistered, no contact',
  20: 'unregistered, no contact',
  'carrier-down': 'unknown, a fixed address',
  trunk: 'unknown, a fixed address',
};

const endpoints: Expected = {
  ...aors,
  10: 'registered, pjsip show endpoints: Avail',
  12: 'unregistered, Unavailable, no contact',
  20: 'unregistered, Unavailable, no contact',
  'recepcion-planta-principal-madrid-2': 'registered, Avail',
};

const nobody: Expected = {
  ...Object.fromEntries([10, 11, 12, 13, 14, 15, 20].map((name) => [name, 'unregistered, no contact'])),
  'carrier-down': 'unknown, a fixed address',
  'recepcion-planta-principal-madrid-2': 'unregistered, no contact',
  trunk: 'unknown, a fixed address',
};

const cached: Expected = {
  ...Object.fromEntries(Array.from({ length: 100 }, (_, index) => [200_000 + index, 'registered, OK ('])),
  50: 'registered, OK (8 ms) at 127.0.0.1:7100; reachable',
  51: 'registered, OK (2 ms)',
  200998: 'unknown, not listed, which proves nothing',
  200999: 'unregistered, (Unspecified), UNREACHABLE; no address is held',
};

/** Of `asterisk-16.28.0_…`. */
const sixteen: Readonly<Record<string, Expected | typeof notOurs>> = {
  'ami-events_originate-10-to-11.json': notOurs,
  'ami-events_outbound-call-from-phone-10.json': notOurs,
  'ami-raw_SIPpeers.txt': {
    ...sipStates,
    11: 'registered, SIPpeers: OK (1 ms) at 127.0.0.1:5320; reachable',
    12: 'unregistered, -none-, UNKNOWN',
    17: 'unregistered, -none-, UNKNOWN',
    18: 'unregistered, -none-, UNKNOWN',
    19: 'unregistered, -none-, Unmonitored',
    20: 'unregistered, -none-, UNKNOWN',
    'recepcion-planta-principal-madrid': 'registered, OK (2 ms)',
    'recepcion-planta-principa': 'unknown, not listed',
  },
  'ami-raw_SIPshowpeer-10-12-14-999.txt': {
    10: 'registered, SIPshowpeer: OK (2 ms) at 127.0.0.1:5310; reachable',
    12: 'unregistered, (null), UNKNOWN',
    14: 'unregistered, UNREACHABLE',
    999: 'unknown, Peer 999 not found.; the database may hold it',
  },
  'cdr-csv_Master_3-calls.csv': notOurs,
  'core-show-channel_callee-leg-during-internal-call.txt': notOurs,
  'core-show-channels-concise_during-internal-call-10-to-11.txt': notOurs,
  'core-show-channels-concise_during-outbound-call.txt': notOurs,
  'core-show-channels-concise_idle.txt': notOurs,
  'core-show-channels-verbose_during-internal-call-10-to-11.txt': notOurs,
  'core-show-channels_during-internal-call-10-to-11.txt': notOurs,
  'core-show-channels_idle.txt': notOurs,
  'core-show-hints_none.txt': notOurs,
  'core-show-uptime-seconds.txt': notOurs,
  'core-show-version.txt': notOurs,
  'database-show-sip-registry.txt': notOurs,
  'dialplan-show-internal.txt': notOurs,
  'full-log_registration-lines.txt': notOurs,
  'no-such-command.txt': notOurs,
  'pjsip-show-aors_all-states.txt': aors,
  'pjsip-show-contacts_all-states.txt': contacts,
  'pjsip-show-contacts_only-static.txt': {
    10: 'unknown, not listed',
    'carrier-down': 'unregistered, Unavail',
    trunk: 'unknown, NonQual',
  },
  'pjsip-show-endpoint_never-registered.txt': { 12: 'unregistered, Unavailable, no contact' },
  'pjsip-show-endpoint_not-found.txt': { 999: 'unknown, Unable to find object 999.' },
  'pjsip-show-endpoint_registered-ok.txt': { 10: 'registered, Avail 2.475 ms at 127.0.0.1:5800; reachable' },
  'pjsip-show-endpoint_unreachable.txt': { 14: 'unregistered, Unavail at 127.0.0.1:5810; unreachable' },
  'pjsip-show-endpoints_all-states.txt': endpoints,
  'pjsip-show-endpoints_none-registered.txt': nobody,
  'rx_asterisk-not-running_stdout+stderr_rc1.txt': notOurs,
  'sip-reload.txt': notOurs,
  'sip-show-channels_during-internal-call-10-to-11.txt': notOurs,
  'sip-show-inuse.txt': notOurs,
  'sip-show-inuse_during-internal-call-10-to-11.txt': notOurs,
  'sip-show-peer-load_realtime-never-registered.txt': {
    200998: 'unregistered, (null), UNREACHABLE; no address',
  },
  'sip-show-peer_expired.txt': { 18: 'unregistered, (null), UNKNOWN' },
  'sip-show-peer_just-unregistered-stale-OK.txt': {
    17: 'unregistered, (null), OK (29 ms); no address is held; the status is left over',
  },
  'sip-show-peer_lagged.txt': {
    15: 'registered, LAGGED (300 ms) at 127.0.0.1:5601; reachable, but answers too late',
  },
  'sip-show-peer_long-name.txt': { 'recepcion-planta-principal-madrid': 'registered, OK (1 ms)' },
  'sip-show-peer_never-registered-qualify-off.txt': { 19: 'unregistered, (null), Unmonitored' },
  'sip-show-peer_never-registered.txt': { 12: 'unregistered, (null), UNKNOWN' },
  'sip-show-peer_not-found.txt': { 999: 'unknown, Peer 999 not found.' },
  'sip-show-peer_realtime-cached-registered.txt': { 50: 'registered, OK (8 ms)' },
  'sip-show-peer_realtime-exists-but-not-loaded_says-not-found.txt': {
    200998: 'unknown, Peer 200998 not found.; the database may hold it',
  },
  'sip-show-peer_registered-ok-baresip.txt': { 10: 'registered, OK (5 ms) at 127.0.0.1:5310; reachable' },
  'sip-show-peer_registered-ok-linphone-provisioned.txt': { 16: 'registered, OK (20 ms)' },
  'sip-show-peer_registered-qualify-off.txt': {
    13: 'registered, Unmonitored at 127.0.0.1:5600; not monitored',
  },
  'sip-show-peer_static-trunk-unmonitored.txt': { trunk: 'unknown, a fixed address' },
  'sip-show-peer_static-trunk-unreachable.txt': { 'carrier-down': 'unknown, a fixed address' },
  'sip-show-peer_unreachable.txt': { 14: 'unregistered, UNREACHABLE at 127.0.0.1:5620; unreachable' },
  'sip-show-peer_unregistered.txt': { 17: 'unregistered, (null), UNKNOWN' },
  'sip-show-peer_usage-error.txt': notOurs,
  'sip-show-peer_with-acl.txt': { 24: 'registered, OK (2 ms)' },
  'sip-show-peer_wrong-password.txt': { 20: 'unregistered, (null), UNKNOWN' },
  'sip-show-peers_all-states.txt': sipStates,
  'sip-show-peers_during-internal-call-10-to-11.txt': sipStates,
  'sip-show-peers_like-1.txt': {
    ...sipLike,
    'carrier-down': 'unknown, not listed',
    'carrier-ok': 'unknown, not listed',
    'recepcion-planta-principal-madrid': 'unknown, not listed',
    'recepcion-planta-principa': 'unknown, not listed',
    trunk: 'unknown, not listed',
  },
  'sip-show-peers_no-match.txt': { 10: 'unknown, not listed' },
  'sip-show-peers_realtime-cached.txt': cached,
  'sip-show-peers_t+6s_stale-states.txt': {
    ...sipStates,
    14: 'registered, OK (18 ms)',
    17: 'unregistered, (Unspecified), OK (29 ms); no address is held; the status is left over',
    18: 'registered, OK (24 ms)',
  },
  'sip-show-registry_empty.txt': notOurs,
  'sip-show-registry_registered-rejected-unreachable.txt': notOurs,
  'sip-show-settings.txt': notOurs,
  'sip-show-users.txt': notOurs,
  'sipp-uas_outbound-callerid-log.txt': notOurs,
  'sipp-uas_outbound-messages.txt': notOurs,
};

/** Of `asterisk-22.10.1_…`. */
const twentyTwo: Readonly<Record<string, Expected | typeof notOurs>> = {
  'ami-events_originate-10-to-11.json': notOurs,
  'ami-events_outbound-call-from-phone-10.json': notOurs,
  'ami-raw_PJSIPShowEndpoints-Contacts.txt': {
    10: 'registered, Reachable 4.313 ms at 127.0.0.1:5350; reachable',
    11: 'registered, Reachable 0.509 ms',
    12: 'unregistered, PJSIPShowEndpoints: Unavailable, no contact',
    13: 'registered, NonQualified at 127.0.0.1:5700; not monitored',
    14: 'unregistered, Unreachable at 127.0.0.1:5720; unreachable',
    15: 'registered, Reachable 301.909 ms',
    20: 'unregistered, Unavailable, no contact',
    'carrier-down': 'unregistered, Unavailable; unreachable',
    'recepcion-planta-principal-madrid-2': 'registered, Reachable 1.808 ms',
    trunk: 'unknown, Not in use; may be a fixed address',
  },
  'cdr-csv_Master_3-calls.csv': notOurs,
  'core-show-channel_callee-leg-during-internal-call.txt': notOurs,
  'core-show-channels-concise_during-internal-call-10-to-11.txt': notOurs,
  'core-show-channels-concise_during-outbound-call.txt': notOurs,
  'core-show-channels-concise_idle.txt': notOurs,
  'core-show-channels-verbose_during-internal-call-10-to-11.txt': notOurs,
  'core-show-version.txt': notOurs,
  'database-show-registrar.txt': notOurs,
  'dialplan-show-internal.txt': notOurs,
  'full-log_registration-lines.txt': notOurs,
  'module-reload-res_pjsip.txt': notOurs,
  'pjsip-list-contacts.txt': contacts,
  'pjsip-list-endpoints.txt': {
    10: 'unknown, Not in use',
    12: 'unregistered, Unavailable; unreachable',
    14: 'unregistered, Unavailable; unreachable',
    20: 'unregistered, Unavailable; unreachable',
    'recepcion-planta-principal-madrid-2': 'unknown, Not in use',
    trunk: 'unknown, Not in use',
  },
  'pjsip-show-aor_10.txt': { 10: 'registered, Avail 1.374 ms at 127.0.0.1:5350; reachable' },
  'pjsip-show-aors_all-states.txt': aors,
  'pjsip-show-channels_during-internal-call-10-to-11.txt': notOurs,
  'pjsip-show-contact_13.txt': { 13: 'registered, NonQual at 127.0.0.1:5700; not monitored' },
  'pjsip-show-contacts_all-states.txt': contacts,
  'pjsip-show-endpoint-10_during-internal-call-10-to-11.txt': { 10: 'registered, Avail 1.024 ms' },
  'pjsip-show-endpoint_never-registered.txt': { 12: 'unregistered, Unavailable, no contact' },
  'pjsip-show-endpoint_not-found.txt': { 999: 'unknown, Unable to find object 999.' },
  'pjsip-show-endpoint_registered-ok-baresip.txt': { 10: 'registered, Avail 1.374 ms' },
  'pjsip-show-endpoint_registered-qualify-off.txt': {
    13: 'registered, NonQual at 127.0.0.1:5700; not monitored',
  },
  'pjsip-show-endpoint_unreachable.txt': { 14: 'unregistered, Unavail at 127.0.0.1:5720; unreachable' },
  'pjsip-show-endpoints_all-states.txt': endpoints,
  'pjsip-show-endpoints_during-internal-call-10-to-11.txt': endpoints,
  'pjsip-show-registrations_empty.txt': notOurs,
  'sip-show-peers_no-such-command-no-chan_sip.txt': notOurs,
  'sipp-uas_outbound-callerid-log.txt': notOurs,
  'sipp-uas_outbound-messages.txt': notOurs,
};

const phones = [
  'callee-10_inbound-from-trunk-chan_sip',
  'callee-11_internal-call-chan_sip',
  'callee-11_internal-call-pjsip22',
  'caller-10_internal-call-chan_sip',
];

const of = (prefix: string, files: Readonly<Record<string, Expected | typeof notOurs>>) =>
  Object.entries(files).map(([name, expected]) => [`${prefix}_${name}`, expected] as const);

export const captures: ReadonlyMap<string, Expected | typeof notOurs> = new Map([
  ...of('asterisk-16.28.0', sixteen),
  ...of('asterisk-22.10.1', twentyTwo),
  ...phones.map((name) => [`baresip-1.0.0_ctrl_tcp-events_${name}.txt`, notOurs] as const),
]);
