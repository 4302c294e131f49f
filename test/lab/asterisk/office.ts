/** Who was registered where, and how, when the captures were made. */
import type {
  LabAsteriskContact,
  LabAsteriskPeer,
  LabAsteriskRelease,
  LabQualify,
} from '../../../lab/asterisk/index.ts';

const here = '127.0.0.1';
const yealink = 'Yealink SIP-T46S 66.86.0.15';
const baresip = 'baresip v1.0.0 (x86_64/linux)';
const recepcion = 'recepcion-planta-principal-madrid';

/** What changed from one capture to the next: answers to OPTIONS, by peer, and seconds until registrations end. */
export interface Moment {
  answers?: Readonly<Record<string, LabQualify>>;
  expires?: Readonly<Record<string, number>>;
}

const names: Readonly<Record<string, string>> = {
  '10': 'Ana Pérez',
  '11': 'Luis Gómez',
  '12': 'Nunca Registrado',
  '13': 'Sin Qualify',
  '14': 'Caido',
  '15': 'Lento',
  '16': 'Linphone Provisionado',
  '17': 'Se Desregistra',
  '18': 'Expira',
  '19': 'Sin Qualify Nunca',
  '20': 'Clave Mala',
  '22': 'Con Descripcion',
  '24': 'Con ACL',
  '25': 'Sin NAT',
};

/** All that phones of the office had in common. */
function phone(name: string, more: Partial<LabAsteriskPeer> = {}): LabAsteriskPeer {
  return {
    name,
    contacts: [],
    callerId: { name: names[name] ?? '', number: name },
    context: 'internal',
    callLimit: 2147483647,
    sendRpid: true,
    ...more,
  };
}

function at(port: number, more: Partial<LabAsteriskContact> = {}): LabAsteriskContact {
  return { address: here, port, userAgent: yealink, expires: 41, ...more };
}

/** The peers of chan_sip, on 16. */
export function office({ answers = {}, expires = {} }: Moment = {}): LabAsteriskPeer[] {
  const peers: LabAsteriskPeer[] = [
    phone('10', {
      contacts: [
        at(5310, {
          user: '10-0x55557b5abb30',
          uri: 'sip:10-0x555562284a30@127.0.0.1:5310',
          userAgent: baresip,
        }),
      ],
      variables: { OUTCID: '34910000010' },
      lastMessages: -1,
    }),
    phone('11', { contacts: [at(5320, { user: '11-0x55558b0b1a30', userAgent: baresip })] }),
    phone('12'),
    phone('13', { contacts: [at(5600)], qualified: false }),
    phone('14', { contacts: [at(5620, { qualify: 'unreachable' })] }),
    phone('15', { contacts: [at(5601, { qualify: { ms: 300, lagged: true } })] }),
    phone('16', {
      contacts: [
        at(5390, { qualify: { ms: 20 }, uri: 'sip:16@127.0.0.1:5390;transport=udp', userAgent: 'Unknown' }),
      ],
      lastMessages: -1,
    }),
    phone('17', { past: at(5630), lastMessages: -1 }),
    phone('18', { past: at(5640) }),
    phone('19', { qualified: false }),
    phone('20'),
    phone('22', { contacts: [at(5603)], description: 'Sala reuniones 2a planta' }),
    phone('24', { contacts: [at(5604, { qualify: { ms: 2 } })], acl: true }),
    phone('25', { contacts: [at(5605)], forceRport: 'No', comedia: 'No' }),
    phone(recepcion, {
      contacts: [at(5602)],
      callerId: { name: 'Recepción Planta Principal', number: '21' },
    }),
    ...carriers(),
  ];
  return peers.map((peer) => ({
    ...peer,
    contacts: peer.contacts.map((contact) => ({
      ...contact,
      qualify: answers[peer.name] ?? contact.qualify ?? { ms: 1 },
      expires: expires[peer.name] ?? contact.expires ?? 41,
    })),
    ...(peer.fixed && {
      fixed: { ...peer.fixed, qualify: answers[peer.name] ?? peer.fixed.qualify ?? { ms: 1 } },
    }),
  }));
}

function carriers(): LabAsteriskPeer[] {
  const carrier = { contacts: [], context: 'internal', callLimit: 2147483647, sendRpid: true };
  return [
    {
      ...carrier,
      name: 'carrier-down',
      fixed: { address: '127.0.0.9', port: 5999, qualify: 'unreachable' },
      defaultUser: 'acct910001',
    },
    {
      ...carrier,
      name: 'carrier-ok',
      fixed: { address: here, port: 5270, qualify: { ms: 2 } },
      defaultUser: 'acct910000',
    },
    {
      ...carrier,
      name: 'trunk',
      fixed: { address: here, port: 5099 },
      qualified: false,
      context: 'from-trunk',
      insecure: 'port,invite',
      trustRpid: true,
    },
  ];
}

/** The instance whose peers stood in a database. */
export function database(): LabAsteriskPeer[] {
  const kept = (name: string, callerId: string, port?: number, ms = 1): LabAsteriskPeer => ({
    name,
    realtime: true,
    context: 'internal',
    callerId: { name: callerId, number: name },
    contacts: port === undefined ? [] : [at(port, { expires: 119, qualify: { ms } })],
  });
  const slow: Readonly<Record<number, number>> = { 34: 2, 67: 2, 99: 3 };
  const many = Array.from({ length: 100 }, (_, index) =>
    kept(String(200_000 + index), '', 10_000 + index, slow[index] ?? 1),
  );
  return [
    kept('51', 'Real Dos', 7101, 2),
    kept('50', 'Real Uno', 7100, 8),
    ...many,
    kept('200999', 'Real 999'),
    kept('200998', 'Real 998'),
  ];
}

interface Pjsip {
  /** Of 10, 11, 13, 14, 15 and the reception. */
  readonly ports: readonly number[];
  readonly users: Readonly<Record<string, string>>;
  /** ms of 10, 11, 15 and the reception. */
  readonly ms: readonly number[];
  readonly variables?: Readonly<Record<string, string>>;
}

const pjsip: Readonly<Record<'16' | '22', Pjsip>> = {
  '16': { ports: [5800, 5801, 5802, 5810, 5803, 5804], users: {}, ms: [2.475, 1.761, 301.733, 1.915] },
  '22': {
    ports: [5350, 5360, 5700, 5720, 5701, 5702],
    users: { '10': '10-0x555576c333a0', '11': '11-0x5555801c43a0' },
    ms: [1.374, 0.62, 301.978, 1.55],
    variables: { OUTCID: '34910000010' },
  },
};

const callIds: readonly string[] = [
  '75eae25071cac204',
  '730ecbe7fcd9553d',
  '61686785-9b5c-48da-b78f-3dfc66c28cb8',
  '0d21129e-09fb-42f0-9a19-f8dbf471fedf',
  '58de4964-2066-4036-a4bd-12bc20b56ea0',
  '54d21a38-0df3-4c1a-9771-85793387967c',
];

/** The endpoints of pjsip. `ms` in place of the answers of 10, 11, 15 and the reception. */
export function endpoints(
  release: Extract<LabAsteriskRelease, '16' | '22'>,
  ms?: readonly number[],
): LabAsteriskPeer[] {
  const { ports, users, variables = {}, ...said } = pjsip[release];
  const [ana = 1, luis = 1, slow = 1, front = 1] = ms ?? said.ms;
  const registered = (
    name: string,
    place: number,
    qualify: LabQualify,
    expires: number,
  ): LabAsteriskContact =>
    at(ports[place] ?? 0, {
      qualify,
      expires,
      callId: callIds[place] ?? '',
      ...(users[name] === undefined ? {} : { user: users[name], userAgent: baresip }),
    });
  const endpoint = (name: string, contacts: LabAsteriskContact[], more: Partial<LabAsteriskPeer> = {}) =>
    phone(name, { technology: 'pjsip', contacts, maxContacts: 2, qualifyEvery: 10, ...more });
  return [
    endpoint('10', [registered('10', 0, { ms: ana }, 55)], { variables }),
    endpoint('11', [registered('11', 1, { ms: luis }, 55)]),
    endpoint('12', []),
    endpoint('13', [registered('13', 2, 'unknown', 60)], { qualified: false }),
    endpoint('14', [registered('14', 3, 'unreachable', 3390)]),
    endpoint('15', [registered('15', 4, { ms: slow, lagged: true }, 60)]),
    endpoint('20', []),
    endpoint(`${recepcion}-2`, [registered('', 5, { ms: front }, 60)], {
      callerId: { name: 'Recepción Planta Principal', number: '21' },
    }),
    {
      name: 'carrier-down',
      technology: 'pjsip',
      contacts: [],
      fixed: { address: '127.0.0.9', port: 5999, qualify: 'unreachable' },
    },
    {
      name: 'trunk',
      technology: 'pjsip',
      contacts: [],
      fixed: { address: here, port: 5099 },
      qualified: false,
      identify: ['127.0.0.77/32'],
    },
  ];
}
