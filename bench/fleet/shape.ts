import { createHash } from 'node:crypto';

/** How large a generated workspace is. Equal shapes give equal files, but for ciphertexts, keys and ports. */
export interface Shape {
  readonly clients: number;
  /** Extensions of each client, all on its one box. */
  readonly extensions: number;
  /** Encrypted SIP secrets in the whole workspace, spread evenly over the extensions. */
  readonly secrets: number;
}

/** One generated extension, as the YAML declares it and the box holds it. */
export interface Line {
  readonly number: string;
  readonly name: string;
  readonly email: string;
  readonly callerId: string;
  readonly registrations: number;
  /** What the box shows as SIP password. */
  readonly sip: string;
  /** Whether secrets.yaml holds that password. */
  readonly sealed: boolean;
}

/** `c007` */
export function clientNames({ clients }: Shape): readonly string[] {
  return Array.from({ length: clients }, (_, index) => `c${String(index + 1).padStart(3, '0')}`);
}

/** The extensions of one client, numbered from 1000. */
export function linesOf(client: string, shape: Shape): readonly Line[] {
  const first = clientNames(shape).indexOf(client) * shape.extensions;
  const every =
    shape.secrets === 0 ? 0 : Math.max(1, Math.floor((shape.clients * shape.extensions) / shape.secrets));
  return Array.from({ length: shape.extensions }, (_, index) => {
    const number = String(1000 + index);
    const nth = first + index;
    return {
      number,
      name: `Puesto ${number}`,
      email: `ext${number}@${client}.example`,
      callerId: `34910${String(nth).padStart(6, '0')}`,
      registrations: 1 + (index % 3),
      sip: passwordOf(`${client}/${number}`),
      sealed: every > 0 && nth % every === 0 && nth / every < shape.secrets,
    };
  });
}

/** Twenty letters and digits that no rule of a box refuses: digits never touch. */
function passwordOf(seed: string): string {
  const hash = createHash('sha256').update(seed).digest();
  const alphabets = [
    'ABCDEFGHJKLMNPQRSTUVWXYZ',
    'abcdefghijkmnopqrstuvwxyz',
    '23456789',
    'abcdefghijkmnopqrstuvwxyz',
  ];
  return Array.from({ length: 20 }, (_, at) => {
    const alphabet = alphabets[at % alphabets.length] ?? '';
    return alphabet[(hash[at] ?? 0) % alphabet.length];
  }).join('');
}
