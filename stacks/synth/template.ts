/** What Terraform or cdktf would read as more than text. */
const marks = /([$%]*[$#&])\{TfToken\[|([$%])\{|([\d.]e)(?=[+-]?\d)/g;

/**
 * Text as a Terraform template that evaluates to exactly that text. Every string of Terraform's JSON is a template, so a
 * display name `${file("/etc/hostname")}` would be run; `$${` and `%%{` are the literals. cdktf looks for marks of its
 * own in strings as well, such as `${TfToken[…]}` and numbers near 1e289: these are taken apart, so that no name can stand
 * for another value.
 */
export function literal(text: string): string {
  return text.replace(marks, (mark, token?: string, opening?: string) => {
    if (token !== undefined) return `\${"${token}"}{TfToken[`;
    return opening === undefined ? `${mark}\${""}` : `${opening}${mark}`;
  });
}

/** The value of another resource's attribute, known after it was applied. */
export function attributeOf(resource: string, attribute: string): string {
  return `\${${resource}.${attribute}}`;
}
