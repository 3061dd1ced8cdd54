/** One rule that a domain must keep. `run` throws an error that says how it is broken. */
export interface ContractCase {
  readonly name: string;
  run(): void;
}

/** A rule of the contract that does not hold. */
export class ContractError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "ContractError";
  }
}

/** Throws with the message unless the condition holds. */
export function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new ContractError(message);
}
