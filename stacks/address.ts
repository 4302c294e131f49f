/**
 * The source address of the provider that serves the drivers. It has a host of its own, so that Terraform and OpenTofu mean the same by it and
 * neither looks for it anywhere.
 */
export const providerAddress = 'terraform.local/alta/alta';
