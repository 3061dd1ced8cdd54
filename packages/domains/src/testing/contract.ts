import type { Domain, DomainData } from "../core/domain/domain.ts";
import { createEnvironmentConfig } from "../core/environment/execute-tool-call.ts";
import type { ContractCase } from "./contract-case.ts";
import { createDataCases } from "./data-cases.ts";
import { createTaskCases } from "./task-cases.ts";
import { createToolCases } from "./tool-cases.ts";

/**
 * Returns the rules that every domain must keep, as cases for any test runner.
 * @example
 * ```ts
 * import { test } from "node:test";
 * import { loadData } from "@tau2/domains/data";
 * import { mock } from "@tau2/domains/mock";
 * import { domainContract } from "@tau2/domains/testing";
 *
 * for (const { name, run } of domainContract(mock, loadData(mock))) test(name, run);
 * ```
 */
export function domainContract<A, U>(domain: Domain<A, U>, data: DomainData<A, U>): ContractCase[] {
  const config = createEnvironmentConfig(domain as Domain, data as DomainData);
  return [...createToolCases(config), ...createDataCases(config), ...data.tasks().flatMap((task) => createTaskCases(config, task))];
}
