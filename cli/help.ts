import type { Lang } from '../engine/model/messages/message.ts';

/** The words of the help itself. */
export const titles: Readonly<Record<Lang, Readonly<Record<HelpWord, string>>>> = {
  en: {
    description:
      'Extensions and devices of every client, declared in YAML: plan shows, apply does, verify proves.',
    version: 'Print the version',
    help: 'Help for a command',
    command: 'command',
    optionsWord: 'options',
    options: 'Options:',
    commonOptions: 'Common options:',
  },
  es: {
    description:
      'Extensiones y dispositivos de cada cliente, declarados en YAML: plan muestra, apply hace, verify demuestra.',
    version: 'Muestra la versión',
    help: 'Ayuda de un comando',
    command: 'comando',
    optionsWord: 'opciones',
    options: 'Opciones:',
    commonOptions: 'Opciones comunes:',
  },
};

type HelpWord = 'description' | 'version' | 'help' | 'command' | 'optionsWord' | 'options' | 'commonOptions';

const spanish: Readonly<Record<string, string>> = {
  'Usage:': 'Uso:',
  'Arguments:': 'Argumentos:',
  'Options:': 'Opciones:',
  'Commands:': 'Comandos:',
};

/** The headings that commander writes by itself. */
export function translated(heading: string, lang: Lang): string {
  return lang === 'es' ? (spanish[heading] ?? heading) : heading;
}

const spanishPlaceholders: Readonly<Record<string, string>> = {
  address: 'dirección',
  addresses: 'direcciones',
  arguments: 'argumentos',
  client: 'cliente',
  clients: 'clientes',
  dir: 'carpeta',
  edition: 'edición',
  file: 'archivo',
  format: 'formato',
  generation: 'generación',
  group: 'grupo',
  kind: 'tipo',
  language: 'idioma',
  name: 'nombre',
  names: 'nombres',
  numbers: 'números',
  path: 'ruta',
  program: 'programa',
  reason: 'motivo',
  revision: 'revisión',
  server: 'servidor',
  target: 'destino',
  text: 'texto',
  time: 'tiempo',
  times: 'veces',
  way: 'modo',
};

/** `<file>` as the reader writes it; also inside `-o, --out <file>`. What is not in brackets stays. */
export function placeholder(flags: string, lang: Lang): string {
  if (lang !== 'es') return flags;
  const translate = (word: string): string => spanishPlaceholders[word] ?? word;
  return flags.replace(/[<[].*/, (places) => places.replace(/[a-z]+/g, translate));
}
