import { Environment } from "../../src/core/environment/environment.ts";
import { createEnvironmentConfig } from "../../src/core/environment/execute-tool-call.ts";
import { parseInlineData } from "../../src/core/domain/domain-data.ts";
import type { JsonObject } from "../../src/core/json/json.ts";
import { retail, type Order, type RetailDb } from "../../src/retail/index.ts";

const home = { address1: "1 Pier Road", address2: "", city: "Erie", country: "USA", state: "PA", zip: "16501" };

/** Item ids. They are not sorted, and some of them look like array indexes. */
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

function createProduct({ name, product_id }: typeof mug, option: string, variants: Partial<Record<keyof typeof ids, string>>) {
  const entries = Object.entries(variants).map(([what, value]) => {
    const item_id = ids[what as keyof typeof ids];
    const available = what !== "soldOutMug";
    return [item_id, { item_id, options: { [option]: value }, available, price: prices[what as keyof typeof ids] }] as const;
  });
  return { name, product_id, variants: new Map(entries) };
}

/** Creates an item of an order. */
export function createItem(what: keyof typeof ids): Order["items"][number] {
  const isLamp = what.endsWith("Lamp");
  const value = what.replace(/Mug|Lamp/, "");
  return { ...(isLamp ? lamp : mug), item_id: ids[what], price: prices[what], options: { [isLamp ? "finish" : "color"]: value } };
}

/** Creates an order of two red mugs and a brass lamp, paid by the first card of Ana. */
function createOrder(order_id: string, status: Order["status"]) {
  return {
    order_id,
    user_id: "ana_ruiz_1001",
    address: home,
    items: [createItem("redMug"), createItem("brassLamp"), createItem("redMug")],
    status,
    fulfillments: [],
    payment_history: [createPayment("credit_card_1", 64.8)],
  };
}

/** Creates a payment. */
export function createPayment(payment_method_id: string, amount: number): Order["payment_history"][number] {
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
    [mug.product_id]: createProduct(mug, "color", { redMug: "red", blueMug: "blue", whiteMug: "white", soldOutMug: "gray" }),
    [lamp.product_id]: createProduct(lamp, "finish", { brassLamp: "brass", blackLamp: "black" }),
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
    "#W1": createOrder("#W1", "pending"),
    "#W2": createOrder("#W2", "delivered"),
    "#W3": createOrder("#W3", "processed"),
  },
};

/** Creates a shop of two products and two customers. `#W1` is pending, `#W2` delivered, `#W3` processed. Merges `changes` into the database. */
export function createSmallShop(changes: JsonObject = {}): Environment<typeof retail> {
  const shop = new Environment(createEnvironmentConfig(retail, parseInlineData(retail, { db, policy: "" })));
  shop.reset({ initialization_data: { agent_data: changes, user_data: null } });
  return shop;
}

/** Creates changes that set the balance of the gift card, which is 20 otherwise. */
export function withGiftBalance(balance: number): JsonObject {
  return { users: { ana_ruiz_1001: { payment_methods: { gift_card_1: { balance } } } } };
}

/** Parses an order, the answer of a tool. */
export function parseOrder(message: { content: string | null }): Order {
  return JSON.parse(message.content ?? "") as Order;
}

export function getGiftBalance({ db: { users } }: { readonly db: RetailDb }): number {
  const method = users["ana_ruiz_1001"]!.payment_methods["gift_card_1"]!;
  return method.source === "gift_card" ? method.balance : Number.NaN;
}
