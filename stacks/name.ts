/**
 * The Terraform name of a resource, from its address alone: `acme/pbx:main/extension:10` → `main_10`. Two addresses of one
 * client never share a name: within a label `_` becomes `__` and `.` becomes `_d`, so that the last `_` always
 * separates label and key. A leading digit, which Terraform refuses, gets a `_` before it.
 */
export function terraformName(label: string, key: string): string {
  const escaped = label.replace(/_/g, '__').replace(/\./g, '_d');
  const name = `${escaped}_${key}`;
  return /^[0-9]/.test(name) ? `_${name}` : name;
}

/** `callerId` → `caller_id`: Terraform's spelling of a canonical field. */
export function attributeName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
