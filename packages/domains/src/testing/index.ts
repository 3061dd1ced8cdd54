export { domainContract, type ContractCase } from "./contract.ts";
export { ContractError } from "./check.ts";
