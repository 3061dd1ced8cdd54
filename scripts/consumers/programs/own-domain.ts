// A domain of the user in TypeScript that Node does not run by itself (an enum), for `tau2 run --domain FILE`.
import { mock } from "@tau2/domains/mock";

export enum Shade {
  Plain = "plain",
}

export const shaded = { ...mock, description: Shade.Plain };
