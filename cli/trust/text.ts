import type { Lang } from '../../engine/model/index.ts';
import { fill, type Style, safeText } from '../../engine/report/index.ts';
import type { SeenCertificate, SeenHostKeys, TrustFound } from '../../engine/run/trust/trust-contract.ts';

interface TrustWords {
  readonly verdicts: Readonly<Record<SeenCertificate['verdict'] | SeenHostKeys['verdict'], string>>;
  readonly pin: string;
  readonly subject: string;
  readonly issuer: string;
  readonly validity: string;
  readonly seen: string;
  readonly here: string;
  readonly through: string;
  readonly declared: string;
  readonly willBe: string;
  readonly paste: string;
  readonly compare: string;
  readonly nothing: string;
  readonly ask: string;
  readonly yes: string;
  readonly no: string;
}

/** What `alta trust` says beside its diagnostics. */
export const trustWords: Readonly<Record<Lang, TrustWords>> = {
  en: {
    verdicts: {
      verified: 'verified by the system’s authorities',
      pinned: 'as pinned',
      unpinned: 'nobody vouches for it yet',
      mismatch: 'NOT AS DECLARED',
      declared: 'as declared',
      undeclared: 'not declared yet',
    },
    pin: 'public key',
    subject: 'subject',
    issuer: 'issuer',
    validity: 'valid',
    seen: 'seen',
    here: 'from this machine',
    through: 'through {bastion}',
    declared: 'declared',
    willBe: 'pins',
    paste: 'To paste under `ssh:`:',
    compare:
      'What is seen for the first time is not proven. Compare it with the box’s own panel, or with `ssh-keygen -l` on the server itself, before you agree.',
    nothing: 'No target speaks https.',
    ask: 'Write this into the YAML?',
    yes: 'Yes, I have compared it',
    no: 'No, write nothing',
  },
  es: {
    verdicts: {
      verified: 'verificado por las autoridades del sistema',
      pinned: 'como está declarado',
      unpinned: 'nadie responde aún de él',
      mismatch: 'NO ES LO DECLARADO',
      declared: 'como está declarado',
      undeclared: 'aún sin declarar',
    },
    pin: 'clave pública',
    subject: 'titular',
    issuer: 'emisor',
    validity: 'validez',
    seen: 'visto',
    here: 'desde este equipo',
    through: 'a través de {bastion}',
    declared: 'declarado',
    willBe: 'huellas',
    paste: 'Para pegar en `ssh:`:',
    compare:
      'Lo que se ve por primera vez no está probado. Antes de aceptar, compárelo con el panel del propio equipo o con `ssh-keygen -l` en el propio servidor.',
    nothing: 'Ningún equipo usa https.',
    ask: '¿Escribir esto en el YAML?',
    yes: 'Sí, lo he comparado',
    no: 'No, no escribir nada',
  },
};

/** What was seen, for a person to compare. Ends with a newline. */
export function trustText({ certificates, hostKeys }: TrustFound, lang: Lang, style: Style): string {
  const words = trustWords[lang];
  const blocks = [
    ...certificates.map((seen) => certificateLines(seen, words, style)),
    ...hostKeys.map((seen) => hostKeyLines(seen, words, style)),
  ];
  if (blocks.length === 0) return `${words.nothing}\n`;
  const asked = [...certificates, ...hostKeys].some(({ verdict, proposed }) => {
    return proposed !== null || verdict === 'undeclared';
  });
  return `${[...blocks, ...(asked ? [[words.compare]] : [])].map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

type Row = readonly [label: string, value: string];

function certificateLines(seen: SeenCertificate, words: TrustWords, style: Style): readonly string[] {
  const head = `${seen.targets.map((address) => style.strong(safeText(address))).join(', ')}  ${safeText(seen.url)}`;
  const way = seen.from === null ? words.here : fill(words.through, { bastion: seen.from });
  const rows: readonly Row[] = [
    [words.pin, seen.pin],
    [words.subject, seen.subject],
    [words.issuer, seen.issuer],
    [words.validity, `${dayOf(seen.validFrom)} – ${dayOf(seen.validTo)}`],
    [words.seen, way],
    ...(seen.declared.length === 0 ? [] : [[words.declared, seen.declared.join(', ')] as const]),
    ...(seen.proposed === null ? [] : [[words.willBe, seen.proposed.join(', ')] as const]),
  ];
  return [head, verdictLine(seen.verdict, words, style), ...table(rows)];
}

function hostKeyLines(seen: SeenHostKeys, words: TrustWords, style: Style): readonly string[] {
  const rows = seen.keys.map(({ line, fingerprint }): Row => [line.split(' ')[0] ?? '', fingerprint]);
  return [
    style.strong(safeText(seen.server)),
    verdictLine(seen.verdict, words, style),
    ...table(rows),
    `  ${words.paste}`,
    '    hostKeys:',
    ...seen.keys.map(({ line }) => `      - ${safeText(line)}`),
  ];
}

function verdictLine(verdict: keyof TrustWords['verdicts'], { verdicts }: TrustWords, style: Style): string {
  if (verdict === 'mismatch') return `  ${style.error(`✗ ${verdicts[verdict]}`)}`;
  const open = verdict === 'unpinned' || verdict === 'undeclared';
  return open ? `  ${style.warn(`? ${verdicts[verdict]}`)}` : `  ${style.good(`✓ ${verdicts[verdict]}`)}`;
}

function table(rows: readonly Row[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${safeText(value)}`);
}

/** `2026-11-23` */
function dayOf(time: string): string {
  return time.replace(/T.*$/, '');
}
