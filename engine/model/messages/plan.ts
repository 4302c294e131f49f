import type { Message } from './message.ts';

export const planMessages = {
  'target-undeclared': {
    en: {
      summary: 'Target left the YAML with things still on it',
      detail:
        'State of client {client} holds {count} objects on {target}, which the YAML no longer declares. They cannot be read or deleted.',
      hint: 'Put the target back and delete its extensions first, or list them under `released:` to leave them in place.',
    },
    es: {
      summary: 'Destino quitado del YAML con objetos todavía en él',
      detail:
        'El estado del cliente {client} tiene {count} objetos en {target}, que el YAML ya no declara. No se pueden leer ni borrar.',
      hint: 'Vuelva a poner el destino y borre antes sus extensiones, o póngalas en `released:` para dejarlas donde están.',
    },
  },
} as const satisfies Record<string, Message>;
