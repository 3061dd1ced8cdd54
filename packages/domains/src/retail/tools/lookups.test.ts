import { describe, expect, test } from "vitest";
import type { Environment } from "../../core/environment/environment.ts";
import { ids, smallShop } from "../../../test/retail/small-shop.ts";

const desk = smallShop();
const content = (name: string, args = {}) => (desk as Environment).call(name, args).content ?? "";

describe("looking things up", () => {
  test("shows an order with money as floats and everything that is unset as null", () => {
    expect(content("get_order_details", { order_id: "#W1" })).toMatch(
      /^\{"order_id": "#W1", .*"price": 40\.2, .*"payment_history": \[\{"transaction_type": "payment", "amount": 64\.8, "payment_method_id": "credit_card_1"\}\], "cancel_reason": null, "exchange_items": null, "exchange_new_items": null, "exchange_payment_method_id": null, "exchange_price_difference": null, "return_items": null, "return_payment_method_id": null\}$/,
    );
  });

  test("shows a product's variants in the order of the file, not of their numbers", () => {
    const keys = [...content("get_product_details", { product_id: "4000000001" }).matchAll(/"(\d+)": \{"item_id"/g)].map(([, id]) => id);
    expect(keys).toEqual([ids.redMug, ids.blueMug, ids.whiteMug, ids.soldOutMug]);
  });

  test("shows a variant alone, without the product that it is of", () => {
    expect(content("get_item_details", { item_id: ids.soldOutMug })).toBe(
      '{"item_id": "2000000004", "options": {"color": "gray"}, "available": false, "price": 11.0}',
    );
  });

  test("shows a customer with the balance of the gift card as a float", () => {
    expect(content("get_user_details", { user_id: "ana_ruiz_1001" })).toContain(
      '{"source": "gift_card", "id": "gift_card_1", "balance": 20.0}',
    );
  });

  test("lists products by name, capitals before small letters", () => {
    expect(content("list_all_product_types")).toBe('{"LED Lamp": "1000000010", "Mug": "4000000001"}');
    const more = smallShop({ products: { "7": { name: "Labels", product_id: "7", variants: {} } } });
    expect(more.call("list_all_product_types").content).toMatch(/^\{"LED Lamp": .*"Labels": .*"Mug": /);
  });

  test("takes product ids and item ids for two different things", () => {
    expect(content("get_product_details", { product_id: ids.redMug })).toBe("Error: Product not found");
    expect(content("get_item_details", { item_id: "4000000001" })).toBe("Error: Item not found");
  });

  test("refuses an order without its # sign, and ids that are names of JavaScript's own", () => {
    expect(content("get_order_details", { order_id: "W1" })).toBe("Error: Order not found");
    expect(content("get_order_details", { order_id: "constructor" })).toBe("Error: Order not found");
    expect(content("get_user_details", { user_id: "__proto__" })).toBe("Error: User not found");
    expect(content("get_product_details", { product_id: "toString" })).toBe("Error: Product not found");
  });
});

describe("finding a customer", () => {
  const byName = (first_name: string, last_name: string, zip: string) =>
    content("find_user_id_by_name_zip", { first_name, last_name, zip });

  test("goes by e-mail in any case, and answers with the bare id", () => {
    expect(content("find_user_id_by_email", { email: "ANA.Ruiz7@example.COM" })).toBe("ana_ruiz_1001");
    expect(content("find_user_id_by_email", { email: " ana.ruiz7@example.com" })).toBe("Error: User not found");
  });

  test("goes by name in any case and by exactly that zip code", () => {
    expect(byName("aNA", "RUIZ", "16501")).toBe("ana_ruiz_1001");
    expect(byName("Ana", "Ruiz", "16502")).toBe("Error: User not found");
    expect(byName("Ana ", "Ruiz", "16501")).toBe("Error: User not found");
    expect(byName("Ana", "Oh", "16501")).toBe("Error: User not found");
  });
});
