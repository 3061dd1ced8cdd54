export type { ContractCase } from "./contract-case.ts";
export { domainContract } from "./contract.ts";
export { ContractError } from "./check.ts";
