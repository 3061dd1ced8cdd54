import { describe, expect, test } from "vitest";
import { parseOrder, getGiftBalance, ids, createSmallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof createSmallShop>;

function returnItems(desk: Shop, items: readonly (keyof typeof ids)[], payment_method_id = "credit_card_1", order_id = "#W2") {
  return desk.call("return_delivered_order_items", { order_id, item_ids: items.map((item) => ids[item]), payment_method_id });
}

test("a return stores the sorted items and does not change items or payments", () => {
  const desk = createSmallShop();
  const before = desk.db.orders["#W2"]!;
  expect(parseOrder(returnItems(desk, ["redMug", "brassLamp"]))).toEqual({
    ...before,
    status: "return requested",
    return_items: [ids.brassLamp, ids.redMug],
    return_payment_method_id: "credit_card_1",
  });
});

test("a return can name a gift card, whose balance does not change yet", () => {
  const desk = createSmallShop();
  expect(parseOrder(returnItems(desk, ["redMug"], "gift_card_1")).return_payment_method_id).toBe("gift_card_1");
  expect(getGiftBalance(desk)).toBe(20);
});

test("an item that was bought twice can be returned twice", () => {
  expect(parseOrder(returnItems(createSmallShop(), ["redMug", "redMug"])).return_items).toEqual([ids.redMug, ids.redMug]);
});

test("a return without items succeeds", () => {
  expect(parseOrder(returnItems(createSmallShop(), [])).return_items).toEqual([]);
});

test("a returned order cannot be returned or exchanged again", () => {
  const desk = createSmallShop();
  returnItems(desk, ["redMug"]);
  expect(returnItems(desk, ["brassLamp"]).content).toBe("Error: Non-delivered order cannot be returned");
  const args = { order_id: "#W2", item_ids: [ids.brassLamp], new_item_ids: [ids.blackLamp], payment_method_id: "credit_card_1" };
  expect(desk.call("exchange_delivered_order_items", args).content).toBe("Error: Non-delivered order cannot be exchanged");
});

describe("a return fails without changes", () => {
  test("for a payment method that did not pay, except a gift card", () => {
    expect(returnItems(createSmallShop(), ["redMug"], "credit_card_2").content).toBe(
      "Error: Payment method should be the original payment method",
    );
    expect(returnItems(createSmallShop(), ["redMug"], "paypal_1").content).toBe(
      "Error: Payment method should be the original payment method",
    );
    expect(returnItems(createSmallShop(), ["redMug"], "gift_card_9").content).toBe("Error: Payment method not found");
  });

  test("for items outside the order, without their names in the message", () => {
    const desk = createSmallShop();
    expect(returnItems(desk, ["whiteMug"]).content).toBe("Error: Some item not found");
    expect(returnItems(desk, ["redMug", "redMug", "redMug"]).content).toBe("Error: Some item not found");
    expect(desk.diff().agent).toEqual([]);
  });

  test("because of the payment method before the items are checked", () => {
    expect(returnItems(createSmallShop(), ["whiteMug"], "credit_card_2").content).toBe(
      "Error: Payment method should be the original payment method",
    );
  });

  test.each(["#W1", "#W3"])("for the order %s, which is not delivered", (id) => {
    expect(returnItems(createSmallShop(), ["whiteMug"], "credit_card_9", id).content).toBe("Error: Non-delivered order cannot be returned");
  });
});
