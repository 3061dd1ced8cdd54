import { describe, expect, test } from "vitest";
import type { Environment } from "../../core/environment/environment.ts";
import { ids, createSmallShop } from "../../../test/retail/small-shop.ts";

const desk = createSmallShop();
const content = (name: string, args = {}) => (desk as Environment).call(name, args).content ?? "";

describe("lookups of retail", () => {
  test("return an order with amounts as floats and unset fields as null", () => {
    expect(content("get_order_details", { order_id: "#W1" })).toMatch(
      /^\{"order_id": "#W1", .*"price": 40\.2, .*"payment_history": \[\{"transaction_type": "payment", "amount": 64\.8, "payment_method_id": "credit_card_1"\}\], "cancel_reason": null, "exchange_items": null, "exchange_new_items": null, "exchange_payment_method_id": null, "exchange_price_difference": null, "return_items": null, "return_payment_method_id": null\}$/,
    );
  });

  test("return the variants of a product in the order of the file", () => {
    const keys = [...content("get_product_details", { product_id: "4000000001" }).matchAll(/"(\d+)": \{"item_id"/g)].map(([, id]) => id);
    expect(keys).toEqual([ids.redMug, ids.blueMug, ids.whiteMug, ids.soldOutMug]);
  });

  test("return a variant without its product", () => {
    expect(content("get_item_details", { item_id: ids.soldOutMug })).toBe(
      '{"item_id": "2000000004", "options": {"color": "gray"}, "available": false, "price": 11.0}',
    );
  });

  test("return the balance of a gift card as a float", () => {
    expect(content("get_user_details", { user_id: "ana_ruiz_1001" })).toContain(
      '{"source": "gift_card", "id": "gift_card_1", "balance": 20.0}',
    );
  });

  test("list products by name, upper case before lower case", () => {
    expect(content("list_all_product_types")).toBe('{"LED Lamp": "1000000010", "Mug": "4000000001"}');
    const more = createSmallShop({ products: { "7": { name: "Labels", product_id: "7", variants: {} } } });
    expect(more.call("list_all_product_types").content).toMatch(/^\{"LED Lamp": .*"Labels": .*"Mug": /);
  });

  test("do not accept an item id as a product id, or the reverse", () => {
    expect(content("get_product_details", { product_id: ids.redMug })).toBe("Error: Product not found");
    expect(content("get_item_details", { item_id: "4000000001" })).toBe("Error: Item not found");
  });

  test("fail for an order id without # and for names of Object.prototype", () => {
    expect(content("get_order_details", { order_id: "W1" })).toBe("Error: Order not found");
    expect(content("get_order_details", { order_id: "constructor" })).toBe("Error: Order not found");
    expect(content("get_user_details", { user_id: "__proto__" })).toBe("Error: User not found");
    expect(content("get_product_details", { product_id: "toString" })).toBe("Error: Product not found");
  });
});

describe("finding a retail customer", () => {
  const byName = (first_name: string, last_name: string, zip: string) =>
    content("find_user_id_by_name_zip", { first_name, last_name, zip });

  test("by e-mail ignores case and returns the id without quotes", () => {
    expect(content("find_user_id_by_email", { email: "ANA.Ruiz7@example.COM" })).toBe("ana_ruiz_1001");
    expect(content("find_user_id_by_email", { email: " ana.ruiz7@example.com" })).toBe("Error: User not found");
  });

  test("by name ignores case and compares the zip code exactly", () => {
    expect(byName("aNA", "RUIZ", "16501")).toBe("ana_ruiz_1001");
    expect(byName("Ana", "Ruiz", "16502")).toBe("Error: User not found");
    expect(byName("Ana ", "Ruiz", "16501")).toBe("Error: User not found");
    expect(byName("Ana", "Oh", "16501")).toBe("Error: User not found");
  });
});
