import { Environment } from "../../src/core/environment/environment.ts";
import { createEnvironmentConfig } from "../../src/core/environment/execute-tool-call.ts";
import { parseInlineData } from "../../src/core/domain/domain-data.ts";
import type { JsonObject } from "../../src/core/json/json.ts";
import { retail, type Order, type OrderItem, type RetailDb, type Transaction } from "../../src/retail/index.ts";

/** A shop of two products and two customers, small enough to know by heart. */

const home = { address1: "1 Pier Road", address2: "", city: "Erie", country: "USA", state: "PA", zip: "16501" };

/** Item ids by what they are. Their numbers are in no order, and some are small enough to be taken for array indexes. */
export const ids = {
  redMug: "9000000003",
  blueMug: "1000000002",
  whiteMug: "5000000005",
  soldOutMug: "2000000004",
  brassLamp: "3000000011",
  blackLamp: "8000000012",
};

const prices: Record<keyof typeof ids, number> = {
  redMug: 12.3,
  blueMug: 10.1,
  whiteMug: 15.55,
  soldOutMug: 11,
  brassLamp: 40.2,
  blackLamp: 35.05,
};

const mug = { name: "Mug", product_id: "4000000001" };
const lamp = { name: "LED Lamp", product_id: "1000000010" };

function product({ name, product_id }: typeof mug, option: string, variants: Partial<Record<keyof typeof ids, string>>) {
  const entries = Object.entries(variants).map(([what, value]) => {
    const item_id = ids[what as keyof typeof ids];
    const available = what !== "soldOutMug";
    return [item_id, { item_id, options: { [option]: value }, available, price: prices[what as keyof typeof ids] }] as const;
  });
  return { name, product_id, variants: new Map(entries) };
}

/** An item of an order, as it was bought. */
export function bought(what: keyof typeof ids): OrderItem {
  const isLamp = what.endsWith("Lamp");
  const value = what.replace(/Mug|Lamp/, "");
  return { ...(isLamp ? lamp : mug), item_id: ids[what], price: prices[what], options: { [isLamp ? "finish" : "color"]: value } };
}

/** Two red mugs and a brass lamp for Ana, paid by her first card. */
function getOrder(order_id: string, status: Order["status"]) {
  return {
    order_id,
    user_id: "ana_ruiz_1001",
    address: home,
    items: [bought("redMug"), bought("brassLamp"), bought("redMug")],
    status,
    fulfillments: [],
    payment_history: [payment("credit_card_1", 64.8)],
  };
}

/** An entry of an order's history. */
export function payment(payment_method_id: string, amount: number): Transaction {
  return { transaction_type: "payment", amount, payment_method_id };
}

const ana = {
  user_id: "ana_ruiz_1001",
  name: { first_name: "Ana", last_name: "Ruiz" },
  address: home,
  email: "ana.ruiz7@example.com",
  payment_methods: {
    credit_card_1: { source: "credit_card", id: "credit_card_1", brand: "visa", last_four: "1111" },
    credit_card_2: { source: "credit_card", id: "credit_card_2", brand: "mastercard", last_four: "2222" },
    paypal_1: { source: "paypal", id: "paypal_1" },
    gift_card_1: { source: "gift_card", id: "gift_card_1", balance: 20 },
  },
  orders: ["#W1", "#W2", "#W3"],
};

const db = {
  products: {
    [mug.product_id]: product(mug, "color", { redMug: "red", blueMug: "blue", whiteMug: "white", soldOutMug: "gray" }),
    [lamp.product_id]: product(lamp, "finish", { brassLamp: "brass", blackLamp: "black" }),
  },
  users: {
    ana_ruiz_1001: ana,
    ben_oh_2002: {
      ...ana,
      user_id: "ben_oh_2002",
      name: { first_name: "Ben", last_name: "Oh" },
      email: "ben@example.com",
      payment_methods: {},
      orders: [],
    },
  },
  orders: {
    "#W1": getOrder("#W1", "pending"),
    "#W2": getOrder("#W2", "delivered"),
    "#W3": getOrder("#W3", "processed"),
  },
};

/** Creates a shop: `#W1` is pending, `#W2` delivered, `#W3` processed. The given changes are merged into its database. */
export function smallShop(changes: JsonObject = {}): Environment<typeof retail> {
  const shop = new Environment(createEnvironmentConfig(retail, parseInlineData(retail, { db, policy: "" })));
  shop.reset({ initialization_data: { agent_data: changes, user_data: null } });
  return shop;
}

/** To be merged in: Ana's gift card with another balance than 20. */
export function giftCardOf(balance: number): JsonObject {
  return { users: { ana_ruiz_1001: { payment_methods: { gift_card_1: { balance } } } } };
}

/** A tool's answer, an order, as a value. */
export function answer(message: { content: string | null }): Order {
  return JSON.parse(message.content ?? "") as Order;
}

export function giftBalance({ db: { users } }: { readonly db: RetailDb }): number {
  const method = users["ana_ruiz_1001"]!.payment_methods["gift_card_1"]!;
  return method.source === "gift_card" ? method.balance : Number.NaN;
}
