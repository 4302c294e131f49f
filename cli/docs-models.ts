/** One model of a family of devices. */
export interface ModelRow {
  readonly name: string;
  /** Accounts it holds; null = not known, so that lines are not checked. */
  readonly accounts: number | null;
  /** The oldest names of settings that a firmware of it uses; null = not known. */
  readonly oldest: string | null;
}

const note =
  'Accounts are known from practice; the oldest firmware is inferred. Empty: not known. A line beyond the model’s accounts is refused. ' +
  'A device that fetches its settings needs `firmware`, unless its model knows only the newest names of settings.';

/** The models of one driver as a section of `docs/drivers.md`. Models that differ in nothing but their name share a row. Pure. */
export function modelsMarkdown(driver: string, models: readonly ModelRow[]): string {
  const rows = [...alike(models)].sort(byAccounts).map(rowOf);
  const table = [['Accounts', 'Firmware from', 'Models'], ['---', '---', '---'], ...rows];
  const lines = table.map((cells) => `| ${cells.join(' | ')} |`);
  return `## Models of \`${driver}\`\n\n${note}\n\n${lines.join('\n')}\n`;
}

type Group = readonly [first: ModelRow, ...others: ModelRow[]];

function alike(models: readonly ModelRow[]): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const model of models) {
    const kind = `${model.accounts} ${model.oldest}`;
    const known = groups.get(kind);
    groups.set(kind, known === undefined ? [model] : [...known, model]);
  }
  return groups.values();
}

/** Most accounts first, unknown last; then by firmware. */
function byAccounts([a]: Group, [b]: Group): number {
  return (b.accounts ?? 0) - (a.accounts ?? 0) || (a.oldest ?? '').localeCompare(b.oldest ?? '');
}

function rowOf(group: Group): readonly string[] {
  const [{ accounts, oldest }] = group;
  return [String(accounts ?? ''), (oldest ?? '').toUpperCase(), group.map(({ name }) => name).join(', ')];
}
