/**
 * What keys are called, in English and Spanish, where nothing but the name tells. A guess: it never overrules what values prove.
 */
const words: Readonly<Record<string, RegExp>> = {
  number: /^(ext(ension)?|exten|number|numero|número|num|short)/i,
  name: /name|nombre/i,
  email: /mail|correo/i,
  role: /role?(id)?$|perfil|profile|level|nivel/i,
  mobile: /mobile|movil|móvil|msisdn|cell/i,
  mobileExtension: /(mobile|movil|móvil|cell)[\w.]*(ext|short|corto)/i,
  sip: /sip|secret/i,
  portal: /^pass|contrase|clave/i,
  callerId: /caller|cli(d|_|$)|did|outbound|salida|identif/i,
  internalOnly: /intern/i,
  voicemail: /voice_?mail|buzon|buzón/i,
  callRecording: /record|grab/i,
  registered: /regist/i,
  company: /compan|tenant|empresa|customer|client|account|org/i,
  companyName: /name|nombre|razon|razón/i,
  id: /^(id|uuid|guid|_id)$/i,
};

/** Whether a path looks like a thing of that name. */
export function sounds(name: string, path: string): boolean {
  return (
    words[name]?.test(path) === true || words[name]?.test(path.slice(path.lastIndexOf('.') + 1)) === true
  );
}

/** The one item that sounds right; all of them where none or several do. */
export function bySound<T>(name: string, items: readonly T[], path: (item: T) => string): readonly T[] {
  const right = items.filter((item) => sounds(name, path(item)));
  return right.length === 1 ? right : items;
}
