/** Who a request says it comes from, and whether it may have what it asks for. */
export interface Visitor {
  /** Empty without Basic authentication. */
  readonly user: string;
  readonly isWelcome: boolean;
}

/** Judges a request's `Authorization` header. Without a login everybody is welcome. */
export function visitorOf(
  header: string | undefined,
  login: { readonly username: string; readonly password: string } | undefined,
): Visitor {
  const [, encoded = ''] = /^Basic +([A-Za-z0-9+/=]+)$/i.exec(header ?? '') ?? [];
  const given = Buffer.from(encoded, 'base64').toString('utf8');
  const [user = ''] = given.split(':', 1);
  return { user, isWelcome: login === undefined || given === `${login.username}:${login.password}` };
}
