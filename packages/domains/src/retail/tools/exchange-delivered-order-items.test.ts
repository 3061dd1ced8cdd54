import { describe, expect, test } from "vitest";
import { toCanonicalJson } from "../../core/schema/to-tool-output.ts";
import { retailDb } from "../schema.ts";
import { parseOrder, createItem, getGiftBalance, withGiftBalance, ids, createSmallShop } from "../../../test/retail/small-shop.ts";

type Shop = ReturnType<typeof createSmallShop>;
type Replacing = readonly (readonly [keyof typeof ids, keyof typeof ids])[];

function exchange(desk: Shop, replacing: Replacing, payment_method_id = "credit_card_1", order_id = "#W2") {
  const item_ids = replacing.map(([old]) => ids[old]);
  const new_item_ids = replacing.map(([, wanted]) => ids[wanted]);
  return desk.call("exchange_delivered_order_items", { order_id, item_ids, new_item_ids, payment_method_id });
}

test("an exchange stores two sorted lists and does not change items, payments or balances", () => {
  const desk = createSmallShop();
  const before = desk.db.orders["#W2"]!;
  const exchanged = parseOrder(
    exchange(
      desk,
      [
        ["redMug", "whiteMug"],
        ["brassLamp", "blackLamp"],
      ],
      "gift_card_1",
    ),
  );
  expect(exchanged).toEqual({
    ...before,
    status: "exchange requested",
    exchange_items: [ids.brassLamp, ids.redMug],
    exchange_new_items: [ids.whiteMug, ids.blackLamp],
    exchange_payment_method_id: "gift_card_1",
    exchange_price_difference: -1.9,
  });
  expect(getGiftBalance(desk)).toBe(20);
});

test("the price difference of an exchange is rounded before it is compared with the gift card", () => {
  const shop = (balance: number) => createSmallShop({ orders: { "#W2": { items: [createItem("blueMug")] } }, ...withGiftBalance(balance) });
  expect(exchange(shop(2.2), [["blueMug", "redMug"]], "gift_card_1").content).toContain('"exchange_price_difference": 2.2,');
  expect(exchange(shop(2.19), [["blueMug", "redMug"]], "gift_card_1").content).toBe(
    "Error: Insufficient gift card balance to pay for the price difference",
  );
});

test("an exchange accepts each payment method of the customer", () => {
  expect(parseOrder(exchange(createSmallShop(), [["redMug", "blueMug"]], "paypal_1")).exchange_payment_method_id).toBe("paypal_1");
});

test("an item can be exchanged for the same variant if it is available", () => {
  expect(exchange(createSmallShop(), [["redMug", "redMug"]]).content).toContain('"exchange_price_difference": 0.0,');
  const desk = createSmallShop({ orders: { "#W2": { items: [createItem("soldOutMug")] } } });
  expect(exchange(desk, [["soldOutMug", "soldOutMug"]]).content).toBe(`Error: New item ${ids.soldOutMug} not found or available`);
});

test("a negative price difference of an exchange that rounds to zero is -0.0", () => {
  const paidMore = { ...createItem("redMug"), price: 12.301 };
  const desk = createSmallShop({ orders: { "#W2": { items: [paidMore] } } });
  expect(exchange(desk, [["redMug", "redMug"]]).content).toContain('"exchange_price_difference": -0.0,');
});

test("an exchange without items succeeds with the integer 0 as its price difference", () => {
  const difference = (replacing: Replacing) => {
    const desk = createSmallShop();
    const { content } = exchange(desk, replacing);
    return [content ?? "", toCanonicalJson(retailDb, desk.db)].map((text) => /"exchange_price_difference": (\d[\d.]*)/.exec(text)?.[1]);
  };
  expect(difference([])).toEqual(["0", "0"]);
  expect(difference([["redMug", "redMug"]])).toEqual(["0.0", "0.0"]);
});

test("an exchanged order cannot be exchanged or returned again", () => {
  const desk = createSmallShop();
  exchange(desk, [["redMug", "blueMug"]]);
  expect(exchange(desk, [["brassLamp", "blackLamp"]]).content).toBe("Error: Non-delivered order cannot be exchanged");
  const args = { order_id: "#W2", item_ids: [ids.brassLamp], payment_method_id: "credit_card_1" };
  expect(desk.call("return_delivered_order_items", args).content).toBe("Error: Non-delivered order cannot be returned");
});

describe("an exchange fails without changes", () => {
  test.each<[string, Replacing, string]>([
    ["for an item outside the order", [["whiteMug", "redMug"]], `Number of ${ids.whiteMug} not found.`],
    [
      "for an item named more often than ordered",
      [
        ["redMug", "blueMug"],
        ["redMug", "blueMug"],
        ["redMug", "blueMug"],
      ],
      `Number of ${ids.redMug} not found.`,
    ],
    ["for a variant of another product", [["redMug", "blackLamp"]], "Variant not found"],
    ["for a variant that is sold out", [["redMug", "soldOutMug"]], `New item ${ids.soldOutMug} not found or available`],
  ])("%s", (_, replacing, text) => {
    const desk = createSmallShop();
    // The items are checked before the unknown payment method.
    expect(exchange(desk, replacing, "credit_card_9").content).toBe(`Error: ${text}`);
    expect(desk.diff().agent).toEqual([]);
  });

  test("if the two lists differ in length", () => {
    const args = { order_id: "#W2", item_ids: [ids.redMug], new_item_ids: [ids.blueMug, ids.whiteMug], payment_method_id: "credit_card_1" };
    expect(createSmallShop().call("exchange_delivered_order_items", args).content).toBe(
      "Error: The number of items to be exchanged should match.",
    );
  });

  test("with an unknown payment method", () => {
    expect(exchange(createSmallShop(), [["redMug", "blueMug"]], "credit_card_9").content).toBe("Error: Payment method not found");
  });

  test.each(["#W1", "#W3"])("for the order %s, which is not delivered", (id) => {
    expect(exchange(createSmallShop(), [["redMug", "blackLamp"]], "credit_card_9", id).content).toBe(
      "Error: Non-delivered order cannot be exchanged",
    );
  });
});
