import type { User } from "../../src/retail/schema.ts";
import { unused, type Random } from "../lib/random.ts";
import type { NewOrder, StockItem } from "./books.ts";
import { addressFor } from "./customers.ts";
import { getOrder } from "./order.ts";

/** An order of a customer for anything that the shop has ever sold, sold out by now or not. */
export function randomOrder(random: Random, taken: Set<string>, owner: User, stock: readonly StockItem[]): NewOrder {
  return getOrder({
    id: unused(taken, () => `#W${random.int(1, 9)}${random.digits(6)}`),
    owner,
    address: random.chance(80) ? owner.address : addressFor(random),
    items: randomItems(random, stock),
    status: randomStatus(random),
    paidBy: random.pick(Object.keys(owner.payment_methods)),
    tracking: random.digits(12),
  });
}

function randomItems(random: Random, stock: readonly StockItem[]): StockItem[] {
  const items = random.sample(stock, random.int(1, 5));
  const first = items[0]!;
  if (items.length === 5) return items;
  if (random.chance(5)) return [...items, first];
  if (random.chance(10)) return [...items, random.pick(stock.filter(({ product }) => product === first.product))];
  return items;
}

function randomStatus(random: Random): NewOrder["status"] {
  const percent = random.int(1, 100);
  if (percent <= 42) return "pending";
  if (percent <= 79) return "delivered";
  return percent <= 89 ? "processed" : "cancelled";
}
