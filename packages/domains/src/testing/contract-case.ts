/** One rule of the contract for domains. */
export interface ContractCase {
  readonly name: string;
  /** Checks the rule. @throws ContractError that says how the domain breaks it */
  run(): void;
}

/** Error of a domain that breaks a rule of the contract. */
export class ContractError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ContractError";
  }
}

/** Throws a {@link ContractError} with the message if the condition is false. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ContractError(message);
}
