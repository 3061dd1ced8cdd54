import type { Address, PaymentMethod, User } from "../../src/retail/schema.ts";
import { randomAddress, randomPerson } from "../lib/people.ts";
import { unused, type Random } from "../lib/random.ts";
import { card, giftCard, paypal } from "./planted-case.ts";

/** Ids of customers and numbers of payment methods that are in use. */
export interface TakenNames {
  users: Set<string>;
  methods: Set<string>;
}

export function randomUser(random: Random, taken: TakenNames): User {
  const { first_name, last_name } = randomPerson(random);
  return {
    user_id: unused(taken.users, () => `${first_name}_${last_name}_${random.digits(4)}`.toLowerCase()),
    name: { first_name, last_name },
    address: addressFor(random),
    email: `${first_name}.${last_name}${random.digits(4)}@example.com`.toLowerCase(),
    payment_methods: Object.fromEntries(randomMethods(random, taken.methods).map((method) => [method.id, method])),
    orders: [],
  };
}

/** Creates an address; the shop stores an empty text for a missing second line. */
export function addressFor(random: Random): Address {
  const address = randomAddress(random);
  return { ...address, address2: address.address2 ?? "" };
}

/** One to three methods: at most one gift card and one PayPal account, at most two cards. */
function randomMethods(random: Random, taken: Set<string>): PaymentMethod[] {
  const number = () => unused(taken, () => `${random.int(1, 9)}${random.digits(6)}`);
  const newCard = () => card(number(), random.pick(["visa", "mastercard"]), random.digits(4));
  const balance = () => (random.chance(15) ? random.int(200, 500) : random.int(0, 100));
  return random
    .sample([newCard, newCard, () => paypal(number()), () => giftCard(number(), balance())], random.int(1, 3))
    .map((make) => make());
}
