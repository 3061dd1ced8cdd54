import { describe, expect, test } from "vitest";
import { parseOrder, getGiftBalance, withGiftBalance, ids, createPayment, createSmallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof createSmallShop>;
const pay = (desk: Shop, payment_method_id: string, order_id = "#W1") =>
  desk.call("modify_pending_order_payment", { order_id, payment_method_id });

test("a new payment method is charged in full and the old one refunded, while the order stays pending", () => {
  const modified = parseOrder(pay(createSmallShop(), "paypal_1"));
  expect(modified.status).toBe("pending");
  expect(modified.payment_history).toEqual([
    { transaction_type: "payment", amount: 64.8, payment_method_id: "credit_card_1" },
    { transaction_type: "payment", amount: 64.8, payment_method_id: "paypal_1" },
    { transaction_type: "refund", amount: 64.8, payment_method_id: "credit_card_1" },
  ]);
});

test("a gift card can take over the payment if its balance covers the total", () => {
  const desk = createSmallShop(withGiftBalance(64.8));
  pay(desk, "gift_card_1");
  expect(getGiftBalance(desk)).toBe(0);
  const short = createSmallShop(withGiftBalance(64.79));
  expect(pay(short, "gift_card_1").content).toBe("Error: Insufficient gift card balance to pay for the order");
  expect(getGiftBalance(short)).toBe(64.79);
});

test("a replaced gift card is refunded", () => {
  const desk = createSmallShop({ orders: { "#W1": { payment_history: [createPayment("gift_card_1", 64.8)] } } });
  pay(desk, "credit_card_2");
  expect(getGiftBalance(desk)).toBe(84.8);
});

describe("a change of payment fails", () => {
  test("a second time", () => {
    const desk = createSmallShop();
    pay(desk, "paypal_1");
    expect(pay(desk, "credit_card_2").content).toBe("Error: There should be exactly one payment for a pending order");
  });

  test("after a modification of items, which adds an entry to the history", () => {
    const desk = createSmallShop();
    desk.call("modify_pending_order_items", {
      order_id: "#W1",
      item_ids: [ids.redMug],
      new_item_ids: [ids.blueMug],
      payment_method_id: "paypal_1",
    });
    expect(pay(desk, "credit_card_2").content).toBe("Error: There should be exactly one payment for a pending order");
  });

  test("for the current payment method and for an unknown one", () => {
    expect(pay(createSmallShop(), "credit_card_1").content).toBe("Error: The new payment method should be different from the current one");
    expect(pay(createSmallShop(), "credit_card_9").content).toBe("Error: Payment method not found");
  });

  test.each(["#W2", "#W3"])("for the order %s, which is not pending", (id) => {
    expect(pay(createSmallShop(), "credit_card_9", id).content).toBe("Error: Non-pending order cannot be modified");
  });
});
