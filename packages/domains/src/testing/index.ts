export { type ContractCase, ContractError } from "./contract-case.ts";
export { domainContract } from "./contract.ts";
