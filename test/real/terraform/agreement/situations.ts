import { otherSecret } from '../../../support/site.ts';
import type { Declared, Desk } from './desk.ts';

const changed = (desk: Desk, over: object): Declared => ({
  ...desk.base,
  extensions: [desk.extension(desk.kind.number, over)],
});

const both = (desk: Desk, over: object = {}): Declared => ({
  ...desk.base,
  extensions: [desk.extension(desk.kind.number), desk.extension(desk.kind.other, over)],
});

/** What the YAML says now. */
export const declarations: Readonly<Record<string, (desk: Desk) => Declared>> = {
  'as it was': ({ base }) => base,
  'another name': (desk) => changed(desk, { name: 'Otro' }),
  'a second extension': (desk) => both(desk),
  'a second extension that may be taken over': (desk) => both(desk, { adopt: true }),
  nothing: ({ base }) => ({ ...base, extensions: [], account: null }),
  'no line': ({ base }) => ({ ...base, account: null }),
  'another label of the line': ({ base, kind }) => ({
    ...base,
    account: { number: kind.number, label: 'Entrada' },
  }),
  'another label of the PBX': ({ base }) => ({ ...base, label: 'central' }),
  'both released': ({ base, kind }) => ({
    ...base,
    extensions: [],
    account: null,
    released: [`sede/${kind.number}`, 'device:mesa/1'],
  }),
};

type Undo = () => void;

function named(name: string): (desk: Desk) => Undo {
  return ({ box, kind: { number, native } }) => {
    box.edit(number, { [native.name]: name }, { apply: true });
    return () => box.edit(number, { [native.name]: 'Puesto' }, { apply: true });
  };
}

function foreign(name: string): (desk: Desk) => Undo {
  return ({ box, kind: { other, native } }) => {
    const email = `ext${other}@acme.example`;
    box.create({ number: other, [native.name]: name, email }, { apply: true });
    return () => box.remove(other, { apply: true });
  };
}

/** What happened on the PBX or the phone; answers how to undo it. */
export const events: Readonly<Record<string, (desk: Desk) => Undo>> = {
  nothing: () => () => {},
  'the name was changed': named('Colega'),
  'the other name was typed': named('Otro'),
  'the second number was made': foreign('Puesto'),
  'the second number was made with another name': foreign('Ajena'),
  'the label on the phone was changed': ({ phone }) => {
    phone.edit({ 'account.1.label': 'Colega' });
    return () => phone.edit({ 'account.1.label': 'Puesto' });
  },
  'the secret was changed': ({ box, kind: { number, native } }) => {
    const before = box.saved()[number]?.[native.sip] ?? '';
    box.edit(number, { [native.sip]: otherSecret }, { apply: true });
    return () => box.edit(number, { [native.sip]: before }, { apply: true });
  },
};

/** Every declaration with every event that it can meet, dealt out among `hands`. What may be taken over is there: an import needs that. */
export function pairsFor(hand: number, hands: number): readonly (readonly [string, string])[] {
  const all = Object.keys(declarations).flatMap((declaration) =>
    Object.keys(events)
      .filter((event) => !declaration.includes('taken over') || event.includes('second number'))
      .map((event) => [declaration, event] as const),
  );
  return all.filter((_, index) => index % hands === hand);
}
