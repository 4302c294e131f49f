import {
  constants,
  createCipheriv,
  createHash,
  createPublicKey,
  type KeyObject,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';
import { reveal, Secret } from '../../../../engine/model/index.ts';

/** Who logs in. */
export interface Login {
  readonly username: Secret;
  readonly password: Secret;
}

/** The bytes that a login adds by chance. Given by tests, made here otherwise. */
export interface Chance {
  /** 16 bytes each. */
  readonly key: Buffer;
  readonly iv: Buffer;
  /** `0.4711…`, as the page's own script would make it. */
  readonly nonce: string;
}

export function newChance(): Chance {
  const nonce = `0.${BigInt(`0x${randomBytes(7).toString('hex')}`)}`;
  return { key: randomBytes(16), iv: randomBytes(16), nonce };
}

/** The RSA key that a phone's page shows as two hexadecimal numbers; null for what is none. */
export function publicKeyOf(modulus: string, exponent: string): KeyObject | null {
  const [n, e] = [modulus, exponent].map(jwkNumber);
  if (!n || !e) return null;
  try {
    const key = createPublicKey({ key: { kty: 'RSA', n, e }, format: 'jwk' });
    return (key.asymmetricKeyDetails?.modulusLength ?? 0) >= 512 ? key : null;
  } catch {
    return null;
  }
}

function jwkNumber(hex: string): string | null {
  const digits = hex.trim().replace(/^0x/i, '').replace(/^0+/, '');
  if (!/^[0-9a-f]{1,2048}$/i.test(digits)) return null;
  return Buffer.from(digits.padStart(digits.length + (digits.length % 2), '0'), 'hex').toString('base64url');
}

/** RSA with PKCS#1 v1.5, as lower-case hex. [field] Null where the text is too long for the key. */
export function sealed(text: string, key: KeyObject): string | null {
  try {
    const padding = constants.RSA_PKCS1_PADDING;
    return publicEncrypt({ key, padding }, Buffer.from(text, 'utf8')).toString('hex');
  } catch {
    return null;
  }
}

/** `username` and `pwd`, the password under RSA, behind `prefix` where the interface wants one. [field] */
export function rsaLogin({ username, password }: Login, key: KeyObject, prefix = ''): Secret | null {
  const pwd = sealed(reveal(password), key);
  return pwd === null ? null : form({ username, pwd: new Secret(`${prefix}${pwd}`) });
}

/**
 * `username`, `pwd`, `rsakey`, `rsaiv`: the password with a nonce and the session's id under AES, key and IV as hex text
 * under RSA. [field]
 */
export function aesLogin(
  { username, password }: Login,
  session: Secret,
  key: KeyObject,
  chance: Chance = newChance(),
): Secret | null {
  const box = envelope(key, chance);
  if (box === null) return null;
  const pwd = aes(`${chance.nonce};${reveal(session)};${reveal(password)}`, chance);
  return form({ username, pwd, rsakey: box.key, rsaiv: box.iv });
}

/** `key`, `iv`, `data`, `jumpto`, `acc`: everything in one text under AES, its MD5 before it. [field] */
export function sealedLogin(
  { username, password }: Login,
  session: Secret,
  key: KeyObject,
  chance: Chance = newChance(),
): Secret | null {
  const box = envelope(key, chance);
  if (box === null) return null;
  const who = `username=${reveal(username)};pwd=${reveal(password)};`;
  const text = `rand=${chance.nonce};sessionid=${reveal(session)};${who}`;
  const digest = createHash('md5').update(text, 'utf8').digest('hex');
  const data = aes(`MD5=${digest};${text}`, chance);
  return form({ key: box.key, iv: box.iv, data, jumpto: 'status', acc: '' });
}

function envelope(rsa: KeyObject, { key, iv }: Chance): { key: string; iv: string } | null {
  const [first, second] = [key, iv].map((bytes) => sealed(bytes.toString('hex'), rsa));
  return first && second ? { key: first, iv: second } : null;
}

/** AES-128-CBC, filled up with zeros, in base64. [field] */
function aes(text: string, { key, iv }: Chance): Secret {
  const plain = Buffer.from(text, 'utf8');
  const filled = Buffer.concat([plain, Buffer.alloc((16 - (plain.length % 16)) % 16)]);
  const cipher = createCipheriv('aes-128-cbc', key, iv).setAutoPadding(false);
  return new Secret(Buffer.concat([cipher.update(filled), cipher.final()]).toString('base64'));
}

/** An `application/x-www-form-urlencoded` body. */
export function form(fields: Readonly<Record<string, string | Secret>>): Secret {
  const pairs = Object.entries(fields).map(([name, value]) => [name, clear(value)] as const);
  return new Secret(new URLSearchParams(Object.fromEntries(pairs)).toString());
}

/** A part of a `multipart/form-data` body; with `filename`, a file. Names are our own, and plain. */
export interface Part {
  readonly name: string;
  readonly filename?: string;
  readonly value: string | Secret;
}

/** Body and media type. The boundary is random, so that no value can hold it. */
export function multipart(parts: readonly Part[]): { readonly body: Secret; readonly type: string } {
  const boundary = `----alta${randomBytes(18).toString('hex')}`;
  const texts = parts.map(({ name, filename, value }) => {
    const file = filename === undefined ? '' : `; filename="${filename}"`;
    const type = filename === undefined ? '' : 'Content-Type: application/octet-stream\r\n';
    const head = `Content-Disposition: form-data; name="${name}"${file}\r\n${type}`;
    return `--${boundary}\r\n${head}\r\n${clear(value)}\r\n`;
  });
  return {
    body: new Secret(`${texts.join('')}--${boundary}--\r\n`),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

/** The header that gives a phone its cookies back; none without cookies. */
export function cookieHeader(cookies: ReadonlyMap<string, Secret>): Readonly<Record<string, Secret>> {
  if (cookies.size === 0) return {};
  const pairs = [...cookies].map(([name, value]) => `${name}=${reveal(value)}`);
  return { cookie: new Secret(pairs.join('; ')) };
}

function clear(value: string | Secret): string {
  return value instanceof Secret ? reveal(value) : value;
}
