import type { Domain, DomainData } from "../core/domain/domain.ts";
import { createEnvironmentConfig } from "../core/environment/execute-tool-call.ts";
import type { ContractCase } from "./contract-case.ts";
import { createDataCases } from "./data-cases.ts";
import { createTaskCases } from "./task-cases.ts";
import { createToolCases } from "./tool-cases.ts";

/**
 * The rules that every domain keeps, whoever wrote it. Hand them to any test runner:
 *
 * ```ts
 * for (const { name, run } of domainContract(library, loadData(library))) test(name, run);
 * ```
 */
export function domainContract<A, U>(domain: Domain<A, U>, data: DomainData<A, U>): ContractCase[] {
  const setup = createEnvironmentConfig(domain as Domain, data as DomainData);
  return [...createToolCases(setup), ...createDataCases(setup), ...data.tasks().flatMap((task) => createTaskCases(setup, task))];
}
