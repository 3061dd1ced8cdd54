import type { Address, PaymentMethod, User } from "../../src/retail/schema.ts";
import { createRandomAddress, createRandomPerson } from "../lib/people.ts";
import { createUnused, type Random } from "../lib/random.ts";
import { card, giftCard, paypal } from "./planted-case.ts";

/** Used ids of customers and used numbers of payment methods. */
export interface TakenNames {
  users: Set<string>;
  methods: Set<string>;
}

export function createRandomUser(random: Random, taken: TakenNames): User {
  const { first_name, last_name } = createRandomPerson(random);
  return {
    user_id: createUnused(taken.users, () => `${first_name}_${last_name}_${random.digits(4)}`.toLowerCase()),
    name: { first_name, last_name },
    address: createAddress(random),
    email: `${first_name}.${last_name}${random.digits(4)}@example.com`.toLowerCase(),
    payment_methods: Object.fromEntries(createRandomMethods(random, taken.methods).map((method) => [method.id, method])),
    orders: [],
  };
}

/** Creates a random address. A missing second line is an empty string. */
export function createAddress(random: Random): Address {
  const address = createRandomAddress(random);
  return { ...address, address2: address.address2 ?? "" };
}

/** Creates one to three methods, with at most one gift card, one PayPal account and two cards. */
function createRandomMethods(random: Random, taken: Set<string>): PaymentMethod[] {
  const number = () => createUnused(taken, () => `${random.int(1, 9)}${random.digits(6)}`);
  const newCard = () => card(number(), random.pick(["visa", "mastercard"]), random.digits(4));
  const balance = () => (random.chance(15) ? random.int(200, 500) : random.int(0, 100));
  return random
    .sample([newCard, newCard, () => paypal(number()), () => giftCard(number(), balance())], random.int(1, 3))
    .map((make) => make());
}
