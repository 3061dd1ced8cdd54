import { createHash } from "node:crypto";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Shuffles the files within their project. Vitest starts a new process wherever the project changes: were the projects mixed, no file
 * would meet what another one left behind, and most of the time would go into imports.
 */
export class ProjectSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { shuffle, seed } = this.ctx.config.sequence;
    // oxlint-disable-next-line unicorn/no-array-sort -- a method of the sequencer, not of a list
    if (!shuffle) return super.sort(files);
    const hash = (text: string) => createHash("sha256").update(`${seed} ${text}`).digest("hex");
    const getKey = ({ project, moduleId }: TestSpecification) =>
      `${hash(project.name)} ${hash(moduleId.replace(this.ctx.config.root, ""))}`;
    return files
      .map((file) => [getKey(file), file] as const)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([, file]) => file);
  }
}
