import { type Desk, extension, openDesk, sede } from './desk.ts';

/**
 * A workspace in which every part of the reports has something to say: 2000 was changed by a colleague, 2001 deleted by one, 2002 is new,
 * 2003 is to be deleted, 1000 is foreign, `vieja` is an older box on which a person creates 3000, and 2000 is on a phone.
 */
export async function busyDesk(): Promise<Desk> {
  const vieja = { name: 'vieja', edition: 'v1.1.0', extensions: 1, firstNumber: 30 } as const;
  const desk = await openDesk([sede, vieja]);
  const numbers = ['2000', '2001', '2002', '2003'];
  await desk.passwords(numbers);
  await desk.passwords(['3000'], 'vieja');
  await desk.declare(['2000', '2001', '2003'].map((number) => extension(number)));
  const { code, err } = await desk.run(['apply', '--yes']);
  if (code !== 0) throw new Error(err);
  desk.lab.box('sede').edit('2000', { username: 'Portería' }, { apply: true });
  desk.lab.box('sede').remove('2001', { apply: true });
  await desk.declare(
    [
      ...['2000', '2001', '2002'].map((n) => extension(n)),
      extension('3000', { pbx: 'vieja', name: 'Almacén' }),
    ],
    {
      pbx: { sede: desk.pbx('sede'), vieja: desk.pbx('vieja') },
      devices: [
        {
          id: 'recepcion',
          driver: 'yealink',
          mode: 'guided',
          mac: '80:5e:c0:00:00:01',
          accounts: [{ line: 1, extension: 'sede/2000', label: 'Recepción' }],
        },
      ],
      checks: { callFlows: [{ name: 'Ventas', pbx: 'sede', reaches: ['2000'] }] },
    },
  );
  return desk;
}
