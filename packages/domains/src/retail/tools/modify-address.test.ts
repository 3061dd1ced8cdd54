import { expect, test } from "vitest";
import type { Environment } from "../../core/environment/environment.ts";
import { parseOrder, createSmallShop } from "../../../test/retail/small-shop.ts";

const office = { address1: "9 Mill Lane", address2: "Suite 4", city: "Austin", state: "TX", country: "USA", zip: "78701" };

test("a new address of an order does not change the customer or other orders", () => {
  const desk = createSmallShop();
  const modified = parseOrder(desk.call("modify_pending_order_address", { order_id: "#W1", ...office }));
  expect(modified.address).toEqual(office);
  expect(modified.status).toBe("pending");
  expect(new Set(desk.diff().agent.map(({ path }) => path.slice(0, 3).join(".")))).toEqual(new Set(["orders.#W1.address"]));
});

test("a new address of a customer does not change their orders", () => {
  const desk = createSmallShop();
  const { content } = desk.call("modify_user_address", { user_id: "ana_ruiz_1001", ...office });
  expect(content).toContain(
    '"address": {"address1": "9 Mill Lane", "address2": "Suite 4", "city": "Austin", "country": "USA", "state": "TX", "zip": "78701"}',
  );
  expect(new Set(desk.diff().agent.map(({ path }) => path.slice(0, 3).join(".")))).toEqual(new Set(["users.ana_ruiz_1001.address"]));
});

test("a customer with a new address is found by the new zip code", () => {
  const desk = createSmallShop();
  desk.call("modify_user_address", { user_id: "ana_ruiz_1001", ...office });
  const find = (zip: string) => desk.call("find_user_id_by_name_zip", { first_name: "Ana", last_name: "Ruiz", zip }).content;
  expect([find("16501"), find("78701")]).toEqual(["Error: User not found", "ana_ruiz_1001"]);
});

test("an order with modified items can get a new address", () => {
  const desk = createSmallShop({ orders: { "#W1": { status: "pending (item modified)" } } });
  expect(parseOrder(desk.call("modify_pending_order_address", { order_id: "#W1", ...office })).address.zip).toBe("78701");
});

test.each(["processed", "delivered", "cancelled", "return requested", "exchange requested"] as const)(
  "an order that is %s cannot get a new address",
  (status) => {
    const desk = createSmallShop({ orders: { "#W1": { status } } });
    expect(desk.call("modify_pending_order_address", { order_id: "#W1", ...office }).content).toBe(
      "Error: Non-pending order cannot be modified",
    );
  },
);

test("the second line of an address can be empty but not omitted", () => {
  const { address2: _, ...rest } = office;
  const desk = createSmallShop();
  expect(desk.call("modify_user_address", { user_id: "ana_ruiz_1001", ...rest, address2: "" }).error).toBe(false);
  expect((desk as Environment).call("modify_user_address", { user_id: "ana_ruiz_1001", ...rest }).content).toContain(
    "argument 'address2' is missing",
  );
});

test("a new address of an unknown order or customer fails", () => {
  const desk = createSmallShop();
  expect(desk.call("modify_pending_order_address", { order_id: "W1", ...office }).content).toBe("Error: Order not found");
  expect(desk.call("modify_user_address", { user_id: "ana_ruiz", ...office }).content).toBe("Error: User not found");
});
