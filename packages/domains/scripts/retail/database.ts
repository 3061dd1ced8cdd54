import type { Product, User } from "../../src/retail/schema.ts";
import { compareCodePoints } from "../../src/core/python.ts";
import { toRecordLines } from "../lib/record-lines.ts";
import { createRandom } from "../lib/random.ts";
import { listStock, type NewOrder, type RetailDatabase } from "./order.ts";
import { createRandomUser } from "./customers.ts";
import { createPlantedOrders, createPlantedUser } from "./planted-case.ts";
import { plantedCases } from "./planted-cases.ts";
import { plantedProducts } from "./planted-products.ts";
import { productLines, createRandomProduct } from "./product-lines.ts";
import { createRandomOrder } from "./random-orders.ts";

const seeds = { products: 17, users: 29, orders: 43, planted: 61 };
const randomUserCount = 50;
/** Number of random users with orders. */
const randomBuyerCount = 44;
const randomOrderCount = 200;
const maxOrdersPerUser = 9;

/** Creates the starter database: random records and the records that the tasks need. */
export function createRetailDatabase(): RetailDatabase {
  const products = [...plantedProducts, ...createRandomProducts()];
  const stock = listStock(products);
  const randomUsers = createRandomUsers();
  const planting = createRandom(seeds.planted);
  const planted = plantedCases.flatMap((one) => createPlantedOrders(planting, one, stock));
  const random = createRandom(seeds.orders);
  const taken = new Set(planted.map(({ order_id }) => order_id));
  const bought = Array.from({ length: randomOrderCount }, () => {
    const owner = random.pick(randomUsers.slice(0, randomBuyerCount).filter(({ orders }) => orders.length < maxOrdersPerUser));
    const order = createRandomOrder(random, taken, owner, stock);
    owner.orders.push(order.order_id);
    return order;
  });
  return {
    products: indexById<Product>(
      products,
      ({ name }) => name,
      ({ product_id }) => product_id,
    ),
    users: indexById<User>([...randomUsers, ...plantedCases.map(createPlantedUser)], ({ user_id }) => user_id),
    orders: indexById<NewOrder>([...planted, ...bought], ({ order_id }) => order_id),
  };
}

/** Formats the database as its file: one customer, order or variant per line. */
export function serializeDatabase(database: RetailDatabase): string {
  const isSpread = (path: readonly string[]) =>
    path.length < 2 || (path[0] === "products" && (path.length === 2 || (path.length === 3 && path[2] === "variants")));
  return `${toRecordLines(database, isSpread)}\n`;
}

function createRandomProducts(): Product[] {
  const random = createRandom(seeds.products);
  const taken = new Set(plantedProducts.flatMap(({ product_id, variants }) => [product_id, ...variants.keys()]));
  return productLines.map((line) => createRandomProduct(random, taken, line));
}

function createRandomUsers(): User[] {
  const random = createRandom(seeds.users);
  const users = new Set(plantedCases.map((planted) => createPlantedUser(planted).user_id));
  const methods = new Set(plantedCases.flatMap((planted) => planted.methods.map(({ id }) => id.split("_").at(-1)!)));
  return Array.from({ length: randomUserCount }, () => createRandomUser(random, { users, methods }));
}

/** Indexes records by id, sorted by `rank`. */
function indexById<T>(records: readonly T[], rank: (record: T) => string, id = rank): Map<string, T> {
  return new Map(records.toSorted((a, b) => compareCodePoints(rank(a), rank(b))).map((record) => [id(record), record]));
}
