import type { Product, User } from "../../src/retail/schema.ts";
import { compareCodePoints } from "../../src/core/python.ts";
import { recordLines } from "../lib/record-lines.ts";
import { randomOf } from "../lib/random.ts";
import { stockOf, type NewOrder, type RetailBooks } from "./books.ts";
import { randomUser } from "./customers.ts";
import { plantedOrders, plantedUser } from "./planted-case.ts";
import { plantedCases } from "./planted-cases.ts";
import { plantedProducts } from "./planted-products.ts";
import { productLines, randomProduct } from "./product-lines.ts";
import { randomOrder } from "./random-orders.ts";

const seeds = { products: 17, users: 29, orders: 43, planted: 61 };
const randomUsers = 50;
/** The last ones have never ordered anything. */
const randomBuyers = 44;
const randomOrders = 200;
const ordersEach = 9;

/** The starter database: a random shop, and in it what the tasks need. */
export function retailBooks(): RetailBooks {
  const products = [...plantedProducts, ...randomProducts()];
  const stock = stockOf(products);
  const crowd = randomCrowd();
  const planting = randomOf(seeds.planted);
  const planted = plantedCases.flatMap((one) => plantedOrders(planting, one, stock));
  const random = randomOf(seeds.orders);
  const taken = new Set(planted.map(({ order_id }) => order_id));
  const bought = Array.from({ length: randomOrders }, () => {
    const owner = random.pick(crowd.slice(0, randomBuyers).filter(({ orders }) => orders.length < ordersEach));
    const order = randomOrder(random, taken, owner, stock);
    owner.orders.push(order.order_id);
    return order;
  });
  return {
    products: byId<Product>(
      products,
      ({ name }) => name,
      ({ product_id }) => product_id,
    ),
    users: byId<User>([...crowd, ...plantedCases.map(plantedUser)], ({ user_id }) => user_id),
    orders: byId<NewOrder>([...planted, ...bought], ({ order_id }) => order_id),
  };
}

/** The database as its file holds it: one customer, order or variant of a product a line. */
export function databaseText(books: RetailBooks): string {
  const isSpread = (path: readonly string[]) =>
    path.length < 2 || (path[0] === "products" && (path.length === 2 || (path.length === 3 && path[2] === "variants")));
  return `${recordLines(books, isSpread)}\n`;
}

function randomProducts(): Product[] {
  const random = randomOf(seeds.products);
  const taken = new Set(plantedProducts.flatMap(({ product_id, variants }) => [product_id, ...variants.keys()]));
  return productLines.map((line) => randomProduct(random, taken, line));
}

function randomCrowd(): User[] {
  const random = randomOf(seeds.users);
  const users = new Set(plantedCases.map((planted) => plantedUser(planted).user_id));
  const methods = new Set(plantedCases.flatMap((planted) => planted.methods.map(({ id }) => id.split("_").at(-1)!)));
  return Array.from({ length: randomUsers }, () => randomUser(random, { users, methods }));
}

/** Indexes records by their ids, in the order of their ids or of the given key. */
function byId<T>(records: readonly T[], rank: (record: T) => string, id = rank): Map<string, T> {
  return new Map(records.toSorted((a, b) => compareCodePoints(rank(a), rank(b))).map((record) => [id(record), record]));
}
