import { expect, test } from "vitest";
import { parseOrder, getGiftBalance, createPayment, createSmallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof createSmallShop>;
const cancel = (desk: Shop, order_id = "#W1", reason = "no longer needed") => desk.call("cancel_pending_order", { order_id, reason });

test("cancelling an order stores the reason and refunds each payment to its method", () => {
  const cancelled = parseOrder(cancel(createSmallShop(), "#W1", "ordered by mistake"));
  expect(cancelled.status).toBe("cancelled");
  expect(cancelled.cancel_reason).toBe("ordered by mistake");
  expect(cancelled.payment_history).toEqual([
    { transaction_type: "payment", amount: 64.8, payment_method_id: "credit_card_1" },
    { transaction_type: "refund", amount: 64.8, payment_method_id: "credit_card_1" },
  ]);
});

test("cancelling an order refunds a gift card immediately", () => {
  const desk = createSmallShop({ orders: { "#W1": { payment_history: [createPayment("gift_card_1", 64.81)] } } });
  cancel(desk);
  expect(getGiftBalance(desk)).toBe(84.81);
});

test("cancelling an order refunds every entry of its history, including earlier refunds", () => {
  const desk = createSmallShop({ orders: { "#W1": { payment_history: [createPayment("gift_card_1", 10)] } } });
  desk.call("modify_pending_order_payment", { order_id: "#W1", payment_method_id: "paypal_1" });
  expect(getGiftBalance(desk)).toBe(30);
  const { payment_history } = parseOrder(cancel(desk));
  expect(payment_history.map(({ transaction_type, payment_method_id }) => `${transaction_type} ${payment_method_id}`)).toEqual([
    "payment gift_card_1",
    "payment paypal_1",
    "refund gift_card_1",
    "refund gift_card_1",
    "refund paypal_1",
    "refund gift_card_1",
  ]);
  expect(getGiftBalance(desk)).toBe(50);
});

test.each(["processed", "delivered", "cancelled", "pending (item modified)"] as const)(
  "an order that is %s cannot be cancelled",
  (status) => {
    expect(cancel(createSmallShop({ orders: { "#W1": { status } } })).content).toBe("Error: Non-pending order cannot be cancelled");
  },
);

test("cancelling an order checks the exact reason after order and status", () => {
  expect(cancel(createSmallShop(), "#W1", "No longer needed").content).toBe("Error: Invalid reason");
  expect(cancel(createSmallShop(), "#W1", "too expensive").content).toBe("Error: Invalid reason");
  expect(cancel(createSmallShop(), "#W2", "too expensive").content).toBe("Error: Non-pending order cannot be cancelled");
  expect(cancel(createSmallShop(), "#W9", "too expensive").content).toBe("Error: Order not found");
});

test("cancelling an order keeps the refunds made before a missing payment method", () => {
  const desk = createSmallShop({
    orders: { "#W1": { payment_history: [createPayment("gift_card_1", 5), createPayment("credit_card_9", 5)] } },
  });
  expect(cancel(desk).content).toBe("Error: Payment method not found");
  expect(getGiftBalance(desk)).toBe(25);
  expect(desk.db.orders["#W1"]!.status).toBe("pending");
});
