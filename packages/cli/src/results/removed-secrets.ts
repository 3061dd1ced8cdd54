import type { CliIo } from "../io.ts";

/** Says which parameters were written without their values, if any. @param file as the person named it */
export function noteRemovedSecrets(
  { stderr }: Pick<CliIo, "stderr">,
  file: string,
  paths: readonly string[],
  backups: readonly string[] = [],
): void {
  if (paths.length === 0) return;
  const copies = backups.length > 0 ? `; ${backups.join(" and ")} still contain them` : "";
  stderr.write(`note: ${file} was written without the secrets in ${paths.join(", ")}${copies}\n`);
}
