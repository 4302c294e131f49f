import type { Release } from '../releases.ts';
import type { LabAsteriskPeer } from '../settings.ts';
import { byBytes } from '../text.ts';

/** A value, and the parameters that have it. */
type Shared = readonly [value: string, names: string];

/** Parameters that no peer changes (W: 16.28 and 22.10). */
const common: readonly Shared[] = [
  ['yes', '100rel send_connected_line timers trust_connected_line'],
  [
    'false',
    'accept_multiple_sdp_answers allow_unauthenticated_options asymmetric_rtp_codec ' +
      'bind_rtp_to_media_address bundle direct_media disable_direct_media_on_nat fax_detect force_avp ' +
      'g726_non_standard ice_support ignore_183_without_sdp inband_progress media_encryption_optimistic ' +
      'media_use_received_transport moh_passthrough notify_early_inuse_ringing one_touch_recording ' +
      'preferred_codec_only rpid_immediate rtcp_mux rtp_ipv6 send_history_info send_rpid srtp_tag_32 ' +
      'suppress_q850_reason_headers t38_bind_udptl_to_media_address t38_udptl t38_udptl_ipv6 t38_udptl_nat ' +
      'trust_id_inbound trust_id_outbound use_avpf use_ptime user_eq_phone',
  ],
  [
    '',
    'accountcode acl call_group callerid_tag contact_acl dtls_ca_file dtls_ca_path dtls_cert_file ' +
      'dtls_cipher dtls_private_key from_domain from_user geoloc_incoming_call_profile ' +
      'geoloc_outgoing_call_profile incoming_mwi_mailbox language mailboxes media_address message_context ' +
      'mwi_from_user named_call_group named_pickup_group outbound_auth outbound_proxy pickup_group ' +
      'stir_shaken_profile subscribe_context tone_zone transport voicemail_extension',
  ],
  [
    'true',
    'aggregate_mwi allow_overlap allow_subscribe allow_transfer follow_early_media_fork force_rport ' +
      'refer_blind_progress rewrite_contact rtp_symmetric send_diversion send_pai',
  ],
  ['(ulaw|alaw)', 'allow'],
  ['allowed_not_screened', 'callerid_privacy'],
  ['invite', 'connected_line_method direct_media_method'],
  [
    '0',
    'cos_audio cos_video device_state_busy_at dtls_rekey fax_detect_timeout rtp_keepalive rtp_timeout ' +
      'rtp_timeout_hold sub_min_expiry t38_udptl_maxdatagram tos_audio tos_video',
  ],
  ['none', 'direct_media_glare_mitigation t38_udptl_ec'],
  ['No', 'dtls_auto_generate_cert dtls_verify'],
  ['SHA-256', 'dtls_fingerprint'],
  ['active', 'dtls_setup'],
  ['rfc4733', 'dtmf_mode'],
  ['username,ip', 'identify_by'],
  ['1', 'max_audio_streams max_video_streams'],
  ['no', 'media_encryption mwi_subscribe_replaces_unsolicited webrtc'],
  ['default', 'moh_suggest'],
  ['automixmon', 'record_off_feature record_on_feature'],
  ['asterisk', 'rtp_engine'],
  ['-', 'sdp_owner'],
  ['Asterisk', 'sdp_session'],
  ['90', 'timers_min_se'],
  ['1800', 'timers_sess_expires'],
];

/** Those that came after 16 (W: 22.10). */
const later: readonly Shared[] = [
  [
    'prefer:pending, operation:intersect, keep:all, transcode:allow',
    'codec_prefs_incoming_answer codec_prefs_incoming_offer codec_prefs_outgoing_answer',
  ],
  ['prefer:pending, operation:union, keep:all, transcode:allow', 'codec_prefs_outgoing_offer'],
  ['', 'follow_redirect_methods overlap_context tenantid'],
  ['local', 'incoming_call_offer_pref'],
  ['remote_merge', 'outgoing_call_offer_pref'],
  ['user', 'redirect_method'],
  ['0', 'rtp_port_end rtp_port_start'],
  ['no', 'security_negotiation'],
  ['false', 'send_aoc suppress_moh_on_sendonly'],
];

/** The parameters of an endpoint, sorted, in a table as wide as its widest (W, V). */
export function parameterLines(peer: LabAsteriskPeer, { newParameters }: Release): string[] {
  const fixed = [...common, ...(newParameters ? later : [])].flatMap(([value, names]) =>
    names.split(' ').map((name): [string, string] => [name, value]),
  );
  const all = [...fixed, ['stir_shaken', newParameters ? 'no' : 'off'], ...ownOf(peer)] as [string, string][];
  const width = (column: 0 | 1, least: number): number =>
    Math.max(least, ...all.map((entry) => Buffer.byteLength(entry[column])));
  const names = width(0, 13);
  const rows = all
    .sort(([one], [other]) => byBytes(one, other))
    .map(([name, value]) => ` ${name.padEnd(names)} : ${value}`);
  const rule = '='.repeat(names + width(1, 14) + 3);
  return [` ${'ParameterName'.padEnd(names)} : ParameterValue`, ` ${rule}`, ...rows];
}

/** Each variable stands under its own name, in place of `set_var` (W). */
function ownOf(peer: LabAsteriskPeer): [string, string][] {
  const { name, fixed, secret = fixed === undefined, callerId, context = 'default', variables = {} } = peer;
  const set = Object.entries(variables);
  return [
    ['aors', name],
    ['auth', secret ? name : ''],
    ['callerid', callerId === undefined ? '<unknown>' : `"${callerId.name}" <${callerId.number}>`],
    ['context', context],
    ...(set.length === 0 ? [['set_var', ''] as [string, string]] : set),
  ];
}
