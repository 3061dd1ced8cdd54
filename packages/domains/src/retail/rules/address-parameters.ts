import { z } from "zod";

/** The fields of a new address, as calls give them. */
export const addressParameters = {
  address1: z.string().describe("Street and number, such as '12 Elm Street'."),
  address2: z.string().describe("Flat or suite, such as 'Suite 3'. Empty when there is none."),
  city: z.string().describe("City, such as 'Denver'."),
  state: z.string().describe("State, such as 'CO'."),
  country: z.string().describe("Country, such as 'USA'."),
  zip: z.string().describe("Zip code, such as '80014'."),
};
