/** One rule that a domain must keep. `run` throws an error that says how it is broken. */
export interface ContractCase {
  readonly name: string;
  run(): void;
}
