import { describe, expect, test } from "vitest";
import { answer, giftBalance, giftCardOf, ids, payment, smallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof smallShop>;
const pay = (desk: Shop, payment_method_id: string, order_id = "#W1") =>
  desk.call("modify_pending_order_payment", { order_id, payment_method_id });

test("a new payment method is charged in full and the old one refunded, while the order stays pending", () => {
  const modified = answer(pay(smallShop(), "paypal_1"));
  expect(modified.status).toBe("pending");
  expect(modified.payment_history).toEqual([
    { transaction_type: "payment", amount: 64.8, payment_method_id: "credit_card_1" },
    { transaction_type: "payment", amount: 64.8, payment_method_id: "paypal_1" },
    { transaction_type: "refund", amount: 64.8, payment_method_id: "credit_card_1" },
  ]);
});

test("a gift card can take over the payment if its balance covers the total", () => {
  const desk = smallShop(giftCardOf(64.8));
  pay(desk, "gift_card_1");
  expect(giftBalance(desk)).toBe(0);
  const short = smallShop(giftCardOf(64.79));
  expect(pay(short, "gift_card_1").content).toBe("Error: Insufficient gift card balance to pay for the order");
  expect(giftBalance(short)).toBe(64.79);
});

test("a replaced gift card is refunded", () => {
  const desk = smallShop({ orders: { "#W1": { payment_history: [payment("gift_card_1", 64.8)] } } });
  pay(desk, "credit_card_2");
  expect(giftBalance(desk)).toBe(84.8);
});

describe("a change of payment fails", () => {
  test("a second time", () => {
    const desk = smallShop();
    pay(desk, "paypal_1");
    expect(pay(desk, "credit_card_2").content).toBe("Error: There should be exactly one payment for a pending order");
  });

  test("after a modification of items, which adds an entry to the history", () => {
    const desk = smallShop();
    desk.call("modify_pending_order_items", {
      order_id: "#W1",
      item_ids: [ids.redMug],
      new_item_ids: [ids.blueMug],
      payment_method_id: "paypal_1",
    });
    expect(pay(desk, "credit_card_2").content).toBe("Error: There should be exactly one payment for a pending order");
  });

  test("for the current payment method and for an unknown one", () => {
    expect(pay(smallShop(), "credit_card_1").content).toBe("Error: The new payment method should be different from the current one");
    expect(pay(smallShop(), "credit_card_9").content).toBe("Error: Payment method not found");
  });

  test.each(["#W2", "#W3"])("for the order %s, which is not pending", (id) => {
    expect(pay(smallShop(), "credit_card_9", id).content).toBe("Error: Non-pending order cannot be modified");
  });
});
