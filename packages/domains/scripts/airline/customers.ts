import type { PaymentMethod, User } from "../../src/airline/schema.ts";
import { randomAddress, randomPerson, type Person } from "../lib/people.ts";
import { unused, type Random } from "../lib/random.ts";
import { card, certificate, giftCard, userId, type PlantedCase } from "./planted-case.ts";

/** Numbers of payment methods that are in use; they are unique over all customers. */
export type TakenNumbers = Set<string>;

export function randomUser(random: Random, taken: TakenNumbers, ids: Set<string>): User {
  const person = randomPerson(random);
  const id = unused(ids, () => userId(person, random.digits(4)));
  const companions = Array.from({ length: random.int(1, 2) }, () => randomPerson(random, random.chance(60) ? person.last_name : undefined));
  return profile(random, id, person, {
    membership: random.pick(["regular", "silver", "gold"]),
    methods: randomMethods(random, taken),
    companions,
  });
}

export function plantedUser(random: Random, planted: PlantedCase): User {
  return profile(random, userId(planted.customer, planted.digits), planted.customer, planted);
}

function profile(random: Random, id: string, person: Person, has: Pick<PlantedCase, "membership" | "methods" | "companions">): User {
  const { first_name, last_name, dob } = person;
  return {
    user_id: id,
    name: { first_name, last_name },
    address: randomAddress(random),
    email: `${first_name}.${last_name}${random.digits(4)}@example.com`.toLowerCase(),
    dob,
    payment_methods: Object.fromEntries(has.methods.map((method) => [method.id, method])),
    saved_passengers: [...(has.companions ?? [])],
    membership: has.membership,
    reservations: [],
  };
}

function randomMethods(random: Random, taken: TakenNumbers): PaymentMethod[] {
  const number = () => unused(taken, () => `${random.int(1, 9)}${random.digits(6)}`);
  const newCard = () => card(number(), random.pick(["visa", "mastercard"]), random.digits(4));
  const others = Array.from({ length: random.int(0, 3) }, () =>
    random.pick([newCard, () => giftCard(number(), random.int(5, 300)), () => certificate(number(), random.pick([100, 150, 250, 500]))])(),
  );
  // Everybody has a card, so that everybody can have paid for a trip.
  return random.sample([newCard(), ...others], 4);
}
