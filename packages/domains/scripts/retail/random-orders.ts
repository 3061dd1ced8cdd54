import type { User } from "../../src/retail/schema.ts";
import { createUnused, type Random } from "../lib/random.ts";
import { type NewOrder, type StockItem, createOrder } from "./order.ts";
import { createAddress } from "./customers.ts";

/** Creates an order of a customer. Its items can be sold out by now. */
export function createRandomOrder(random: Random, taken: Set<string>, owner: User, stock: readonly StockItem[]): NewOrder {
  return createOrder({
    id: createUnused(taken, () => `#W${random.int(1, 9)}${random.digits(6)}`),
    owner,
    address: random.chance(80) ? owner.address : createAddress(random),
    items: pickItems(random, stock),
    status: pickStatus(random),
    paidBy: random.pick(Object.keys(owner.payment_methods)),
    tracking: random.digits(12),
  });
}

function pickItems(random: Random, stock: readonly StockItem[]): StockItem[] {
  const items = random.sample(stock, random.int(1, 5));
  const first = items[0]!;
  if (items.length === 5) return items;
  if (random.chance(5)) return [...items, first];
  if (random.chance(10)) return [...items, random.pick(stock.filter(({ product }) => product === first.product))];
  return items;
}

function pickStatus(random: Random): NewOrder["status"] {
  const percent = random.int(1, 100);
  if (percent <= 42) return "pending";
  if (percent <= 79) return "delivered";
  return percent <= 89 ? "processed" : "cancelled";
}
