import { inspect } from 'node:util';

/**
 * A secret value that cannot be printed by accident: `inspect`, `JSON.stringify`, template strings and
 * `String()` all say `[secret]`. Only {@link reveal} opens it, and only secrets, dialects and the transport
 * may import `reveal` (kept by the tidy test).
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  static open(secret: Secret): string {
    return secret.#value;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** The clear value of a secret. Call it in the very expression that hands the value to its destination. */
export function reveal(secret: Secret): string {
  return Secret.open(secret);
}
