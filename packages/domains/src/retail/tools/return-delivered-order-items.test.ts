import { describe, expect, test } from "vitest";
import { answer, giftBalance, ids, smallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof smallShop>;

function give(desk: Shop, items: readonly (keyof typeof ids)[], payment_method_id = "credit_card_1", order_id = "#W2") {
  return desk.call("return_delivered_order_items", { order_id, item_ids: items.map((item) => ids[item]), payment_method_id });
}

test("a return is noted, its items sorted; nothing is paid back yet and the items stay in the order", () => {
  const desk = smallShop();
  const before = desk.db.orders["#W2"]!;
  expect(answer(give(desk, ["redMug", "brassLamp"]))).toEqual({
    ...before,
    status: "return requested",
    return_items: [ids.brassLamp, ids.redMug],
    return_payment_method_id: "credit_card_1",
  });
});

test("the refund may go to a gift card that the customer has, which is not credited yet", () => {
  const desk = smallShop();
  expect(answer(give(desk, ["redMug"], "gift_card_1")).return_payment_method_id).toBe("gift_card_1");
  expect(giftBalance(desk)).toBe(20);
});

test("an item that was bought twice can be returned twice", () => {
  expect(answer(give(smallShop(), ["redMug", "redMug"])).return_items).toEqual([ids.redMug, ids.redMug]);
});

test("a return of nothing goes through", () => {
  expect(answer(give(smallShop(), [])).return_items).toEqual([]);
});

test("it works once for an order, and leaves no exchange either", () => {
  const desk = smallShop();
  give(desk, ["redMug"]);
  expect(give(desk, ["brassLamp"]).content).toBe("Error: Non-delivered order cannot be returned");
  const args = { order_id: "#W2", item_ids: [ids.brassLamp], new_item_ids: [ids.blackLamp], payment_method_id: "credit_card_1" };
  expect(desk.call("exchange_delivered_order_items", args).content).toBe("Error: Non-delivered order cannot be exchanged");
});

describe("it is refused, and nothing changes,", () => {
  test("for a method other than the one that paid, were it the customer's own", () => {
    expect(give(smallShop(), ["redMug"], "credit_card_2").content).toBe("Error: Payment method should be the original payment method");
    expect(give(smallShop(), ["redMug"], "paypal_1").content).toBe("Error: Payment method should be the original payment method");
    expect(give(smallShop(), ["redMug"], "gift_card_9").content).toBe("Error: Payment method not found");
  });

  test("for items that the order does not hold, or not so often, without naming them", () => {
    const desk = smallShop();
    expect(give(desk, ["whiteMug"]).content).toBe("Error: Some item not found");
    expect(give(desk, ["redMug", "redMug", "redMug"]).content).toBe("Error: Some item not found");
    expect(desk.diff().agent).toEqual([]);
  });

  test("with what is wrong with the method said before what is wrong with the items", () => {
    expect(give(smallShop(), ["whiteMug"], "credit_card_2").content).toBe("Error: Payment method should be the original payment method");
  });

  test.each(["#W1", "#W3"])("for %s, which was not delivered", (id) => {
    expect(give(smallShop(), ["whiteMug"], "credit_card_9", id).content).toBe("Error: Non-delivered order cannot be returned");
  });
});
