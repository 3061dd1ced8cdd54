import type { Address, PaymentMethod, User } from "../../src/retail/schema.ts";
import type { Random } from "../lib/random.ts";
import type { NewOrder, StockItem } from "./books.ts";
import { getOrder } from "./order.ts";

/** A customer made for a task, with what the task needs them to own. */
export interface PlantedCase {
  /** `Greta Solberg` */
  name: string;
  /** The four digits of the user id. */
  digits: string;
  /** The four digits of the e-mail address. */
  email: string;
  /** `15 Larkspur Avenue, Apt 3, Boulder, CO 80317` */
  address: string;
  methods: readonly PaymentMethod[];
  orders: readonly PlantedOrder[];
}

/** An order of a planted customer, sent to their own address. */
export interface PlantedOrder {
  id: string;
  status: NewOrder["status"];
  /** Each as `Rain Jacket: moss / S / mesh`. */
  items: readonly string[];
  /** The customer's first method unless given. */
  paidBy?: string;
  tracking?: string;
}

export function card(digits: string, brand: "visa" | "mastercard", last_four: string): PaymentMethod {
  return { source: "credit_card", id: `credit_card_${digits}`, brand, last_four };
}

export function paypal(digits: string): PaymentMethod {
  return { source: "paypal", id: `paypal_${digits}` };
}

export function giftCard(digits: string, balance: number): PaymentMethod {
  return { source: "gift_card", id: `gift_card_${digits}`, balance };
}

export function plantedUser({ name, digits, email, address, methods, orders }: PlantedCase): User {
  const [first_name, last_name] = name.split(" ") as [string, string];
  return {
    user_id: `${first_name}_${last_name}_${digits}`.toLowerCase(),
    name: { first_name, last_name },
    address: addressOf(address),
    email: `${first_name}.${last_name}${email}@example.com`.toLowerCase(),
    payment_methods: Object.fromEntries(methods.map((method) => [method.id, method])),
    orders: orders.map(({ id }) => id),
  };
}

export function plantedOrders(random: Random, planted: PlantedCase, stock: readonly StockItem[]): NewOrder[] {
  const owner = plantedUser(planted);
  return planted.orders.map(({ id, status, items, paidBy = planted.methods[0]!.id, tracking = random.digits(12) }) => {
    return getOrder({ id, owner, address: owner.address, items: items.map((text) => itemIn(stock, text)), status, paidBy, tracking });
  });
}

function addressOf(text: string): Address {
  const [address1, address2, city, rest] = text.split(", ") as [string, string, string, string];
  const [state, zip] = rest.split(" ") as [string, string];
  return { address1, address2, city, country: "USA", state, zip };
}

function itemIn(stock: readonly StockItem[], text: string): StockItem {
  const found = stock.find(({ product, variant }) => `${product.name}: ${Object.values(variant.options).join(" / ")}` === text);
  if (!found) throw new Error(`no product is '${text}'`);
  return found;
}
