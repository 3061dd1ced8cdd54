import type { PaymentMethod, User } from "../../src/airline/schema.ts";
import { createRandomAddress, createRandomPerson, type Person } from "../lib/people.ts";
import { createUnused, type Random } from "../lib/random.ts";
import { card, certificate, giftCard, formatUserId, type PlantedCase } from "./planted-case.ts";

/** Used numbers of payment methods. They are unique among all customers. */
export type TakenNumbers = Set<string>;

export function createRandomUser(random: Random, taken: TakenNumbers, ids: Set<string>): User {
  const person = createRandomPerson(random);
  const id = createUnused(ids, () => formatUserId(person, random.digits(4)));
  const companions = Array.from({ length: random.int(1, 2) }, () =>
    createRandomPerson(random, random.chance(60) ? person.last_name : undefined),
  );
  return createUser(random, id, person, {
    membership: random.pick(["regular", "silver", "gold"]),
    methods: createRandomMethods(random, taken),
    companions,
  });
}

export function createPlantedUser(random: Random, planted: PlantedCase): User {
  return createUser(random, formatUserId(planted.customer, planted.digits), planted.customer, planted);
}

function createUser(random: Random, id: string, person: Person, has: Pick<PlantedCase, "membership" | "methods" | "companions">): User {
  const { first_name, last_name, dob } = person;
  return {
    user_id: id,
    name: { first_name, last_name },
    address: createRandomAddress(random),
    email: `${first_name}.${last_name}${random.digits(4)}@example.com`.toLowerCase(),
    dob,
    payment_methods: Object.fromEntries(has.methods.map((method) => [method.id, method])),
    saved_passengers: [...(has.companions ?? [])],
    membership: has.membership,
    reservations: [],
  };
}

function createRandomMethods(random: Random, taken: TakenNumbers): PaymentMethod[] {
  const number = () => createUnused(taken, () => `${random.int(1, 9)}${random.digits(6)}`);
  const newCard = () => card(number(), random.pick(["visa", "mastercard"]), random.digits(4));
  const others = Array.from({ length: random.int(0, 3) }, () =>
    random.pick([newCard, () => giftCard(number(), random.int(5, 300)), () => certificate(number(), random.pick([100, 150, 250, 500]))])(),
  );
  // Every customer has a card, since trips must be paid.
  return random.sample([newCard(), ...others], 4);
}
