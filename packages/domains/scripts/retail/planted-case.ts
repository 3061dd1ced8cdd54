import type { Address, PaymentMethod, User } from "../../src/retail/schema.ts";
import type { Random } from "../lib/random.ts";
import { type NewOrder, type StockItem, createOrder } from "./order.ts";

/** Customer of a task, with payment methods and orders. */
export interface PlantedCase {
  /** First and last name: `Greta Solberg`. */
  name: string;
  /** Four digits of the user id. */
  digits: string;
  /** Four digits of the e-mail address. */
  email: string;
  /** Address in one line: `15 Larkspur Avenue, Apt 3, Boulder, CO 80317`. */
  address: string;
  methods: readonly PaymentMethod[];
  orders: readonly PlantedOrder[];
}

/** Order of a planted customer, shipped to their address. */
export interface PlantedOrder {
  id: string;
  status: NewOrder["status"];
  /** Items as product and options: `Rain Jacket: moss / S / mesh`. */
  items: readonly string[];
  /** Id of the payment method. Default: the first method of the customer. */
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

export function createPlantedUser({ name, digits, email, address, methods, orders }: PlantedCase): User {
  const [first_name, last_name] = name.split(" ") as [string, string];
  return {
    user_id: `${first_name}_${last_name}_${digits}`.toLowerCase(),
    name: { first_name, last_name },
    address: parseAddress(address),
    email: `${first_name}.${last_name}${email}@example.com`.toLowerCase(),
    payment_methods: Object.fromEntries(methods.map((method) => [method.id, method])),
    orders: orders.map(({ id }) => id),
  };
}

export function createPlantedOrders(random: Random, planted: PlantedCase, stock: readonly StockItem[]): NewOrder[] {
  const owner = createPlantedUser(planted);
  return planted.orders.map(({ id, status, items, paidBy = planted.methods[0]!.id, tracking = random.digits(12) }) => {
    return createOrder({
      id,
      owner,
      address: owner.address,
      items: items.map((text) => getStockItem(stock, text)),
      status,
      paidBy,
      tracking,
    });
  });
}

function parseAddress(text: string): Address {
  const [address1, address2, city, rest] = text.split(", ") as [string, string, string, string];
  const [state, zip] = rest.split(" ") as [string, string];
  return { address1, address2, city, country: "USA", state, zip };
}

function getStockItem(stock: readonly StockItem[], text: string): StockItem {
  const found = stock.find(({ product, variant }) => `${product.name}: ${Object.values(variant.options).join(" / ")}` === text);
  if (!found) throw new Error(`Item '${text}' not found in plantedProducts or productLines`);
  return found;
}
