import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { serializeDatabase, createRetailDatabase } from "../../scripts/retail/database.ts";
import { loadData } from "../../src/data/index.ts";
import { retail, type Order } from "../../src/retail/index.ts";
import { pyRound2 } from "../../src/core/python.ts";

const { products, users, orders } = loadData(retail, { dataDir: null }).db;
const allProducts = Object.values(products);
const allUsers = Object.values(users);
const allOrders = Object.values(orders);
const committed = readFileSync(new URL("../../data/retail/db.json", import.meta.url), "utf8");

test("the generator reproduces the committed retail database byte for byte", () => {
  expect(serializeDatabase(createRetailDatabase()) === committed).toBe(true);
});

describe("the starter database of retail", () => {
  test("has products, customers and orders of every initial status", () => {
    expect(allProducts.length).toBeGreaterThanOrEqual(25);
    expect(allUsers.length).toBeGreaterThanOrEqual(60);
    expect(allOrders.length).toBeGreaterThanOrEqual(200);
    for (const status of ["pending", "delivered", "processed", "cancelled"] as const) {
      expect(allOrders.filter((order) => order.status === status).length, status).toBeGreaterThan(10);
    }
    const sources = allUsers.flatMap(({ payment_methods }) => Object.values(payment_methods).map(({ source }) => source));
    expect(new Set(sources)).toEqual(new Set(["credit_card", "gift_card", "paypal"]));
  });

  test("stores every record under its id", () => {
    for (const [id, { product_id, variants }] of Object.entries(products)) {
      expect(product_id).toBe(id);
      for (const [key, { item_id }] of variants) expect(item_id).toBe(key);
    }
    for (const [id, { user_id, payment_methods }] of Object.entries(users)) {
      expect(user_id).toBe(id);
      for (const [key, method] of Object.entries(payment_methods)) expect(method.id).toBe(key);
    }
    for (const [id, { order_id }] of Object.entries(orders)) expect(order_id).toBe(id);
  });

  test("lists each order once, with its customer", () => {
    const listed = allUsers.flatMap(({ user_id, orders: own }) => own.map((id): [string, string] => [id, user_id]));
    expect(listed).toHaveLength(allOrders.length);
    expect(new Map(listed)).toEqual(new Map(allOrders.map(({ order_id, user_id }) => [order_id, user_id])));
  });
});

describe("each product of the retail starter database", () => {
  test("has a unique name and unique ids of ten digits", () => {
    expect(new Set(allProducts.map(({ name }) => name)).size).toBe(allProducts.length);
    const ids = allProducts.flatMap(({ product_id, variants }) => [product_id, ...variants.keys()]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[1-9]\d{9}$/);
  });

  test("has 5 to 20 different variants with the same options, at least two of them available", () => {
    for (const { name, variants } of allProducts) {
      const all = [...variants.values()];
      expect(all.length >= 5 && all.length <= 20, name).toBe(true);
      expect(new Set(all.map(({ options }) => Object.keys(options).join())).size, name).toBe(1);
      expect(new Set(all.map(({ options }) => Object.values(options).join())).size, name).toBe(all.length);
      expect(all.filter(({ available }) => available).length, name).toBeGreaterThanOrEqual(2);
    }
  });

  test("has similar prices in whole cents", () => {
    for (const { name, variants } of allProducts) {
      const prices = [...variants.values()].map(({ price }) => price);
      for (const price of prices) expect(price).toBe(pyRound2(price));
      expect(Math.max(...prices) / Math.min(...prices), name).toBeLessThan(2);
    }
  });

  test("does not sort its variants, and has ids on both sides of 2 ** 32", () => {
    const small = (id: string) => Number(id) < 2 ** 32;
    const ids = allProducts.map(({ variants }) => [...variants.keys()]);
    expect(ids.filter((keys) => keys.join() !== keys.toSorted().join()).length).toBe(ids.length);
    const mixed = ids.filter((keys) => keys.some((id, i) => small(id) && i > 0 && !small(keys[i - 1]!)));
    expect(mixed.length).toBeGreaterThan(20);
    // As keys of an object, JSON.parse would move the small ids to the front.
    const file = [...committed.matchAll(/^"(\d{10})":\{"item_id"/gm)].map(([, id]) => id).join();
    for (const keys of ids) expect(file).toContain(keys.join());
  });
});

describe("each customer of the retail starter database", () => {
  test("is unique by e-mail, and by name and zip code", () => {
    const emails = allUsers.map(({ email }) => email.toLowerCase());
    const names = allUsers.map(({ name, address }) => `${name.first_name} ${name.last_name} ${address.zip}`.toLowerCase());
    expect(new Set(emails).size).toBe(allUsers.length);
    expect(new Set(names).size).toBe(allUsers.length);
  });

  test("has one to four payment methods: at most one gift card, one PayPal account and two credit cards", () => {
    const ids = allUsers.flatMap(({ payment_methods }) => Object.keys(payment_methods));
    expect(new Set(ids).size).toBe(ids.length);
    for (const { user_id, payment_methods } of allUsers) {
      const methods = Object.values(payment_methods);
      const count = (source: string) => methods.filter((method) => method.source === source).length;
      expect(methods.length >= 1 && methods.length <= 4, user_id).toBe(true);
      expect(count("gift_card") <= 1 && count("paypal") <= 1 && count("credit_card") <= 2, user_id).toBe(true);
      for (const method of methods) {
        expect(method.id).toMatch(new RegExp(`^${method.source}_\\d{7}$`));
      }
    }
  });

  test("has whole dollars on a gift card, at most 500", () => {
    const balances = allUsers.flatMap(({ payment_methods }) =>
      Object.values(payment_methods).flatMap((method) => (method.source === "gift_card" ? [method.balance] : [])),
    );
    expect(balances.filter((balance) => !Number.isInteger(balance) || balance < 0 || balance > 500)).toEqual([]);
    expect(balances.filter((balance) => balance >= 200).length).toBeGreaterThan(2);
  });

  test("lives in the USA and has at most nine orders", () => {
    for (const { user_id, address, orders: own } of allUsers) {
      expect(user_id).toMatch(/^[a-z]+_[a-z]+_\d{4}$/);
      expect(address.country).toBe("USA");
      expect(address.zip).toMatch(/^\d{5}$/);
      expect(own.length).toBeLessThanOrEqual(9);
    }
    expect(allUsers.filter(({ orders: own }) => own.length === 0).length).toBeGreaterThan(3);
  });
});

describe("each order of the retail starter database", () => {
  test("has one to five items that agree with the catalog", () => {
    for (const { order_id, items } of allOrders) {
      expect(order_id).toMatch(/^#W\d{7}$/);
      expect(items.length >= 1 && items.length <= 5, order_id).toBe(true);
      for (const { name, product_id, item_id, price, options } of items) {
        const { name: inCatalog, variants } = products[product_id]!;
        const variant = variants.get(item_id)!;
        expect({ name, price, options }).toEqual({ name: inCatalog, price: variant.price, options: variant.options });
      }
    }
  });

  test("is paid in full by a method of its customer, and refunded if cancelled", () => {
    for (const { user_id, items, status, payment_history } of allOrders) {
      const amount = pyRound2(items.reduce((sum, { price }) => sum + price, 0));
      const payment_method_id = payment_history[0]!.payment_method_id;
      const entry = (transaction_type: string) => ({ transaction_type, amount, payment_method_id });
      expect(payment_history).toEqual(status === "cancelled" ? [entry("payment"), entry("refund")] : [entry("payment")]);
      expect(Object.keys(users[user_id]!.payment_methods)).toContain(payment_method_id);
    }
  });

  test("is shipped in one parcel unless it is pending", () => {
    for (const { status, items, fulfillments } of allOrders) {
      const parcel = { tracking_id: [expect.stringMatching(/^\d{12}$/)], item_ids: items.map(({ item_id }) => item_id) };
      expect(fulfillments).toEqual(status === "pending" ? [] : [parcel]);
    }
  });

  test("does not have data of a return, an exchange or a cancellation", () => {
    const untouched: Partial<Order> = {
      cancel_reason: null,
      exchange_items: null,
      exchange_new_items: null,
      exchange_payment_method_id: null,
      exchange_price_difference: null,
      return_items: null,
      return_payment_method_id: null,
    };
    for (const order of allOrders) expect(order).toMatchObject(untouched);
  });

  test("can contain an item twice, two items of a product or a sold-out item, or go to another address", () => {
    const repeats = (key: (item: Order["items"][number]) => string) =>
      allOrders.filter(({ items }) => new Set(items.map(key)).size < items.length).length;
    const sameItem = repeats(({ item_id }) => item_id);
    expect(sameItem).toBeGreaterThan(3);
    expect(repeats(({ product_id }) => product_id)).toBeGreaterThan(sameItem + 10);
    const soldOut = allOrders.filter(({ items }) =>
      items.some(({ product_id, item_id }) => !products[product_id]!.variants.get(item_id)!.available),
    );
    expect(soldOut.length).toBeGreaterThan(50);
    const elsewhere = allOrders.filter(({ user_id, address }) => address.address1 !== users[user_id]!.address.address1);
    expect(elsewhere.length).toBeGreaterThan(20);
    const byCard = allOrders.filter(({ status, user_id, payment_history }) => {
      const methods = Object.values(users[user_id]!.payment_methods);
      return (
        status === "pending" && methods.some((method) => method.source === "gift_card" && method.balance >= payment_history[0]!.amount)
      );
    });
    expect(byCard.length).toBeGreaterThan(3);
  });
});
